package io.lazuli.cli.server;

/**
 * Keeps the heap of a process that serves for long near what is in use. The serial collector rather lets its old generation grow, up to a
 * quarter of the machine's memory, than look at it; a look at the few megabytes that live here takes some hundredths of a second.
 */
final class SmallHeap implements Runnable {
    private static final long LEAST_BYTES = 40L << 20;

    private long limit = LEAST_BYTES;

    /** To be called now and then: collects when twice as much is used as after the last time. */
    @Override
    public void run() {
        if (used() > limit) {
            System.gc();
            limit = Math.max(LEAST_BYTES, 2 * used());
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
