package io.lazuli.storage.endpoint;

import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.event.StorageEventListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What someone heard who wants to hear of some folders. */
class HeardEvents implements StorageEventListener {
    private static final long PAUSE_MILLIS = 10;

    final List<StorageEvent> all = new CopyOnWriteArrayList<>();
    private final Set<EventScope> scopes;

    HeardEvents(EventScope... scopes) {
        this.scopes = Set.of(scopes);
    }

    @Override
    public void happened(StorageEvent event) {
        all.add(event);
    }

    @Override
    public Set<EventScope> scopes() {
        return scopes;
    }

    /** Each as kind and path. */
    List<String> told() {
        return all.stream().map(event -> event.eventType().replace("Microsoft.Storage.", "") + " "
            + event.subject().replaceFirst(".*/containers/", "").replace("/blobs/", "/")).toList();
    }

    void await(String event) {
        while (!told().contains(event)) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException late) {
                throw new AssertionError("Only " + told() + " and not " + event, late);
            }
        }
    }
}
