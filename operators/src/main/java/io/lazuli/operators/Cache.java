package io.lazuli.operators;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What is made of constant arguments, such as compiled patterns; forgets all when it has grown large. */
final class Cache<K, V> {
    private static final int MOST = 1000;
    private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();
    private final Function<K, V> maker;

    Cache(Function<K, V> maker) {
        this.maker = maker;
    }

    V get(K key) {
        V known = entries.get(key);
        if (known != null) {
            return known;
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
        return entries.computeIfAbsent(key, maker);
    }
}
