package io.lazuli.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.Journal.Entry;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that were cut, damaged or not written to the end. */
class JournalTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal");
    }

    private static List<Entry> change(String text) {
        return List.of(new Entry("one", "key", text));
    }

    private static void write(Journal journal, String text) {
        byte[] bytes = Journal.bytes(change(text));
        journal.write(bytes, bytes.length, false);
    }

    @Test
    void whatStandsBehindADamagedChangeNeverCountsAgain() throws IOException {
        try (Journal journal = new Journal(file, 0, Durability.PROCESS)) {
            write(journal, "a");
            write(journal, "b");
            write(journal, "c");
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = Journal.bytes(change("a")).length;
        bytes[2 * length - 1]++;
        Files.write(file, bytes);
        Journal.Content left = Journal.read(file);
        assertThat(left).isEqualTo(new Journal.Content(List.of(change("a")), length, true));
        try (Journal journal = new Journal(file, left.bytes(), Durability.PROCESS)) {
            // As long as the damaged one: the third would follow it.
            write(journal, "d");
        }
        assertThat(Journal.read(file).changes()).containsExactly(change("a"), change("d"));
    }

    @Test
    void aDamagedJournalIsKeptAsideAndOneThatACrashHasCutIsNot() throws IOException {
        Path tables = folder.resolve("storage.metadata");
        Path journal = folder.resolve("storage.metadata.journal-1");
        try (Journal live = new Journal(journal, 0, Durability.PROCESS)) {
            write(live, "a");
            write(live, "b");
        }
        byte[] whole = Files.readAllBytes(journal);
        int length = Journal.bytes(change("a")).length;
        byte[] damaged = whole.clone();
        damaged[length - 1]++;
        assertThat(keptAfter(tables, journal, damaged)).hasBinaryContent(damaged);
        byte[] cut = whole.clone();
        cut[2 * length - 1]++;
        assertThat(keptAfter(tables, journal, cut)).doesNotExist();
    }

    /** Where a start keeps a damaged journal. */
    private static Path keptAfter(Path tables, Path journal, byte[] content) throws IOException {
        Path kept = journal.resolveSibling(journal.getFileName() + ".damaged");
        Files.deleteIfExists(kept);
        Files.write(journal, content);
        try (Journals journals = new Journals(tables, Durability.PROCESS, 1, new Journals.Limit(Long.MAX_VALUE, () -> { }))) {
            journals.open();
        }
        return kept;
    }

    @Test
    void isFullOnceUntilTheTablesAreWritten() throws IOException {
        int bytes = Journal.bytes(change("a")).length;
        AtomicInteger full = new AtomicInteger();
        Journals.Limit limit = new Journals.Limit(2L * bytes, full::incrementAndGet);
        try (Journals journals = new Journals(folder.resolve("storage.metadata"), Durability.PROCESS, 1, limit)) {
            journals.open();
            int[] expected = {0, 0, 1, 1};
            for (int begun = 0; begun < 2; begun++) {
                for (int further : expected) {
                    change(journals, "a");
                    assertThat(full.get()).isEqualTo(begun + further);
                }
                journals.begin(number -> { });
            }
        }
    }

    private static void change(Journals journals, String key) {
        journals.await(journals.apply(() -> journals.note(change(key).getFirst(), () -> { })));
    }

    @Test
    void changesThatWereTakenBackDoNotFollowLaterOnes() throws IOException {
        try (Journal journal = new Journal(file, 0, Durability.PROCESS)) {
            write(journal, "a");
            long end = journal.size();
            write(journal, "b");
            write(journal, "c");
            journal.takeBack(end);
            assertThat(Journal.read(file).changes()).containsExactly(change("a"));
            write(journal, "d");
            assertThat(Journal.read(file).changes()).containsExactly(change("a"), change("d"));
        }
    }

    @Test
    void keepsEverythingOverManyKillsOneAfterTheOther() throws IOException {
        Path live = folder;
        for (int start = 0; start < 40; start++) {
            Path next = folder.resolve("start" + start);
            try (MetadataStore store = new MetadataStore(live.resolve("storage.metadata"), Durability.PROCESS)) {
                Table<String> table = store.table("one", String.class);
                assertThat(table.keys("")).hasSize(start);
                String key = String.format("%03d", start);
                store.change(() -> table.put(key, "x".repeat(20_000)));
                copy(live, next);
            }
            live = next;
        }
    }

    /** The files as a kill leaves them. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                Files.copy(path, to.resolve(path.getFileName()));
            }
        }
    }
}
