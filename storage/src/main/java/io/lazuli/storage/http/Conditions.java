package io.lazuli.storage.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The conditional headers of a request; each null when it is missing.
 *
 * @param ifMatch entity tags or {@code *}
 */
public record Conditions(String ifMatch, String ifNoneMatch, Instant ifModifiedSince, Instant ifUnmodifiedSince) {
    private static final String ANY = "*";
    private static final Pattern TAG = Pattern.compile("0[xX][0-9a-fA-F]+");

    /** The conditions on the resource that the request names. */
    public static Conditions of(Exchange exchange) {
        return of(exchange, "");
    }

    /** The conditions on the source of a copy: the same headers with a prefix such as {@code x-ms-source-}. */
    public static Conditions of(Exchange exchange, String prefix) {
        return new Conditions(exchange.header(prefix + "If-Match"), exchange.header(prefix + "If-None-Match"),
            date(exchange, prefix + "If-Modified-Since"), date(exchange, prefix + "If-Unmodified-Since"));
    }

    private static Instant date(Exchange exchange, String name) {
        String value = exchange.header(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        Instant date = HttpDates.parse(value);
        if (date == null) {
            throw ServiceFailure.invalidHeader(name, value);
        }
        return date;
    }

    /** Lets a read pass, or fails with 412, or with 304 when the client has what it would get. */
    public void checkRead(String etag, long modifiedMicros) {
        if (wantsNone()) {
            throw ServiceFailure.badRequest("UnsatisfiableCondition",
                "The request includes an unsatisfiable condition for this operation.");
        }
        if (failsMatch(etag) || failsUnmodified(modifiedMicros)) {
            throw ServiceFailure.conditionNotMet();
        }
        if (ifNoneMatch != null ? matches(ifNoneMatch, etag) : failsModified(modifiedMicros)) {
            throw new ServiceFailure(304, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
    }

    /** Lets a change of something that exists pass, or fails with 412; what makes things says in its own words that they must not exist. */
    public void checkWrite(String etag, long modifiedMicros) {
        if (failsMatch(etag) || failsUnmodified(modifiedMicros) || failsModified(modifiedMicros)
                || ifNoneMatch != null && matches(ifNoneMatch, etag)) {
            throw ServiceFailure.conditionNotMet();
        }
    }

    /** Lets something be made where nothing is, or fails with 412. */
    public void checkMissing() {
        if (ifMatch != null) {
            throw ServiceFailure.conditionNotMet();
        }
    }

    /** Lets something be made of what came at that moment and is nothing yet, or fails with 412. */
    public void checkUnfinished(long modifiedMicros) {
        if (failsUnmodified(modifiedMicros) || ifNoneMatch == null && failsModified(modifiedMicros)) {
            throw ServiceFailure.conditionNotMet();
        }
    }

    /** Whether a date is among the conditions. */
    public boolean areOfDates() {
        return ifModifiedSince != null || ifUnmodifiedSince != null;
    }

    /** Whether the request is about something that must not exist yet. */
    public boolean wantsNone() {
        return ANY.equals(ifNoneMatch);
    }

    /** Whether {@code If-Match} names only what cannot be an entity tag of this service. */
    public boolean matchesNothing() {
        return ifMatch != null && !ifMatch.isEmpty() && Arrays.stream(ifMatch.split(",")).map(Conditions::bare)
            .noneMatch(tag -> tag.equals(ANY) || TAG.matcher(tag).matches());
    }

    /** The same without {@code If-None-Match}. */
    public Conditions withoutNone() {
        return new Conditions(ifMatch, null, ifModifiedSince, ifUnmodifiedSince);
    }

    private boolean failsMatch(String etag) {
        return ifMatch != null && !ifMatch.isEmpty() && !matches(ifMatch, etag);
    }

    private boolean failsUnmodified(long modifiedMicros) {
        return ifUnmodifiedSince != null && Instant.ofEpochSecond(modifiedMicros / 1_000_000).isAfter(ifUnmodifiedSince);
    }

    private boolean failsModified(long modifiedMicros) {
        return ifModifiedSince != null && !Instant.ofEpochSecond(modifiedMicros / 1_000_000).isAfter(ifModifiedSince);
    }

    private static boolean matches(String tags, String etag) {
        return Arrays.stream(tags.split(",")).map(Conditions::bare).anyMatch(tag -> tag.equals(ANY) || tag.equals(bare(etag)));
    }

    private static String bare(String tag) {
        return tag.strip().replaceFirst("^W/", "").replace("\"", "");
    }
}
