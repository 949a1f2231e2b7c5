package io.lazuli.storage.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobClientBase;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.blob.specialized.PageBlobClient;
import io.lazuli.storage.content.AccountSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random blocks, pages and appended blocks, against a model of the content after each, on accounts of both kinds. More of them with
 * {@code -Dmodel.seeds=100}.
 */
class ContentModelTest {
    private static final int STEPS = 80;
    private static final int PAGE = 512;

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;
    private Random random;
    private String account;
    private final List<String> done = new ArrayList<>();

    private Map<String, byte[]> committed;
    private List<String> order = List.of();
    private final Map<String, byte[]> uncommitted = new TreeMap<>();
    private byte[] whole;
    private byte[] appended = new byte[0];
    private byte[] pages = new byte[8 * PAGE];
    private final BitSet written = new BitSet();
    private String snapshot;
    private byte[] before;
    private BitSet writtenBefore;

    static List<Integer> seeds() {
        return LakeModelTest.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isWhatWasWritten(int seed) {
        random = new Random(seed);
        account = seed % 2 == 0 ? StorageWorld.ACCOUNT : StorageWorld.FLAT;
        start();
        container.create();
        appendBlob().create();
        pageBlob().create(pages.length);
        try {
            for (int step = 0; step < STEPS; step++) {
                step();
                assertBlocks();
                assertPages();
                if (step % 40 == 39) {
                    world.close();
                    start();
                    done.add("restart");
                }
            }
            assertBlocks();
            assertPages();
            assertThat(read(appendBlob())).isEqualTo(appended);
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + " after " + done, failure);
        } finally {
            world.close();
        }
    }

    private void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        container = world.blobs(account).getBlobContainerClient("raw");
    }

    private BlockBlobClient blockBlob() {
        return container.getBlobClient("in/blocks").getBlockBlobClient();
    }

    private AppendBlobClient appendBlob() {
        return container.getBlobClient("in/log").getAppendBlobClient();
    }

    private PageBlobClient pageBlob() {
        return container.getBlobClient("in/disk").getPageBlobClient();
    }

    private static byte[] read(BlobClientBase blob) {
        return blob.downloadContent().toBytes();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String id() {
        return Base64.getEncoder().encodeToString(("block" + random.nextInt(6)).getBytes(UTF_8));
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> stage();
            case 3, 4 -> commit();
            case 5 -> upload();
            case 6 -> append();
            case 7, 8 -> writePages();
            case 9 -> clearPages();
            case 10 -> resize();
            default -> snapshot();
        }
    }

    private void stage() {
        String id = id();
        byte[] content = bytes(1 + random.nextInt(2000));
        done.add("stage " + id);
        blockBlob().stageBlock(id, BinaryData.fromBytes(content));
        uncommitted.put(id, content);
    }

    /** Each block is the latest one of that name. */
    private void commit() {
        Map<String, byte[]> known = new TreeMap<>(committed == null ? Map.of() : committed);
        known.putAll(uncommitted);
        List<String> some = List.copyOf(known.keySet());
        List<String> ids = IntStream.range(0, random.nextInt(5))
            .mapToObj(any -> some.isEmpty() || random.nextInt(10) == 0 ? id() : some.get(random.nextInt(some.size()))).toList();
        done.add("commit " + ids);
        try {
            blockBlob().commitBlockList(ids, true);
            assertThat(known.keySet()).containsAll(ids);
        } catch (HttpResponseException refused) {
            assertThat(known.keySet().containsAll(ids)).as(refused.getMessage()).isFalse();
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ids.forEach(id -> all.writeBytes(known.get(id)));
        whole = all.toByteArray();
        committed = new LinkedHashMap<>();
        ids.forEach(id -> committed.put(id, known.get(id)));
        order = ids;
        uncommitted.clear();
    }

    private void upload() {
        whole = bytes(random.nextInt(3000));
        done.add("upload");
        blockBlob().upload(BinaryData.fromBytes(whole), true);
        committed = new LinkedHashMap<>();
        order = List.of();
        uncommitted.clear();
    }

    private void append() {
        byte[] more = bytes(1 + random.nextInt(1000));
        done.add("append");
        appendBlob().appendBlock(new ByteArrayInputStream(more), more.length);
        byte[] longer = Arrays.copyOf(appended, appended.length + more.length);
        System.arraycopy(more, 0, longer, appended.length, more.length);
        appended = longer;
    }

    private PageRange range() {
        int count = pages.length / PAGE;
        int first = random.nextInt(count);
        int last = first + random.nextInt(count - first);
        return new PageRange().setStart((long) first * PAGE).setEnd((last + 1L) * PAGE - 1);
    }

    private void writePages() {
        if (pages.length == 0) {
            return;
        }
        PageRange range = range();
        int start = (int) range.getStart();
        byte[] content = random.nextInt(5) == 0 ? new byte[(int) range.getEnd() + 1 - start] : bytes((int) range.getEnd() + 1 - start);
        done.add("write pages " + start / PAGE + "-" + range.getEnd() / PAGE);
        pageBlob().uploadPages(range, new ByteArrayInputStream(content));
        System.arraycopy(content, 0, pages, start, content.length);
        written.set(start / PAGE, (int) (range.getEnd() + 1) / PAGE);
    }

    private void clearPages() {
        if (pages.length == 0) {
            return;
        }
        PageRange range = range();
        done.add("clear pages " + range.getStart() / PAGE + "-" + range.getEnd() / PAGE);
        pageBlob().clearPages(range);
        Arrays.fill(pages, (int) range.getStart(), (int) range.getEnd() + 1, (byte) 0);
        written.clear((int) range.getStart() / PAGE, (int) (range.getEnd() + 1) / PAGE);
    }

    private void resize() {
        int size = random.nextInt(17) * PAGE;
        done.add("resize to " + size / PAGE);
        pageBlob().resize(size);
        pages = Arrays.copyOf(pages, size);
        if (size / PAGE < written.length()) {
            written.clear(size / PAGE, written.length());
        }
    }

    private void snapshot() {
        done.add("snapshot");
        snapshot = pageBlob().createSnapshot().getSnapshotId();
        before = pages.clone();
        writtenBefore = (BitSet) written.clone();
    }

    private void assertBlocks() {
        if (whole != null) {
            assertThat(read(blockBlob())).isEqualTo(whole);
            if (whole.length > 0) {
                int from = random.nextInt(whole.length);
                int length = 1 + random.nextInt(whole.length - from);
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                blockBlob().downloadStreamWithResponse(part, new BlobRange(from, (long) length), null, null, false, null, Context.NONE);
                assertThat(part.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, from, from + length));
            }
        }
        if (whole != null || !uncommitted.isEmpty()) {
            var list = blockBlob().listBlocks(BlockListType.ALL);
            assertThat(list.getCommittedBlocks()).extracting(block -> block.getName() + " " + block.getSizeLong())
                .isEqualTo(order.stream().map(id -> id + " " + committed.get(id).length).toList());
            assertThat(list.getUncommittedBlocks()).extracting(Block::getName)
                .containsExactlyInAnyOrderElementsOf(uncommitted.keySet());
        }
    }

    private void assertPages() {
        assertThat(read(pageBlob())).isEqualTo(pages);
        assertThat(set(pageBlob())).isEqualTo(written);
        if (snapshot != null) {
            PageBlobClient kept = container.getBlobClient("in/disk", snapshot).getPageBlobClient();
            assertThat(read(kept)).isEqualTo(before);
            assertThat(set(kept)).isEqualTo(writtenBefore);
        }
    }

    private static BitSet set(PageBlobClient blob) {
        BitSet set = new BitSet();
        blob.listPageRanges(new BlobRange(0)).forEach(item ->
            set.set((int) item.getRange().getOffset() / PAGE, (int) ((item.getRange().getOffset() + item.getRange().getLength()) / PAGE)));
        return set;
    }
}
