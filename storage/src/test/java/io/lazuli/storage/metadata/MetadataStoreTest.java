package io.lazuli.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetadataStoreTest {
    @TempDir
    private Path folder;

    private MetadataStore open(Path directory) {
        return new MetadataStore(directory.resolve("storage.metadata"), Durability.PROCESS);
    }

    /** The files as a killed process would leave them at this moment. */
    private Path killed(Path directory) throws IOException {
        Path copy = folder.resolve(UUID.randomUUID().toString());
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static Path journal(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(".journal-")).findFirst().orElseThrow();
        }
    }

    private static List<String> content(Table<String> table) {
        return table.keys("").stream().map(key -> key + "=" + table.get(key)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedIsThereAfterAKill(Durability durability) throws IOException {
        Path live = folder.resolve("live");
        try (MetadataStore store = new MetadataStore(live.resolve("storage.metadata"), durability)) {
            Table<String> table = store.table("one", String.class);
            store.change(() -> {
                table.put("a", "1");
                table.put("b", "2");
                table.put("c/x", "3");
                table.put("c/y", "4");
            });
            store.change(() -> {
                table.remove("a");
                table.move("c/", "d/", true);
            });
            try (MetadataStore next = open(killed(live))) {
                assertThat(content(next.table("one", String.class))).containsExactly("b=2", "d/x=3", "d/y=4");
            }
        }
        try (MetadataStore store = open(live)) {
            assertThat(content(store.table("one", String.class))).containsExactly("b=2", "d/x=3", "d/y=4");
        }
    }

    @Test
    void aChangeThatAKillHasCutIsAbsentAsAWhole() throws IOException {
        Path live = folder.resolve("live");
        try (MetadataStore store = open(live)) {
            Table<String> table = store.table("one", String.class);
            store.change(() -> table.put("a", "old"));
            byte[] before = Files.readAllBytes(journal(live));
            store.change(() -> {
                table.put("a", "new");
                table.put("b", "new");
            });
            byte[] after = Files.readAllBytes(journal(live));
            int begin = Arrays.mismatch(before, after);
            int end = after.length;
            while (after[end - 1] == 0) {
                end--;
            }
            for (int cut = begin; cut < end; cut++) {
                Path copy = killed(live);
                Files.write(journal(copy), Arrays.copyOf(after, cut));
                try (MetadataStore next = open(copy)) {
                    Table<String> found = next.table("one", String.class);
                    assertThat(content(found)).as("cut at %d", cut).containsExactly("a=old");
                    next.change(() -> found.put("c", "later"));
                    try (MetadataStore again = open(killed(copy))) {
                        assertThat(content(again.table("one", String.class))).containsExactly("a=old", "c=later");
                    }
                }
            }
        }
    }

    @Test
    void aJournalThatIsFullMakesPlaceForAnother() throws Exception {
        Path live = folder.resolve("live");
        String first = journal(prepared(live)).getFileName().toString();
        String text = "x".repeat(10_000);
        List<String> expected = new ArrayList<>();
        try (MetadataStore store = open(live)) {
            Table<String> table = store.table("one", String.class);
            // Until a new one is begun, which is looked at every second.
            for (int i = 0; journal(live).getFileName().toString().equals(first); i++) {
                String key = "key" + i % 1000;
                store.change(() -> table.put(key, text));
            }
            store.change(() -> table.put("last", "1"));
            expected.addAll(content(table));
            try (MetadataStore next = open(killed(live))) {
                assertThat(content(next.table("one", String.class))).isEqualTo(expected);
            }
        }
        try (MetadataStore store = open(live)) {
            assertThat(content(store.table("one", String.class))).isEqualTo(expected);
        }
    }

    private Path prepared(Path directory) {
        open(directory).close();
        return directory;
    }

    @Test
    void aChangeThatFailsIsTakenBack() {
        try (MetadataStore store = open(folder)) {
            Table<String> table = store.table("one", String.class);
            store.change(() -> table.put("a", "1"));
            assertThatThrownBy(() -> store.change(() -> {
                table.put("a", "2");
                table.put("b", "2");
                table.remove("a");
                throw new IllegalArgumentException("no");
            })).hasMessage("no");
            assertThat(content(table)).containsExactly("a=1");
        }
        try (MetadataStore store = open(folder)) {
            assertThat(content(store.table("one", String.class))).containsExactly("a=1");
        }
    }

    @Test
    void aRecordIsChangedWithinAChangeOnly() {
        try (MetadataStore store = open(folder)) {
            Table<String> table = store.table("one", String.class);
            assertThatThrownBy(() -> table.put("a", "1")).isInstanceOf(IllegalStateException.class);
            assertThat(table.has("a")).isFalse();
        }
    }

    @Test
    void manyThatChangeAtOnceLoseNothing() throws Exception {
        Path live = folder.resolve("live");
        int writers = 16;
        int each = 200;
        try (MetadataStore store = open(live)) {
            Table<Integer> table = store.table("one", Integer.class);
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String key = "writer" + writer;
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 1; i <= each; i++) {
                        int value = i;
                        store.change(() -> table.put(key, value));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            try (MetadataStore next = open(killed(live))) {
                Table<Integer> found = next.table("one", Integer.class);
                assertThat(found.keys("").stream().map(found::get)).hasSize(writers).containsOnly(each);
            }
        }
    }

    @Test
    void aCloseThatFailsGivesTheFileBack() throws IOException {
        Path live = folder.resolve("live");
        MetadataStore store = open(live);
        Table<String> table = store.table("one", String.class);
        store.change(() -> table.put("a", "1"));
        String[] name = journal(live).getFileName().toString().split("-");
        Path inTheWay = live.resolve(name[0] + "-" + (Integer.parseInt(name[1]) + 1));
        Files.createDirectory(inTheWay);
        assertThatThrownBy(store::close).isInstanceOf(LazuliException.class).hasMessageContaining(inTheWay.getFileName().toString());
        Files.delete(inTheWay);
        try (MetadataStore next = open(live)) {
            assertThat(content(next.table("one", String.class))).containsExactly("a=1");
        }
    }

    /** Files in the folder that this process has open, as Linux knows them. */
    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException closedMeanwhile) {
                    assertThat(descriptor).doesNotExist();
                }
            }
        }
        String root = folder.toRealPath().toString();
        return open.stream().filter(file -> file.startsWith(root)).toList();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aStartThatCannotMakeTheChangesOfItsJournalLeavesNoFileOpen() throws IOException {
        Path live = prepared(folder.resolve("live"));
        Files.write(journal(live), Journal.bytes(List.of(new Journal.Entry("one", "a", "1"), new Journal.Entry("one", null, "1"))));
        assertThatThrownBy(() -> open(live)).isInstanceOf(RuntimeException.class);
        assertThat(openFiles()).isEmpty();
    }

    @Test
    void oneAtATimeHasTheFile() {
        try (MetadataStore store = open(folder)) {
            assertThat(store.table("one", String.class).keys("")).isEmpty();
            assertThatThrownBy(() -> open(folder)).isInstanceOfSatisfying(LazuliException.class,
                problem -> assertThat(problem.code()).isEqualTo(CommonError.IN_USE));
        }
    }
}
