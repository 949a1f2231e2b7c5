package io.lazuli.storage.metadata;

import static io.lazuli.foundation.LazuliException.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tables of records in one file. What {@link #change} was given is on the disk when it returns, all of it or, after a crash before that,
 * none. Writers that come at the same time share one write. One process at a time has the file open ({@code IN_USE}). Thread-safe.
 */
public final class MetadataStore implements AutoCloseable {
    private static final int CACHE_MEGABYTES = 16;
    /** Small pages: each commit writes those that changed as a whole. */
    private static final int KEYS_PER_PAGE = 16;
    private static final int PAGE_BYTES = 4096;
    private static final int RETENTION_MILLIS = 4000;
    private static final int FORCE_MILLIS = 1000;

    /** One kind of record by key; changed only within {@link MetadataStore#change}. */
    public static final class Table<T> {
        private final MVMap<String, StoredText> map;
        private final Class<T> type;
        private final JsonMapper json;

        private Table(MVMap<String, StoredText> map, Class<T> type, JsonMapper json) {
            this.map = map;
            this.type = type;
            this.json = json;
        }

        /** The record, or null. */
        public T get(String key) {
            StoredText stored = map.get(key);
            return stored == null ? null : stored.as(type, json);
        }

        public boolean has(String key) {
            return map.containsKey(key);
        }

        public void put(String key, T value) {
            map.put(key, new StoredText(json.writeValueAsString(value), value));
        }

        public void remove(String key) {
            map.remove(key);
        }

        /** The keys that begin with {@code prefix}, in order. */
        public List<String> keys(String prefix) {
            List<String> keys = new ArrayList<>();
            Iterator<String> all = map.keyIterator(prefix);
            while (all.hasNext()) {
                String key = all.next();
                if (!key.startsWith(prefix)) {
                    break;
                }
                keys.add(key);
            }
            return keys;
        }

        /** The keys from one on, in order; changes meanwhile are seen or not. */
        public Iterator<String> keysFrom(String key) {
            return map.keyIterator(key);
        }

        /** Gives the record of one key, or of all keys that begin with it, keys that begin otherwise. */
        public void move(String from, String to, boolean all) {
            for (String key : all ? keys(from) : List.of(from)) {
                StoredText record = map.remove(key);
                if (record != null) {
                    map.put(to + key.substring(from.length()), record);
                }
            }
        }

        public void removeAll(String prefix) {
            keys(prefix).forEach(map::remove);
        }
    }

    private final Durability durability;
    private final MVStore store;
    private final JsonMapper json = JsonMapper.builder()
        .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY)).build();
    /** Changes share it, a commit has it alone: so that no change is written in halves. */
    private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();
    private final ReentrantLock commits = new ReentrantLock();
    private final Condition committed = commits.newCondition();
    private long changesMade;
    private long changesDurable;
    private boolean committing;
    private final ReentrantLock forces = new ReentrantLock();
    private volatile boolean closed;

    /** {@code durability} says what a change survives once {@link #change} has returned. */
    public MetadataStore(Path file, Durability durability) {
        this.durability = durability;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().cacheSize(CACHE_MEGABYTES)
                .keysPerPage(KEYS_PER_PAGE).pageSplitSize(PAGE_BYTES).open();
            // What is committed is forced to the disk at least each second, so that the space of older ones can be used again soon.
            store.setRetentionTime(RETENTION_MILLIS);
            if (durability == Durability.PROCESS) {
                Thread.ofVirtual().name("force-metadata").start(this::forceNowAndThen);
            }
        } catch (MVStoreException problem) {
            if (problem.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw failure(CommonError.IN_USE, Place.of(file, null), "Another process serves this lake", problem);
            }
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot open the lake's metadata: %s", problem.getMessage(), problem);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot open the lake's metadata: %s", problem.getMessage(), problem);
        }
    }

    /** Forces to the disk what changes did not wait for, so that a loss of power takes the last moments and never the whole. */
    private void forceNowAndThen() {
        long forced = 0;
        while (!closed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FORCE_MILLIS));
            long made = locked(() -> changesDurable);
            if (made > forced) {
                forceUnlessClosed();
                forced = made;
            }
        }
    }

    /** No interrupt may end the waiting for the disk: it would close the file. */
    private void forceUnlessClosed() {
        forces.lock();
        try {
            if (!closed) {
                store.sync();
            }
        } finally {
            forces.unlock();
        }
    }

    /** The table of that name, made when there is none. */
    public <T> Table<T> table(String name, Class<T> type) {
        MVMap<String, StoredText> map = store.openMap(name,
            new MVMap.Builder<String, StoredText>().keyType(StringDataType.INSTANCE).valueType(new StoredText.Type()));
        return new Table<>(map, type, json);
    }

    /** Makes a change of any number of records and waits until it is durable. */
    public void change(Runnable change) {
        awaitDurable(apply(change));
    }

    /** Makes a change that may be lost in a crash, as long as nothing durable follows it. */
    public void changeLazily(Runnable change) {
        apply(change);
    }

    private long apply(Runnable change) {
        changes.readLock().lock();
        try {
            change.run();
            return number();
        } finally {
            changes.readLock().unlock();
        }
    }

    private long number() {
        return locked(() -> ++changesMade);
    }

    private <T> T locked(Supplier<T> action) {
        commits.lock();
        try {
            return action.get();
        } finally {
            commits.unlock();
        }
    }

    /** The first that waits commits for all that came before it; those that come meanwhile wait for the next commit. */
    private void awaitDurable(long change) {
        commits.lock();
        try {
            while (changesDurable < change) {
                if (committing) {
                    committed.awaitUninterruptibly();
                } else {
                    commitAll();
                }
            }
        } finally {
            commits.unlock();
        }
    }

    private void commitAll() {
        committing = true;
        long upTo = changesDurable;
        commits.unlock();
        try {
            upTo = write();
        } finally {
            commits.lock();
            changesDurable = upTo;
            committing = false;
            committed.signalAll();
        }
    }

    private long write() {
        long upTo;
        changes.writeLock().lock();
        try {
            upTo = locked(() -> changesMade);
            store.commit();
        } finally {
            changes.writeLock().unlock();
        }
        if (durability == Durability.POWER_LOSS) {
            store.sync();
        }
        return upTo;
    }

    @Override
    public void close() {
        forces.lock();
        try {
            closed = true;
            store.commit();
            store.sync();
            store.close();
        } finally {
            forces.unlock();
        }
    }
}
