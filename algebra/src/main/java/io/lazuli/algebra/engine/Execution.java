package io.lazuli.algebra.engine;

/** What a caller hears of work that runs, and how it stops it. */
public interface Execution {
    /** Tells how far the work is; called from the engine's threads, a few times a second at most. */
    void progress(long rows, long bytes);

    /** Registers what to do when the work is cancelled; runs at once if it is already. */
    void onCancel(Runnable action);

    /** Work that nobody watches and nobody cancels. */
    Execution UNWATCHED = new Execution() {
        @Override
        public void progress(long rows, long bytes) {
        }

        @Override
        public void onCancel(Runnable action) {
        }
    };
}
