package io.lazuli.storage.metadata;

import static io.lazuli.foundation.LazuliException.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.OpenParts;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tables of records in one file, with {@link Journals} of the latest changes beside it. What {@link #change} was given is on the disk when
 * it returns, all of it or, after a crash before that, none. Writers that come at the same time share one write. One process at a time has
 * the file open ({@code IN_USE}). Thread-safe.
 */
public final class MetadataStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataStore.class);
    private static final int CACHE_MEGABYTES = 16;
    private static final int KEYS_PER_PAGE = 16;
    private static final int PAGE_BYTES = 4096;
    private static final int RETENTION_MILLIS = 4000;
    private static final int INTERVAL_MILLIS = 1000;
    /** Changes of so many bytes go from the journal into the tables' file at once: until then the pages that they change are in memory. */
    private static final long MOST_JOURNAL_BYTES = 1L << 20;
    /** With less space than that the tables' file is left alone, as half a write would make it unusable until the next start. */
    private static final long LEAST_SPACE_BYTES = 64L << 20;
    private static final int COMPACT_MILLIS = 200;
    private static final int AT_A_TIME = 500;

    /** One kind of record by key; changed only within {@link MetadataStore#change}. */
    public static final class Table<T> {
        private final MVMap<String, StoredText> map;
        private final Class<T> type;
        private final MetadataStore owner;

        private Table(MVMap<String, StoredText> map, Class<T> type, MetadataStore owner) {
            this.map = map;
            this.type = type;
            this.owner = owner;
        }

        /** The record, or null. */
        public T get(String key) {
            StoredText stored = map.get(key);
            return stored == null ? null : stored.as(type, owner.json);
        }

        /** Reads many records whose keys ascend. */
        public AscendingReader<T> ascending() {
            return new AscendingReader<>(map, stored -> stored.as(type, owner.json));
        }

        public boolean has(String key) {
            return map.containsKey(key);
        }

        public void put(String key, T value) {
            put(key, new StoredText(owner.json.writeValueAsString(value), value));
        }

        private void put(String key, StoredText record) {
            StoredText before = map.get(key);
            owner.journals.note(new Journal.Entry(map.getName(), key, record.text()),
                before == null ? () -> map.remove(key) : () -> map.put(key, before));
            map.put(key, record);
        }

        public void remove(String key) {
            StoredText before = map.get(key);
            if (before != null) {
                owner.journals.note(new Journal.Entry(map.getName(), key, null), () -> map.put(key, before));
                map.remove(key);
            }
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
                StoredText record = map.get(key);
                if (record != null) {
                    remove(key);
                    put(to + key.substring(from.length()), record);
                }
            }
        }

        /** Gives the record of a key, if there is one, to another table. */
        public void moveTo(Table<?> other, String key, String otherKey) {
            StoredText record = map.get(key);
            if (record != null) {
                remove(key);
                other.put(otherKey, record);
            }
        }

        public void removeAll(String prefix) {
            keys(prefix).forEach(this::remove);
        }
    }

    private final Path file;
    private final MVStore store;
    private final Journals journals;
    private final JsonMapper json = JsonMapper.builder()
        .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY)).build();
    /** Held by who writes the tables' file. */
    private final ReentrantLock saving = new ReentrantLock();
    private final Thread saver;
    private volatile boolean closed;

    /** {@code durability} says what a change survives once {@link #change} has returned. */
    public MetadataStore(Path file, Durability durability) {
        this.file = file.toAbsolutePath();
        try {
            Files.createDirectories(this.file.getParent());
            store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().autoCommitBufferSize(0).cacheSize(CACHE_MEGABYTES)
                .keysPerPage(KEYS_PER_PAGE).pageSplitSize(PAGE_BYTES).open();
            journals = recovered(durability);
        } catch (MVStoreException problem) {
            if (problem.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw failure(CommonError.IN_USE, Place.of(file, null), "Another process serves this lake", problem);
            }
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot open the lake's metadata: %s", problem.getMessage(), problem);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot open the lake's metadata: %s", problem.getMessage(), problem);
        }
        saver = Thread.ofVirtual().name("save-metadata").start(this::saveNowAndThen);
    }

    /** The journals, when they are read; else they and the tables are given back. */
    private Journals recovered(Durability durability) throws IOException {
        OpenParts opened = new OpenParts();
        opened.add(store, MVStore::closeImmediately);
        try {
            store.setRetentionTime(RETENTION_MILLIS);
            Journals.Limit limit = new Journals.Limit(MOST_JOURNAL_BYTES, this::saveSoon);
            Journals read = opened.add(new Journals(file, durability, store.getStoreVersion(), limit), Journals::close);
            recover(read);
            return read;
        } catch (IOException | RuntimeException | Error failure) {
            opened.closeAfter(failure);
            throw failure;
        }
    }

    /** Makes again what the tables' file does not have yet. */
    private void recover(Journals from) throws IOException {
        for (Journal.Entry entry : from.open()) {
            MVMap<String, StoredText> map = map(entry.table());
            if (entry.text() == null) {
                map.remove(entry.key());
            } else {
                map.put(entry.key(), new StoredText(entry.text(), null));
            }
        }
    }

    /** The table of that name, made when there is none. */
    public <T> Table<T> table(String name, Class<T> type) {
        return new Table<>(map(name), type, this);
    }

    private MVMap<String, StoredText> map(String name) {
        return store.openMap(name,
            new MVMap.Builder<String, StoredText>().keyType(StringDataType.INSTANCE).valueType(new StoredText.Type()));
    }

    /** Makes a change of any number of records and waits until it is durable. */
    public void change(Runnable change) {
        journals.await(journals.apply(change));
    }

    /** Makes a change with which something begins that makes room: it goes on when the disk is full, as removals do. */
    public void changeToMakeRoom(Runnable change) {
        change(() -> {
            journals.makeRoom();
            change.run();
        });
    }

    /** Makes many changes, one for each key, a few at a time, so that others can make theirs between. */
    public void changeEach(List<String> keys, Consumer<String> change) {
        for (int from = 0; from < keys.size(); from += AT_A_TIME) {
            List<String> some = keys.subList(from, Math.min(from + AT_A_TIME, keys.size()));
            change(() -> some.forEach(change));
        }
    }

    /** Makes a change that may be lost in a crash, as long as nothing durable follows it. */
    public void changeLazily(Runnable change) {
        journals.apply(change);
    }

    /**
     * Forces to the disk what changes did not wait for, so that a loss of power takes the last moments and never the whole, and writes the
     * tables' file when there is enough to write.
     */
    private void saveNowAndThen() {
        while (!closed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS));
            saving.lock();
            try {
                if (!closed && journals.force() > MOST_JOURNAL_BYTES && isSpaceLeft()) {
                    save();
                }
            } catch (LazuliException | MVStoreException problem) {
                // Whoever changes something next is told.
                LOG.warn("The lake's metadata cannot be written", problem);
            } finally {
                saving.unlock();
            }
        }
    }

    private void saveSoon() {
        LockSupport.unpark(saver);
    }

    private boolean isSpaceLeft() {
        return file.toFile().getUsableSpace() > LEAST_SPACE_BYTES;
    }

    /** Writes the tables' file and begins a new journal. */
    private void save() {
        List<Path> old = journals.begin(number -> {
            store.setStoreVersion(number);
            store.commit();
        });
        // What a journal says is in the tables' file for good before the journal goes.
        store.sync();
        Journals.remove(old);
    }

    @Override
    public void close() {
        saving.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try (journals) {
                journals.force();
                if (isSpaceLeft()) {
                    save();
                    store.close(COMPACT_MILLIS);
                }
            } finally {
                // When it is not closed yet: what it lacks is in the journals.
                store.closeImmediately();
            }
        } finally {
            saving.unlock();
        }
    }
}
