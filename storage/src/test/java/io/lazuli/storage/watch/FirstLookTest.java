package io.lazuli.storage.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes into a folder after somebody has begun to listen and before what was there is noted, which a test makes last. */
class FirstLookTest {
    private static final EventScope RAW = new EventScope("contoso", "raw", "");

    @TempDir
    private Path folder;

    private final BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    private Lake lake;
    private MetadataStore metadata;

    @BeforeEach
    void open() throws IOException {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        for (String path : List.of("old", "changes", "goes", "deep/old", "deep/er/old", "folder/a", "again")) {
            write(path);
        }
        Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.writeString(folder.resolve("elsewhere/a"), "1");
        Files.writeString(folder.resolve("elsewhere/deep/b"), "1");
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private static BlobAddress raw(String path) {
        return new BlobAddress("contoso", "raw", path);
    }

    private Path file(String path) {
        return folder.resolve("lake/contoso/raw").resolve(path);
    }

    private void write(String path) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), path);
    }

    /** Begins to listen, and waits until the file system's clock has gone on. */
    private KnownFiles listening(EventScope... scopes) throws IOException {
        KnownFiles known = new KnownFiles(lake, metadata, Set.of(scopes));
        Instant begun = Instant.now();
        Path probe = folder.resolve("probe");
        do {
            Files.writeString(probe, "1");
        } while (!Files.getLastModifiedTime(probe).toInstant().isAfter(begun));
        return known;
    }

    /** Notes what was there; gives what is told before a file that comes then. */
    private List<String> toldOnceNoted(KnownFiles known) throws IOException, InterruptedException {
        Consumer<Change> changes = told::add;
        Locks locks = new Locks();
        Accounts accounts = new Accounts(Map.of());
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        Blobs blobs = new Blobs(lake, metadata, locks, changes.andThen(known), history, accounts);
        List<String> all = new ArrayList<>();
        try (FolderWatch _ = new FolderWatch(lake, blobs, locks, known, changes.andThen(known))) {
            for (String mark : List.of("deep/er/mark", "mark")) {
                write(mark);
                for (Change change = next(); !change.address().equals(raw(mark)); change = next()) {
                    all.add(change.getClass().getSimpleName() + " " + change.address().path());
                }
            }
        }
        known.close();
        return all;
    }

    private Change next() throws InterruptedException {
        Change change = told.poll(1, TimeUnit.MINUTES);
        assertThat(change).as("an event within a minute").isNotNull();
        return change;
    }

    @Test
    void tellsOnceOfWhatHasComeOrChanged() throws IOException, InterruptedException {
        KnownFiles known = listening(RAW);
        write("new");
        write("deep/er/new");
        write("made/here/new");
        write("changes");
        Files.move(folder.resolve("elsewhere"), file("moved"));
        assertThat(toldOnceNoted(known)).containsExactlyInAnyOrder("Written new", "Written deep/er/new", "Written made/here/new",
            "Written changes", "Written moved/a", "Written moved/deep/b");
        assertThat(known.has(raw("deep/er/old"))).isTrue();
    }

    @Test
    void tellsOfNothingThatTheServiceHasDeletedOrRenamed() throws IOException, InterruptedException {
        KnownFiles known = listening(RAW);
        Files.delete(file("goes"));
        known.accept(new Change.Deleted(raw("goes"), Blobs.ofFile("goes")));
        Files.move(file("folder"), file("renamed"));
        known.accept(new Change.Renamed(raw("folder"), raw("renamed"), true));
        Files.delete(file("again"));
        known.accept(new Change.Deleted(raw("again"), Blobs.ofFile("again")));
        write("again");
        assertThat(toldOnceNoted(known)).containsExactly("Written again");
        assertThat(known.has(raw("renamed/a"))).isTrue();
        assertThat(known.has(raw("folder/a"))).isFalse();
    }

    @Test
    void forgetsTheListingOfAFileThatTheServiceHasTakenAwayMeanwhile() throws IOException {
        KnownFiles known = listening(RAW);
        Map<BlobAddress, Version> listed = Map.of(raw("old"), new Version(1, 1), raw("folder/a"), new Version(1, 1),
            raw("goes"), new Version(1, 1));
        known.accept(new Change.Deleted(raw("goes"), Blobs.ofFile("goes")));
        known.accept(new Change.Renamed(raw("folder"), raw("renamed"), true));
        known.noteOld(listed);
        assertThat(known.below(raw(""))).containsExactly(raw("old"));
        known.close();
    }

    @Test
    void knowsAFolderThatHasArrivedWhenItChangesAfterFoldersAreLookedAt() throws IOException {
        KnownFiles known = listening(RAW);
        FirstLook first = new FirstLook(known);
        FileTree tree = lake.container("contoso", "raw");
        Files.move(folder.resolve("elsewhere"), file("moved"));
        first.look(raw(""), tree.entries("").stream().filter(FileStatus::folder).toList());
        write("moved/_SUCCESS");
        for (String path : List.of("", "moved", "deep")) {
            Map<Boolean, List<FileStatus>> entries = tree.entries(path).stream().collect(Collectors.partitioningBy(FileStatus::folder));
            first.note(raw(path), entries.get(false), entries.get(true));
        }
        assertThat(known.below(raw(""))).containsExactlyInAnyOrder(raw("old"), raw("changes"), raw("goes"), raw("again"), raw("deep/old"));
        known.close();
    }

    @Test
    void aStartThatWasEndedBeforeAllIsNotedGoesOnWithTheMomentOfTheFirst() throws IOException, InterruptedException {
        listening(RAW).close();
        write("new");
        KnownFiles known = listening(RAW, new EventScope("contoso", "other", ""));
        assertThat(toldOnceNoted(known)).containsExactly("Written new");
        write("later");
        KnownFiles resumed = listening(RAW);
        assertThat(toldOnceNoted(resumed)).contains("Written later").doesNotContain("Written new");
    }
}
