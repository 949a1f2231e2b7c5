package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlobType;
import com.azure.storage.blob.models.PageBlobRequestConditions;
import com.azure.storage.blob.models.PageList;
import com.azure.storage.blob.models.PageRangeItem;
import com.azure.storage.blob.models.SequenceNumberActionType;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.PageBlobClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Page blobs: sparse files whose pages are written in place. */
class PageBlobTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;
    private PageBlobClient blob;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        container = world.container("raw");
        blob = container.getBlobClient("disk").getPageBlobClient();
        blob.create(1L << 20);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static byte[] pages(int count, int value) {
        byte[] bytes = new byte[count * 512];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void write(long first, byte[] bytes) {
        blob.uploadPages(PageNumbers.range(first, bytes.length / 512), new ByteArrayInputStream(bytes));
    }

    private List<String> ranges(BlobRange asked) {
        return blob.listPageRanges(asked).stream().map(PageRangeItem::getRange).map(found -> found.getOffset() + "+" + found.getLength())
            .toList();
    }

    private static void assertRefused(Runnable action, int status, BlobErrorCode code) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(failure.getErrorCode()).isEqualTo(code);
        });
    }

    @Test
    void isClearWhenItIsNew() throws IOException {
        assertThat(blob.getProperties().getBlobType()).isEqualTo(BlobType.PAGE_BLOB);
        assertThat(blob.getProperties().getBlobSequenceNumber()).isZero();
        assertThat(blob.downloadContent().toBytes()).isEqualTo(new byte[1 << 20]);
        assertThat(ranges(new BlobRange(0))).isEmpty();
        assertThat(((Number) Files.getAttribute(world.file("raw", "disk"), "unix:size")).longValue()).isEqualTo(1 << 20);
    }

    @Test
    void writesAndClearsPages() {
        write(2, pages(4, 7));
        write(6, pages(1, 8));
        write(100, pages(1, 9));
        blob.clearPages(PageNumbers.range(3, 1));
        byte[] expected = new byte[1 << 20];
        System.arraycopy(pages(4, 7), 0, expected, 1024, 2048);
        System.arraycopy(pages(1, 8), 0, expected, 3072, 512);
        System.arraycopy(pages(1, 9), 0, expected, 51200, 512);
        Arrays.fill(expected, 1536, 2048, (byte) 0);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(expected);
        assertThat(ranges(new BlobRange(0))).containsExactly("1024+512", "2048+1536", "51200+512");
        assertThat(ranges(new BlobRange(2100, 10L))).containsExactly("2048+512");
    }

    @Test
    void changesItsEntityTagWithEachWrite() {
        String before = blob.getProperties().getETag();
        write(0, pages(1, 1));
        assertThat(blob.getProperties().getETag()).isNotEqualTo(before);
        assertRefused(() -> blob.uploadPagesWithResponse(PageNumbers.range(0, 1), new ByteArrayInputStream(pages(1, 2)), null,
            new PageBlobRequestConditions().setIfMatch(before), null, Context.NONE), 412, BlobErrorCode.CONDITION_NOT_MET);
        assertThat(blob.downloadContent().toBytes()).startsWith(1, 1, 1);
    }

    @Test
    void keepsASequenceNumber() {
        blob.updateSequenceNumber(SequenceNumberActionType.UPDATE, 7L);
        blob.updateSequenceNumber(SequenceNumberActionType.MAX, 3L);
        blob.updateSequenceNumber(SequenceNumberActionType.INCREMENT, null);
        assertThat(blob.getProperties().getBlobSequenceNumber()).isEqualTo(8);
        assertRefused(() -> blob.uploadPagesWithResponse(PageNumbers.range(0, 1), new ByteArrayInputStream(pages(1, 2)), null,
            new PageBlobRequestConditions().setIfSequenceNumberLessThan(8L), null, Context.NONE),
            412, BlobErrorCode.SEQUENCE_NUMBER_CONDITION_NOT_MET);
        blob.uploadPagesWithResponse(PageNumbers.range(0, 1), new ByteArrayInputStream(pages(1, 2)), null,
            new PageBlobRequestConditions().setIfSequenceNumberEqualTo(8L), null, Context.NONE);
        assertThat(ranges(new BlobRange(0))).containsExactly("0+512");
    }

    @Test
    void becomesLongerAndShorter() {
        write(0, pages(4, 5));
        blob.resize(1024);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(pages(2, 5));
        blob.resize(2048);
        assertThat(ranges(new BlobRange(0))).containsExactly("0+1024");
        assertThat(blob.downloadContent().toBytes()).isEqualTo(Arrays.copyOf(pages(2, 5), 2048));
    }

    @Test
    void refusesWhatIsNoWholePageOrBehindTheEnd() {
        assertRefused(() -> write(2048, pages(1, 1)), 416, BlobErrorCode.INVALID_PAGE_RANGE);
        container.getBlobClient("text").upload(BinaryData.fromString("x"));
        PageBlobClient other = container.getBlobClient("text").getPageBlobClient();
        assertRefused(() -> other.uploadPages(PageNumbers.range(0, 1), new ByteArrayInputStream(pages(1, 1))), 409,
            BlobErrorCode.INVALID_BLOB_TYPE);
    }

    @Test
    void writesPagesOfAnotherBlob() {
        write(0, pages(2, 3));
        PageBlobClient copy = container.getBlobClient("copy").getPageBlobClient();
        copy.create(2048);
        String sas = blob.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            new BlobSasPermission().setReadPermission(true)));
        copy.uploadPagesFromUrl(PageNumbers.range(1, 2), blob.getBlobUrl() + "?" + sas, 0L);
        byte[] expected = new byte[2048];
        Arrays.fill(expected, 512, 1536, (byte) 3);
        assertThat(copy.downloadContent().toBytes()).isEqualTo(expected);
    }

    @Test
    void isThereAfterANewStart() {
        write(5, pages(1, 6));
        world.close();
        world = new StorageWorld(folder);
        blob = world.container("raw").getBlobClient("disk").getPageBlobClient();
        assertThat(ranges(new BlobRange(0))).containsExactly("2560+512");
    }

    @Test
    void leavesItsSnapshotAsItWas() {
        write(0, pages(1, 1));
        String id = blob.createSnapshot().getSnapshotId();
        PageBlobClient snapshot = container.getBlobClient("disk").getSnapshotClient(id).getPageBlobClient();
        write(0, pages(1, 2));
        assertThat(snapshot.downloadContent().toBytes()).startsWith(1, 1);
        assertThat(blob.downloadContent().toBytes()).startsWith(2, 2);
    }

    private static List<String> changed(PageBlobClient blob, BlobRange asked, String snapshot) {
        return blob.listPageRangesDiff(asked, snapshot).stream().map(item -> (item.isClear() ? "clear " : "")
            + item.getRange().getOffset() / 512 + "+" + item.getRange().getLength() / 512).toList();
    }

    @Test
    void tellsWhatHasChangedSinceASnapshot() {
        write(0, pages(4, 1));
        write(10, pages(2, 2));
        String first = blob.createSnapshot().getSnapshotId();
        write(1, pages(1, 9));
        write(2, pages(1, 1));
        write(4, pages(2, 3));
        blob.clearPages(PageNumbers.range(11, 1));
        write(300, pages(300, 4));
        String second = blob.createSnapshot().getSnapshotId();
        write(450, pages(1, 5));
        PageBlobClient later = container.getBlobClient("disk").getSnapshotClient(second).getPageBlobClient();
        assertThat(changed(later, new BlobRange(0), first)).containsExactly("1+1", "4+2", "300+300", "clear 11+1");
        assertThat(changed(later, new BlobRange(5 * 512, 300L * 512), first)).containsExactly("5+1", "300+5", "clear 11+1");
        assertThat(changed(blob, new BlobRange(0), second)).containsExactly("450+1");
        PageList byUrl = blob.getManagedDiskPageRangesDiff(new BlobRange(0), later.getBlobUrl());
        assertThat(byUrl.getPageRange()).hasSize(1);
        assertThat(byUrl.getClearRange()).isEmpty();
        assertRefused(() -> container.getBlobClient("disk").getSnapshotClient(first).getPageBlobClient()
            .listPageRangesDiff(new BlobRange(0), second).stream().toList(), 400, BlobErrorCode.PREVIOUS_SNAPSHOT_CANNOT_BE_NEWER);
        assertRefused(() -> blob.listPageRangesDiff(new BlobRange(0), "2020-01-01T00:00:00.0000000Z").stream().toList(), 409,
            BlobErrorCode.PREVIOUS_SNAPSHOT_NOT_FOUND);
    }

    @Test
    void refusesIncrementalCopiesByName() {
        String snapshot = blob.createSnapshot().getSnapshotId();
        assertThatThrownBy(() -> container.getBlobClient("copy").getPageBlobClient().copyIncremental(blob.getBlobUrl(), snapshot))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(501);
                assertThat(failure.getServiceMessage()).contains("comp=incrementalcopy");
            });
    }
}
