package io.lazuli.storage.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets one change of a blob happen at a time, and changes of whole folders alone in their container. What takes long after such a change
 * goes on while the paths are closed that it is about: who wants to change something there waits, others in the container do not.
 */
public final class Locks {
    private static final int STRIPES = 256;

    /**
     * Paths with all in them, whose end can be waited for.
     *
     * @param coming whether what is known of files comes there, which are there already
     */
    private record Closed(List<String> keys, boolean coming, ReentrantLock end) {
        boolean concerns(List<String> others) {
            return keys.stream().anyMatch(mine -> others.stream().anyMatch(key -> isIn(mine, key) || isIn(key, mine)));
        }

        private static boolean isIn(String path, String key) {
            return key.startsWith(path) && (key.length() == path.length() || key.charAt(path.length()) == '/');
        }

        void await() {
            end.lock();
            end.unlock();
        }
    }

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Map<String, ReentrantReadWriteLock> containers = new ConcurrentHashMap<>();
    private final List<Closed> closed = new CopyOnWriteArrayList<>();

    public Locks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Does something while nothing else changes the blob or moves its folders. */
    public <T> T withBlob(BlobAddress address, Supplier<T> action) {
        return whenOpen(container(address.containerKey()).readLock(), List.of(address.key()),
            () -> within(stripes[Math.floorMod(address.key().hashCode(), STRIPES)], action));
    }

    /** Does something while nothing else changes the container. */
    public <T> T withContainer(String containerKey, Supplier<T> action) {
        return whenOpen(container(containerKey).writeLock(), List.of(containerKey), action);
    }

    /** Does something to a directory while nothing else changes the container. */
    public <T> T withDirectory(BlobAddress address, Supplier<T> action) {
        return whenOpen(container(address.containerKey()).writeLock(), List.of(address.key()), action);
    }

    /**
     * Moves something to a path, perhaps from another one, while nothing else changes their containers; and then does what that gives while
     * nothing else changes the paths, or what is in them or above, and {@link #awaitOpen} waits. The latter takes no locks.
     */
    public <T> T withPaths(BlobAddress from, BlobAddress to, Supplier<Supplier<T>> beginning) {
        List<String> inOrder = Stream.of(from, to).map(BlobAddress::containerKey).sorted().toList();
        return closing(List.of(from.key(), to.key()), true, inOrder, beginning);
    }

    /** Takes something away from a path, and then does what that gives, as {@link #withPaths} does; nobody waits to look. */
    public <T> T withPath(BlobAddress address, Supplier<Supplier<T>> beginning) {
        return closing(List.of(address.key()), false, List.of(address.containerKey()), beginning);
    }

    /** Does something while nothing else changes the container, and then what that gives, as {@link #withPath} does. */
    public <T> T withContents(String containerKey, Supplier<Supplier<T>> beginning) {
        return closing(List.of(containerKey), false, List.of(containerKey), beginning);
    }

    private <T> T closing(List<String> keys, boolean coming, List<String> inOrder, Supplier<Supplier<T>> beginning) {
        Closed paths = new Closed(keys, coming, new ReentrantLock());
        paths.end().lock();
        try {
            return whenOpen(container(inOrder.getFirst()).writeLock(), keys, () ->
                whenOpen(container(inOrder.getLast()).writeLock(), keys, () -> {
                    closed.add(paths);
                    return beginning.get();
                })).get();
        } finally {
            closed.remove(paths);
            paths.end().unlock();
        }
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

    private <T> T whenOpen(Lock lock, List<String> keys, Supplier<T> action) {
        lock.lock();
        try {
            for (Optional<Closed> others = closed(keys); others.isPresent(); others = closed(keys)) {
                lock.unlock();
                try {
                    others.get().await();
                } finally {
                    lock.lock();
                }
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what is known of the files at a path, or in it, has followed them there. */
    public void awaitOpen(BlobAddress address) {
        for (Closed paths : closed) {
            if (paths.coming() && paths.concerns(List.of(address.key()))) {
                paths.await();
            }
        }
    }

    /** Whether somebody else has closed a path, so that who changes it would wait. */
    boolean isClosed(BlobAddress address) {
        return closed(List.of(address.key())).isPresent();
    }

    /** What somebody else has closed there. */
    private Optional<Closed> closed(List<String> keys) {
        for (Closed paths : closed) {
            if (paths.concerns(keys) && !paths.end().isHeldByCurrentThread()) {
                return Optional.of(paths);
            }
        }
        return Optional.empty();
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
