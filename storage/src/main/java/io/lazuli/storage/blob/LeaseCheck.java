package io.lazuli.storage.blob;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.LeaseRecord;
import java.util.Locale;

/** Whether a lease lets an operation pass. */
public final class LeaseCheck {
    private LeaseCheck() {
    }

    /**
     * For changes: a lease that is held must be named.
     *
     * @param kind {@code Blob} or {@code Container}
     * @param lease null when there never was one
     * @param given the id that the request names, null for none
     */
    public static void change(String kind, LeaseRecord lease, String given) {
        if (lease != null && lease.isHeld(System.currentTimeMillis()) && given == null) {
            throw new ServiceFailure(412, "LeaseIdMissing",
                "There is currently a lease on the " + kind.toLowerCase(Locale.ROOT)
                    + " and no lease ID was specified in the request.");
        }
        read(kind, lease, given);
    }

    /** For reads: a lease that is named must be held. */
    public static void read(String kind, LeaseRecord lease, String given) {
        if (given == null) {
            return;
        }
        if (lease == null || !lease.isHeld(System.currentTimeMillis())) {
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
