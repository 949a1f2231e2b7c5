package io.lazuli.storage.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of files in watched folders, and how it is used where the system watches nothing. */
class KnownFilesTest {
    private static final Version SOME = new Version(1, 1);
    private static final EventScope RAW = new EventScope("contoso", "raw", "");

    @TempDir
    private Path folder;

    private Lake lake;
    private MetadataStore metadata;

    @BeforeEach
    void open() {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private static BlobAddress raw(String path) {
        return new BlobAddress("contoso", "raw", path);
    }

    private KnownFiles known(EventScope... scopes) {
        return new KnownFiles(lake, metadata, Set.of(scopes));
    }

    @Test
    void findsWhatIsMissingInAFolder() {
        KnownFiles known = known(RAW);
        for (String path : List.of("a", "b", "c/d", "c/e/f", "c-", "g/h", "i/j")) {
            known.note(raw(path), SOME);
        }
        assertThat(known.missing(raw(""), Set.of("a", "c-"), Set.of("c", "i"))).containsExactlyInAnyOrder(raw("b"), raw("g/h"));
        assertThat(known.missing(raw("c"), Set.of(), Set.of("e"))).containsExactly(raw("c/d"));
        assertThat(known.missing(raw("k"), Set.of(), Set.of())).isEmpty();
    }

    @Test
    void forgetsContainersThatAreNotThere() {
        KnownFiles known = known(new EventScope(null, null, ""));
        BlobAddress other = new BlobAddress("contoso", "raw-2", "a");
        known.note(Map.of(raw("a"), SOME, raw("b/c"), SOME, other, SOME));
        known.forgetContainersBut(Set.of(other.withPath("")));
        assertThat(known.has(raw("a")) || known.has(raw("b/c"))).isFalse();
        assertThat(known.has(other)).isTrue();
    }

    @Test
    void forgetsWhatNobodyWantsToHearOfAnyMore() {
        KnownFiles first = known(RAW);
        first.begin();
        for (int i = 0; i < 1000; i++) {
            first.note(raw(Integer.toString(i)), SOME);
        }
        first.close();
        KnownFiles interrupted = known();
        interrupted.close();
        KnownFiles second = known(RAW);
        assertThat(second.scopes().isResumed()).isFalse();
        assertThat(second.below(raw(""))).isEmpty();
        second.close();
    }

    @Test
    void knowsMovedFilesByTheirNewNamesWithoutLookingAtThem() {
        KnownFiles known = known(new EventScope("contoso", "raw", "in"));
        known.begin();
        known.note(Map.of(raw("in/a/b"), SOME, raw("in/a/c/d"), SOME, raw("in/a-"), SOME));
        known.accept(new Change.Renamed(raw("in/a"), raw("in/x"), true));
        assertThat(known.below(raw("in"))).containsExactlyInAnyOrder(raw("in/x/b"), raw("in/x/c/d"), raw("in/a-"));
        known.accept(new Change.Renamed(raw("in/x/b"), raw("in/y"), false));
        known.accept(new Change.Renamed(raw("in/x/c"), raw("away"), true));
        assertThat(known.below(raw(""))).containsExactlyInAnyOrder(raw("in/y"), raw("in/a-"));
    }

    @Test
    void anOldListingIsNotPutOverWhatTheServiceHasWrittenOrMovedSince() throws IOException {
        KnownFiles known = known(RAW);
        BlobRecord written = Blobs.ofFile("a");
        known.accept(new Change.Written(raw("a"), written));
        Files.createDirectories(folder.resolve("lake/contoso/raw"));
        Files.writeString(folder.resolve("lake/contoso/raw/moved"), "12");
        known.accept(new Change.Renamed(raw("elsewhere"), raw("moved"), false));
        known.noteOld(Map.of(raw("a"), SOME, raw("moved"), SOME, raw("old"), SOME));
        assertThat(known.has(raw("a"), Version.of(written))).isTrue();
        assertThat(known.has(raw("moved")) && !known.has(raw("moved"), SOME)).isTrue();
        assertThat(known.has(raw("old"), SOME)).isTrue();
    }

    /** So many files; does something before it gives the last. */
    private static Map<BlobAddress, Version> files(int count, Runnable beforeLast) {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<BlobAddress, Version>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<BlobAddress, Version>> iterator() {
                        return IntStream.range(0, count).mapToObj(i -> {
                            if (i == count - 1) {
                                beforeLast.run();
                            }
                            return Map.entry(raw(Integer.toString(i)), SOME);
                        }).iterator();
                    }

                    @Override
                    public int size() {
                        return count;
                    }
                };
            }
        };
    }

    @Test
    void notesManyInPiecesBetweenWhichOthersChangeTheirRecords() {
        for (boolean old : new boolean[] {false, true}) {
            KnownFiles known = known(RAW);
            List<Integer> before = new ArrayList<>();
            Map<BlobAddress, Version> all = files(1000, () -> metadata.change(() -> before.add(known.below(raw("")).size())));
            if (old) {
                known.noteOld(all);
            } else {
                known.note(all);
            }
            assertThat(before).as("old: %s", old).singleElement(InstanceOfAssertFactories.INTEGER).isPositive();
            assertThat(known.below(raw(""))).hasSize(1000);
        }
    }

    @Test
    void looksByItselfWhereTheSystemCannotWatch() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("lake/contoso/raw/deep"));
        Files.writeString(folder.resolve("lake/contoso/raw/deep/old"), "1");
        KnownFiles known = known(RAW);
        BlockingQueue<Change> told = new LinkedBlockingQueue<>();
        Consumer<Change> changes = told::add;
        Locks locks = new Locks();
        Accounts accounts = new Accounts(Map.of());
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        Blobs blobs = new Blobs(lake, metadata, locks, changes.andThen(known), history, accounts);
        try (FolderWatch _ = new FolderWatch(lake, blobs, locks, known, changes.andThen(known), () -> {
            throw new IOException("User limit of inotify instances reached or too many open files");
        })) {
            Files.writeString(folder.resolve("lake/contoso/raw/deep/new"), "1");
            assertThat(told.poll(1, TimeUnit.MINUTES)).extracting(Change::address).isEqualTo(raw("deep/new"));
            Files.delete(folder.resolve("lake/contoso/raw/deep/old"));
            assertThat(told.poll(1, TimeUnit.MINUTES)).extracting(Change::address).isEqualTo(raw("deep/old"));
            assertThat(told).isEmpty();
        }
    }
}
