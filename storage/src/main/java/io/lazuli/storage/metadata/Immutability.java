package io.lazuli.storage.metadata;

/**
 * What keeps a blob, snapshot or version from being changed and deleted.
 *
 * @param until when its policy ends, in microseconds since 1970; null when it has no policy
 * @param locked whether the policy can only be extended
 * @param legalHold whether nothing may change it until somebody lifts the hold
 */
public record Immutability(Long until, boolean locked, boolean legalHold) {
    public static final Immutability NONE = new Immutability(null, false, false);

    /** The policy that was given last, with the same hold. */
    public Immutability withPolicy(Long until, boolean locked) {
        return new Immutability(until, locked, legalHold);
    }

    public Immutability withLegalHold(boolean held) {
        return new Immutability(until, locked, held);
    }

    /** Whether the policy has not ended at a time, in microseconds since 1970. */
    public boolean lasts(long nowMicros) {
        return until != null && until > nowMicros;
    }
}
