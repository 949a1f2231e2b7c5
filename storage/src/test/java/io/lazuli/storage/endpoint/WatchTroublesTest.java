package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.watch.FolderWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watched folders with links in them, listeners that fail, and ends and renames in the middle of it. */
@Timeout(600)
class WatchTroublesTest {
    private static final long PAUSE_MILLIS = 10;
    private static final EventScope EVERYWHERE = new EventScope(null, null, "");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private int marks;

    @AfterEach
    void stop() {
        world.close();
    }

    private <T extends HeardEvents> T start(T events) {
        world = new StorageWorld(folder, Optional.of(events));
        return events;
    }

    private Path container(String name) {
        return folder.resolve("lake").resolve(StorageWorld.ACCOUNT).resolve(name);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** What is told before a file that comes now is. */
    private List<String> told(HeardEvents events, String in) throws IOException {
        String mark = in + "/mark-" + marks++;
        write(container(mark), "mark");
        events.await("BlobCreated " + mark);
        return events.told().stream().filter(event -> !event.contains("mark-")).toList();
    }

    /** Whoever waits for others when the first file is told, and once more when the second is. */
    private static final class SlowEvents extends HeardEvents {
        private final CountDownLatch dropped = new CountDownLatch(1);
        private final CountDownLatch going = new CountDownLatch(1);

        private SlowEvents() {
            super(EVERYWHERE);
        }

        @Override
        public void happened(StorageEvent event) {
            super.happened(event);
            try {
                (all.size() == 1 ? dropped : going).await();
            } catch (InterruptedException end) {
                throw new AssertionError(end);
            }
        }
    }

    private static boolean isEnding(Thread thread) {
        return thread.getState() != Thread.State.RUNNABLE
            && Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getClassName().equals(FolderWatch.class.getName()));
    }

    @Test
    void endsWithoutTellingTheRestWhichTheNextStartTells() throws IOException, InterruptedException {
        Files.createDirectories(container("raw"));
        SlowEvents slow = start(new SlowEvents());
        write(container("raw").resolve("first"), "1");
        slow.await("BlobCreated raw/first");
        List<String> expected = IntStream.range(0, 300).mapToObj(i -> "BlobCreated raw/" + i).toList();
        for (int i = 0; i < 300; i++) {
            write(container("raw").resolve(Integer.toString(i)), "1");
        }
        slow.dropped.countDown();
        while (slow.all.size() < 2) {
            Thread.sleep(PAUSE_MILLIS);
        }
        Thread end = Thread.ofPlatform().start(() -> world.close());
        while (!isEnding(end)) {
            Thread.sleep(PAUSE_MILLIS);
        }
        slow.going.countDown();
        end.join();
        assertThat(slow.told()).hasSize(2);
        HeardEvents next = start(new HeardEvents(EVERYWHERE));
        assertThat(told(next, "raw")).doesNotContainAnyElementsOf(slow.told());
        expected.stream().filter(event -> !slow.told().contains(event)).forEach(next::await);
        assertThat(told(next, "raw")).doesNotHaveDuplicates().hasSize(299);
    }

    @Test
    void goesOnAfterAnErrorOfWhoeverIsTold() throws IOException {
        Files.createDirectories(container("raw"));
        HeardEvents events = start(new HeardEvents(EVERYWHERE) {
            private boolean failed;

            @Override
            public void happened(StorageEvent event) {
                if (event.subject().endsWith("bad") && !failed) {
                    failed = true;
                    throw new StackOverflowError("of a test");
                }
                super.happened(event);
            }
        });
        write(container("raw").resolve("bad"), "1");
        write(container("raw").resolve("good"), "1");
        events.await("BlobCreated raw/good");
        events.await("BlobCreated raw/bad");
        assertThat(told(events, "raw")).containsExactlyInAnyOrder("BlobCreated raw/good", "BlobCreated raw/bad");
    }

    @Test
    void tellsOfAFileByEachNameOfItsFolder() throws IOException {
        Files.createDirectories(container("raw/real"));
        Files.createSymbolicLink(container("raw/link"), container("raw/real"));
        HeardEvents events = start(new HeardEvents(EVERYWHERE));
        write(container("raw/real/a"), "1");
        events.await("BlobCreated raw/real/a");
        events.await("BlobCreated raw/link/a");
        Files.delete(container("raw/link"));
        events.await("BlobDeleted raw/link/a");
        write(container("raw/real/b"), "1");
        events.await("BlobCreated raw/real/b");
        assertThat(told(events, "raw")).containsExactlyInAnyOrder("BlobCreated raw/real/a", "BlobCreated raw/link/a",
            "BlobDeleted raw/link/a", "BlobCreated raw/real/b");
    }

    @Test
    void hearsOfAContainerThatWasElsewhereForAWhile() throws IOException {
        Files.createDirectories(container("raw"));
        HeardEvents events = start(new HeardEvents(EVERYWHERE));
        write(container("raw/deep/a"), "1");
        write(container("raw/gone"), "1");
        events.await("BlobCreated raw/deep/a");
        events.await("BlobCreated raw/gone");
        Files.move(container("raw"), container("other"));
        events.await("BlobCreated other/deep/a");
        Files.delete(container("other/gone"));
        events.await("BlobDeleted other/gone");
        Files.move(container("other"), container("raw"));
        events.await("BlobDeleted raw/gone");
        events.all.clear();
        write(container("raw/deep/late"), "1");
        events.await("BlobCreated raw/deep/late");
        assertThat(told(events, "raw")).containsExactly("BlobCreated raw/deep/late");
    }

    @Test
    void renamesADirectoryWithLinksThatNobodyCanFollow() throws IOException {
        HeardEvents events = start(new HeardEvents(new EventScope(null, "raw", "in")));
        world.container("raw");
        write(container("raw/from/deep/a"), "1");
        Files.createSymbolicLink(container("raw/from/nowhere"), container("raw/from/missing"));
        Files.createSymbolicLink(container("raw/from/outside"), folder);
        Files.createDirectories(container("raw/in"));
        world.lake("raw").getDirectoryClient("from").rename("raw", "in/to");
        assertThat(told(events, "raw/in")).containsExactly("DirectoryRenamed raw/in/to");
        world.lake("raw").getDirectoryClient("in/to").rename("raw", "in/again");
        write(container("raw/in/again/deep/a"), "another");
        assertThat(told(events, "raw/in")).containsExactly("DirectoryRenamed raw/in/to", "DirectoryRenamed raw/in/again",
            "BlobCreated raw/in/again/deep/a");
        world.lake("raw").getDirectoryClient("in/again").rename("raw", "away");
        Files.delete(container("raw/away/deep/a"));
        assertThat(told(events, "raw/in")).hasSize(4).endsWith("DirectoryRenamed raw/away");
    }
}
