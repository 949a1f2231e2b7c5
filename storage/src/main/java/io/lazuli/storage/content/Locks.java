package io.lazuli.storage.content;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets one change of a blob happen at a time, and changes of whole folders alone in their container. */
public final class Locks {
    private static final int STRIPES = 256;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Map<String, ReentrantReadWriteLock> containers = new ConcurrentHashMap<>();

    public Locks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Does something while nothing else changes the blob or moves its folders. */
    public <T> T withBlob(BlobAddress address, Supplier<T> action) {
        return within(container(address.containerKey()).readLock(),
            () -> within(stripes[Math.floorMod(address.key().hashCode(), STRIPES)], action));
    }

    /** Does something while nothing else changes the container. */
    public <T> T withContainer(String containerKey, Supplier<T> action) {
        return within(container(containerKey).writeLock(), action);
    }

    /** Does something while nothing else changes the two containers, which may be the same one. */
    public <T> T withContainers(String one, String other, Supplier<T> action) {
        String first = one.compareTo(other) <= 0 ? one : other;
        String second = first.equals(one) ? other : one;
        return withContainer(first, () -> withContainer(second, action));
    }

    private ReentrantReadWriteLock container(String key) {
        ReentrantReadWriteLock known = containers.get(key);
        return known == null ? containers.computeIfAbsent(key, name -> new ReentrantReadWriteLock()) : known;
    }

    private static <T> T within(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
