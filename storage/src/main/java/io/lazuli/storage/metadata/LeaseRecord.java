package io.lazuli.storage.metadata;

/**
 * A lease on a blob or container.
 *
 * @param durationSeconds -1 for one without end
 * @param expires when it ends, in milliseconds since 1970; null without end
 * @param breaks when a broken lease ends, in milliseconds since 1970; null when it was not broken
 * @param released whether its holder gave it back
 */
public record LeaseRecord(String id, int durationSeconds, Long expires, Long breaks, boolean released) {
    /** How a lease is, in Azure's words. */
    public enum State { available, leased, expired, breaking, broken }

    public State state(long nowMillis) {
        if (released) {
            return State.available;
        }
        if (breaks != null) {
            return nowMillis < breaks ? State.breaking : State.broken;
        }
        return expires != null && nowMillis >= expires ? State.expired : State.leased;
    }

    /** Whether changes need the lease's id. */
    public boolean isHeld(long nowMillis) {
        State state = state(nowMillis);
        return state == State.leased || state == State.breaking;
    }
}
