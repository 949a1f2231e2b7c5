package io.lazuli.storage.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.content.BlobAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When files that have changed are to be told. */
class RestlessFilesTest {
    private static final BlobAddress FIRST = new BlobAddress("contoso", "raw", "first");
    private static final BlobAddress SECOND = new BlobAddress("contoso", "raw", "second");
    private static final Version SMALL = new Version(1, 1);
    private static final Version LARGE = new Version(2, 2);
    private static final int MANY = 100;

    private long now;
    private final RestlessFiles files = new RestlessFiles(() -> now);

    private List<BlobAddress> quietAfter(Duration time) {
        now += time.toNanos();
        return files.quiet(MANY);
    }

    @Test
    void tellsOfAFileWhenItWasTheSameForAWhile() {
        files.note(FIRST, SMALL);
        assertThat(quietAfter(RestlessFiles.QUIET.minusMillis(1))).isEmpty();
        files.note(SECOND, null);
        assertThat(files.note(FIRST, SMALL)).isTrue();
        assertThat(quietAfter(Duration.ofMillis(1))).containsExactly(FIRST);
        assertThat(files.note(FIRST, LARGE)).isFalse();
        assertThat(quietAfter(RestlessFiles.QUIET)).containsExactly(SECOND, FIRST);
        assertThat(files.quiet(1)).containsExactly(SECOND);
        files.again(SECOND);
        assertThat(files.quiet(MANY)).containsExactly(FIRST);
        files.remove(FIRST);
        assertThat(quietAfter(RestlessFiles.QUIET)).containsExactly(SECOND);
    }

    @Test
    void waitsLongerEachTimeAFileCannotBeTold() {
        files.note(FIRST, SMALL);
        now += RestlessFiles.QUIET.toNanos();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            files.failed(FIRST, SMALL);
            files.note(FIRST, SMALL);
            Duration pause = Duration.ZERO;
            while (files.quiet(MANY).isEmpty()) {
                pause = pause.plusMillis(500);
                now += Duration.ofMillis(500).toNanos();
            }
            pauses.add(pause);
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void triesAFileSoonThatChangesAfterItCouldNotBeTold() {
        files.note(FIRST, SMALL);
        files.failed(FIRST, SMALL);
        files.note(FIRST, LARGE);
        assertThat(quietAfter(RestlessFiles.QUIET)).containsExactly(FIRST);
    }
}
