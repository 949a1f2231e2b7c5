package io.lazuli.storage.metadata;

import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.h2.mvstore.RootReference;

/**
 * Reads records of a table faster than one by one when their keys ascend. Each is the record of the moment in which it is asked for, and
 * any order of keys is right. For one thread.
 */
public final class AscendingReader<T> {
    /** So many keys are passed over before a key is looked up from the top. */
    private static final int MOST_STEPS = 16;

    private final MVMap<String, StoredText> map;
    private final Function<StoredText, T> read;
    private Page<String, StoredText> root;
    private Cursor<String, StoredText> cursor;
    /** Where the cursor stands, null behind the last key. */
    private String key;
    private String last;

    AscendingReader(MVMap<String, StoredText> map, Function<StoredText, T> read) {
        this.map = map;
        this.read = read;
    }

    /** The record, or null. */
    public T get(String wanted) {
        RootReference<String, StoredText> now = map.flushAndGetRoot();
        // A cursor goes over the table as it was at its beginning.
        if (now.root != root || wanted.compareTo(last) < 0) {
            root = now.root;
            begin(now, wanted);
        }
        last = wanted;
        for (int steps = 0; key != null && key.compareTo(wanted) < 0; steps++) {
            if (steps == MOST_STEPS) {
                begin(now, wanted);
            } else {
                advance();
            }
        }
        return wanted.equals(key) ? read.apply(cursor.getValue()) : null;
    }

    private void begin(RootReference<String, StoredText> table, String wanted) {
        cursor = map.cursor(table, wanted, null, false);
        advance();
    }

    private void advance() {
        key = cursor.hasNext() ? cursor.next() : null;
    }
}
