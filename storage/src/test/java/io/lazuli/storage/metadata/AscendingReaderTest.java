package io.lazuli.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AscendingReaderTest {
    private static final int KEYS = 3000;

    @TempDir
    private Path folder;
    private final Random random = new Random(7);

    private MetadataStore open() {
        return new MetadataStore(folder.resolve("storage.metadata"), Durability.PROCESS);
    }

    private static String key(int number) {
        return "key-%05d".formatted(number);
    }

    private void fill(MetadataStore store, Table<String> table) {
        store.change(() -> {
            for (int number = 0; number < KEYS; number += 1 + random.nextInt(3)) {
                table.put(key(number), "value " + number);
            }
        });
    }

    /** Small steps, long ones, and some back. */
    private List<String> asked() {
        List<String> keys = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < KEYS; i++) {
            at = switch (random.nextInt(20)) {
                case 0 -> at + random.nextInt(200);
                case 1 -> at - random.nextInt(100);
                default -> at + random.nextInt(3);
            };
            at = Math.floorMod(at, KEYS + 50);
            keys.add(key(at));
        }
        return keys;
    }

    @Test
    void givesWhatOneByOneGives() {
        try (MetadataStore store = open()) {
            fill(store, store.table("one", String.class));
        }
        try (MetadataStore store = open()) {
            Table<String> table = store.table("one", String.class);
            AscendingReader<String> reader = table.ascending();
            List<String> keys = asked();
            List<String> found = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (String key : keys) {
                found.add(reader.get(key));
                expected.add(table.get(key));
            }
            assertThat(found).isEqualTo(expected).containsNull().anySatisfy(value -> assertThat(value).isNotNull());
        }
    }

    @Test
    void seesEveryChangeThatCameBefore() {
        try (MetadataStore store = open()) {
            Table<String> table = store.table("one", String.class);
            fill(store, table);
            AscendingReader<String> reader = table.ascending();
            for (String key : asked()) {
                String before = reader.get(key);
                assertThat(before).isEqualTo(table.get(key));
                if (random.nextInt(4) == 0) {
                    store.change(() -> {
                        if (before == null) {
                            table.put(key, "new");
                        } else {
                            table.remove(key);
                        }
                    });
                    assertThat(reader.get(key)).isEqualTo(before == null ? "new" : null);
                }
            }
        }
    }

    @Test
    void findsNothingInAnEmptyTable() {
        try (MetadataStore store = open()) {
            Table<String> table = store.table("one", String.class);
            AscendingReader<String> reader = table.ascending();
            assertThat(reader.get("a")).isNull();
            store.change(() -> table.put("b", "1"));
            assertThat(reader.get("b")).isEqualTo("1");
            assertThat(reader.get("c")).isNull();
            assertThat(reader.get("b")).isEqualTo("1");
        }
    }
}
