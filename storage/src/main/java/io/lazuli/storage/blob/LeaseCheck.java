package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.LeaseRecord;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a lease lets an operation pass. */
public final class LeaseCheck {
    private static final Pattern BARE = Pattern.compile("[({]?(\\p{XDigit}{8})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?(\\p{XDigit}{4})-?"
        + "(\\p{XDigit}{12})[)}]?");

    private LeaseCheck() {
    }

    /** The lease that a request names, as leases are kept; null when it names none. */
    static String given(Exchange exchange) {
        String id = exchange.header("x-ms-lease-id");
        return isNone(id) ? null : dashed(id);
    }

    private static boolean isNone(String id) {
        return id == null || id.isEmpty();
    }

    /** An identifier in the form with dashes; clients may leave them out, or put brackets around. */
    static String dashed(String id) {
        Matcher matcher = BARE.matcher(id);
        return matcher.matches() ? matcher.replaceFirst("$1-$2-$3-$4-$5") : id;
    }

    /**
     * For changes: a lease that is held must be named.
     *
     * @param kind {@code Blob} or {@code Container}
     * @param lease null when there never was one
     * @param given the id that the request names, null or empty for none: some clients send the header anyway
     */
    public static void change(String kind, LeaseRecord lease, String given) {
        if (isHeld(lease) && isNone(given)) {
            throw new ServiceFailure(412, "LeaseIdMissing",
                "There is currently a lease on the " + kind.toLowerCase(Locale.ROOT)
                    + " and no lease ID was specified in the request.");
        }
        read(kind, lease, given);
    }

    /** Whether anybody holds a lease, which is null when there never was one. */
    static boolean isHeld(LeaseRecord lease) {
        return lease != null && lease.isHeld(System.currentTimeMillis());
    }

    /** For reads: a lease that is named must be held. */
    public static void read(String kind, LeaseRecord lease, String named) {
        if (isNone(named)) {
            return;
        }
        String given = dashed(named);
        if (!isHeld(lease)) {
            boolean lost = lease != null && !lease.released() && lease.id().equalsIgnoreCase(given);
            throw new ServiceFailure(412, lost ? "LeaseLost" : "LeaseNotPresentWith" + kind + "Operation", lost
                ? "A lease ID was specified, but the lease for the " + kind + " has expired."
                : "There is currently no lease on the " + kind + ".");
        }
        if (!lease.id().equalsIgnoreCase(given)) {
            throw new ServiceFailure(412, "LeaseIdMismatchWith" + kind + "Operation",
                "The lease ID specified did not match the lease ID for the " + kind + ".");
        }
    }
}
