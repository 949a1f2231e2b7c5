package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.models.SequenceNumberActionType;
import com.azure.storage.blob.specialized.PageBlobClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Page blobs of terabytes, of which a few pages are written: only those are read and kept. */
class HugePageBlobTest {
    private static final long SIZE = 4L << 40;
    private static final long MIDDLE = SIZE / 1024;
    private static final long LAST = SIZE / 512 - 1;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private PageBlobClient blob;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobClient client(String name, boolean encrypted) {
        return (encrypted ? world.blobs(StorageWorld.customerKey(1)) : world.blobs()).getBlobContainerClient("raw").getBlobClient(name);
    }

    private PageBlobClient blob(String name, boolean encrypted) {
        return client(name, encrypted).getPageBlobClient();
    }

    private void create(boolean encrypted) {
        blob = blob("disk", encrypted);
        blob.create(SIZE);
        write(0, 1);
        write(MIDDLE, 2);
        write(LAST, 3);
    }

    private void write(long page, int value) {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, (byte) value);
        blob.uploadPages(PageNumbers.range(page, 1), new ByteArrayInputStream(bytes));
    }

    private List<String> ranges(PageBlobClient of) {
        return PageNumbers.shown(of.listPageRanges(new BlobRange(0)));
    }

    /** The first bytes of the first page, the one in the middle and the last. */
    private static List<Integer> values(PageBlobClient of) {
        return List.of(value(of, 0), value(of, MIDDLE), value(of, LAST));
    }

    private static int value(PageBlobClient of, long page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        of.downloadStreamWithResponse(bytes, new BlobRange(page * 512, 512L), null, null, false, null, Context.NONE);
        return bytes.toByteArray()[0];
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void becomesShorterAndLongerAgain(boolean encrypted) {
        create(encrypted);
        blob.resize(1024);
        assertThat(blob.getProperties().getBlobSize()).isEqualTo(1024);
        blob.resize(SIZE);
        assertThat(ranges(blob)).containsExactly("0+1");
        assertThat(values(blob)).containsExactly(1, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isClearedOverItsWholeLength(boolean encrypted) {
        create(encrypted);
        blob.clearPages(PageNumbers.range(0, LAST + 1));
        assertThat(ranges(blob)).isEmpty();
        assertThat(values(blob)).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheSameInItsSnapshotAndTellsWhatHasChangedSince(boolean encrypted) {
        create(encrypted);
        String id = blob.createSnapshot().getSnapshotId();
        write(MIDDLE, 9);
        blob.clearPages(PageNumbers.range(LAST, 1));
        PageBlobClient snapshot = client("disk", encrypted).getSnapshotClient(id).getPageBlobClient();
        assertThat(ranges(snapshot)).containsExactly("0+1", MIDDLE + "+1", LAST + "+1");
        assertThat(values(snapshot)).containsExactly(1, 2, 3);
        assertThat(values(blob)).containsExactly(1, 9, 0);
        assertThat(PageNumbers.shown(blob.listPageRangesDiff(new BlobRange(0), id))).containsExactly(MIDDLE + "+1", "clear " + LAST + "+1");
    }

    /** Its file has another name, under which its content must stay. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isWrittenAnewWhenItsFileHasAnotherName(boolean encrypted) throws Exception {
        create(encrypted);
        Path other = Files.createLink(folder.resolve("other"), world.file("raw", "disk"));
        write(MIDDLE, 9);
        assertThat(values(blob)).containsExactly(1, 9, 3);
        blob.clearPages(PageNumbers.range(0, LAST + 1));
        assertThat(values(blob)).containsExactly(0, 0, 0);
        Files.move(other, world.file("raw", "other"), StandardCopyOption.ATOMIC_MOVE);
        if (!encrypted) {
            assertThat(values(blob("other", false))).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7})
    void isCopiedWithItsHoles(long number) {
        create(false);
        blob.updateSequenceNumber(SequenceNumberActionType.UPDATE, number);
        PageBlobClient copy = blob("copy", false);
        assertThat(copy.beginCopy(blob.getBlobUrl(), Duration.ofMillis(100)).waitForCompletion().getValue().getCopyStatus())
            .isEqualTo(CopyStatusType.SUCCESS);
        assertThat(ranges(copy)).containsExactly("0+1", MIDDLE + "+1", LAST + "+1");
        assertThat(values(copy)).containsExactly(1, 2, 3);
        assertThat(copy.getProperties().getBlobSequenceNumber()).isEqualTo(number);
    }
}
