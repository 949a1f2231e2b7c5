package io.lazuli.storage.watch;

import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes records of which nobody asks any more, a few at a time, so that others can change theirs between. */
final class Forgetting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final int AT_A_TIME = 200;

    private final MetadataStore metadata;
    private final Table<?> records;
    private final Predicate<String> unwanted;
    private volatile boolean closed;
    private Thread thread;

    Forgetting(MetadataStore metadata, Table<?> records, Predicate<String> unwanted) {
        this.metadata = metadata;
        this.records = records;
        this.unwanted = unwanted;
    }

    /** Does it in the background. What is left at the end is for the next start. */
    void start() {
        thread = Thread.ofVirtual().name("lake-forget").start(() -> {
            try {
                run();
            } catch (RuntimeException problem) {
                LOG.warn("What is known of files of which nobody wants to hear cannot be removed; the next start tries again", problem);
            }
        });
    }

    /** Does it now. */
    void run() {
        List<String> some = new ArrayList<>();
        Iterator<String> keys = records.keysFrom("");
        while (keys.hasNext() && !closed) {
            String key = keys.next();
            if (unwanted.test(key)) {
                some.add(key);
            }
            if (some.size() == AT_A_TIME || !keys.hasNext()) {
                metadata.changeLazily(() -> some.forEach(records::remove));
                some.clear();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
