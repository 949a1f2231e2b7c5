package io.lazuli.storage.event;

import java.util.Set;

/** Hears of what happens in the lake. */
public interface StorageEventListener {
    /**
     * Called when a change is durable and before it is acknowledged, on the thread that made it, for one path in the order of its changes:
     * what is durable when this returns is never lost. Must be quick. When it fails, so does the request, though the change stays.
     */
    void happened(StorageEvent event);

    /** Where files that other programs write and delete are to be events too. */
    default Set<EventScope> scopes() {
        return Set.of();
    }
}
