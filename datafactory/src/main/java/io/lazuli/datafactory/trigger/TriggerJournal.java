package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.run.Journal;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The firings of triggers, in {@code triggers/journal.jsonl} of the data directory: on the disk when a method returns, so that none is lost
 * or comes twice when the process is killed. Written anew, with what is still needed, when it is opened and now and then. Thread-safe.
 */
final class TriggerJournal implements AutoCloseable {
    private static final int MOST_ENDED = 10_000;

    private final Path file;
    private final JsonMapper json;
    private final Map<String, PendingFiring> pending = new LinkedHashMap<>();
    private final Map<String, Instant> windows = new TreeMap<>();
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private Journal journal;
    private int ended;

    TriggerJournal(Path dataDirectory, JsonMapper json) {
        this.file = dataDirectory.resolve("triggers").resolve("journal.jsonl");
        this.json = json;
        if (Files.exists(file)) {
            Journal.read(file, json, this::apply);
        }
        rewrite();
    }

    private synchronized void apply(ObjectNode event) {
        switch (event.path("event").asString("")) {
            case "Fired" -> {
                PendingFiring fired = PendingFiring.of(event);
                pending.put(fired.id(), fired);
                if (event.path("window").asBoolean(false)) {
                    windows.put(fired.trigger(), fired.at());
                }
            }
            case "Ended" -> {
                pending.remove(event.path("firing").asString());
                ended++;
            }
            case "WindowsFired" -> windows.put(event.path("trigger").asString(), Instant.parse(event.path("upTo").asString()));
            default -> throw failure(CommonError.IO_ERROR, Place.of(file, null), "The journal has an event '%s' that is not known here",
                event.path("event").asString(""));
        }
    }

    /** The firings that have not ended, in their order. */
    synchronized List<PendingFiring> pending() {
        return List.copyOf(pending.values());
    }

    /** The end of the last window of a tumbling window trigger that fired. */
    synchronized Optional<Instant> windowsFired(String trigger) {
        return Optional.ofNullable(windows.get(trigger));
    }

    void fired(PendingFiring firing) {
        append(firing.toJson());
    }

    /** A window's firing; the windows before it will not fire again. */
    void windowFired(PendingFiring firing) {
        append(firing.toJson().put("window", true));
    }

    private static ObjectNode windowsFired(String trigger, Instant upTo) {
        return JsonNodeFactory.instance.objectNode().put("event", "WindowsFired").put("trigger", trigger).put("upTo", upTo.toString());
    }

    void ended(PendingFiring firing) {
        append(JsonNodeFactory.instance.objectNode().put("event", "Ended").put("firing", firing.id()));
        if (mayShrink()) {
            rewrite();
        }
    }

    private synchronized boolean mayShrink() {
        return ended >= MOST_ENDED;
    }

    private void append(ObjectNode event) {
        within(use.readLock(), () -> journal.append(event, this::apply));
    }

    private static void within(Lock lock, Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void rewrite() {
        within(use.writeLock(), () -> {
            try {
                close();
                Path fresh = file.resolveSibling("journal.new");
                Files.deleteIfExists(fresh);
                try (Journal shorter = Journal.open(fresh, json)) {
                    windows.forEach((trigger, upTo) -> shorter.append(windowsFired(trigger, upTo), event -> { }));
                    pending.values().forEach(firing -> shorter.append(firing.toJson(), event -> { }));
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                Durability.POWER_LOSS.forceFolder(file.getParent());
                journal = Journal.open(file, json);
                ended = 0;
            } catch (IOException problem) {
                throw failure(CommonError.IO_ERROR, Place.of(file, null), "The journal of the triggers cannot be written: %s",
                    problem.getMessage(), problem);
            }
        });
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
