package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.Immutability;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A blob's immutability policy and legal hold as headers, in both directions. */
public final class ImmutabilityHeaders {
    static final String UNTIL = "x-ms-immutability-policy-until-date";
    static final String MODE = "x-ms-immutability-policy-mode";
    static final String HOLD = "x-ms-legal-hold";

    private ImmutabilityHeaders() {
    }

    /** For what makes no blob by its headers. */
    public static void refuse(Exchange exchange) {
        for (String name : List.of(UNTIL, MODE, HOLD)) {
            String value = exchange.header(name);
            if (value != null && !value.equals("false")) {
                throw ServiceFailure.unsupportedHeader(name, value);
            }
        }
    }

    /** The record of a new blob with what its request says. */
    static BlobRecord apply(Exchange exchange, BlobRecord record) {
        Immutability given = Immutability.NONE;
        if (exchange.header(UNTIL) != null || exchange.header(MODE) != null) {
            given = given.withPolicy(until(exchange), isLocked(exchange));
        }
        return record.withImmutability(exchange.header(HOLD) == null ? given : given.withLegalHold(isHeld(exchange)));
    }

    /** When the policy ends, in microseconds since 1970: a time to come. */
    static long until(Exchange exchange) {
        String text = exchange.header(UNTIL);
        if (text == null) {
            throw ServiceFailure.missingHeader(UNTIL);
        }
        Instant until = HttpDates.parse(text);
        if (until == null || until.getEpochSecond() > Integer.MAX_VALUE * 100L) {
            throw ServiceFailure.invalidHeader(UNTIL, text);
        }
        long micros = TimeUnit.SECONDS.toMicros(until.getEpochSecond());
        if (micros <= EntityTag.now()) {
            throw ServiceFailure.invalidHeader(UNTIL, text);
        }
        return micros;
    }

    static boolean isLocked(Exchange exchange) {
        String mode = exchange.header(MODE);
        if (mode == null || mode.equalsIgnoreCase("unlocked")) {
            return false;
        }
        if (mode.equalsIgnoreCase("locked")) {
            return true;
        }
        throw ServiceFailure.invalidHeader(MODE, mode);
    }

    static boolean isHeld(Exchange exchange) {
        String hold = exchange.header(HOLD);
        if (hold == null) {
            throw ServiceFailure.missingHeader(HOLD);
        }
        if (hold.equalsIgnoreCase("true") || hold.equalsIgnoreCase("false")) {
            return hold.equalsIgnoreCase("true");
        }
        throw ServiceFailure.invalidHeader(HOLD, hold);
    }

    static void write(Exchange exchange, Immutability immutability) {
        if (immutability != null && immutability.until() != null) {
            exchange.setDate(UNTIL, immutability.until());
            exchange.set(MODE, mode(immutability));
        }
        if (immutability != null && immutability.legalHold()) {
            exchange.set(HOLD, "true");
        }
    }

    static String mode(Immutability policy) {
        return policy.locked() ? "locked" : "unlocked";
    }
}
