package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.batch.BlobBatchClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.batch.BlobBatchStorageException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.lazuli.foundation.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Blob endpoint, as Azure's own client sees it. */
class BlobServiceTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertCode(ThrowingCallable call, int status, BlobErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private static BinaryData text(String text) {
        return BinaryData.fromString(text);
    }

    @Test
    void putsABlobAsAPlainFile() {
        BlobClient blob = world.container("raw").getBlobClient("in/2026/sales.csv");
        blob.upload(text("id,amount\n1,2\n"));
        assertThat(world.file("raw", "in/2026/sales.csv")).hasContent("id,amount\n1,2\n");
        assertThat(blob.downloadContent().toString()).isEqualTo("id,amount\n1,2\n");
    }

    @Test
    void servesAFileThatWasCopiedIntoTheFolder() throws IOException {
        world.container("raw");
        Files.writeString(world.file("raw", "notes.json"), "{}");
        BlobProperties properties = world.container("raw").getBlobClient("notes.json").getProperties();
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getBlobSize()).isEqualTo(2);
        assertThat(properties.getETag()).isNotBlank();
        Files.writeString(world.file("raw", "notes.json"), "{\"changed\": true}");
        assertThat(world.container("raw").getBlobClient("notes.json").getProperties().getETag()).isNotEqualTo(properties.getETag());
    }

    @Test
    void keepsPropertiesAndMetadata() {
        BlobClient blob = world.container("raw").getBlobClient("a.txt");
        blob.uploadWithResponse(new BlobParallelUploadOptions(text("héllo"))
            .setHeaders(new BlobHttpHeaders().setContentType("text/plain").setCacheControl("no-cache").setContentLanguage("nl")
                .setContentDisposition("inline")).setMetadata(Map.of("owner", "ops")), null, Context.NONE);
        BlobProperties properties = blob.getProperties();
        assertThat(properties.getContentType()).isEqualTo("text/plain");
        assertThat(properties.getCacheControl()).isEqualTo("no-cache");
        assertThat(properties.getContentLanguage()).isEqualTo("nl");
        assertThat(properties.getContentDisposition()).isEqualTo("inline");
        assertThat(properties.getMetadata()).isEqualTo(Map.of("owner", "ops"));
        assertThat(properties.getContentMd5()).hasSize(16);
        blob.setMetadata(Map.of("owner", "data", "step", "2"));
        blob.setHttpHeaders(new BlobHttpHeaders().setContentType("text/csv"));
        BlobProperties changed = blob.getProperties();
        assertThat(changed.getMetadata()).isEqualTo(Map.of("owner", "data", "step", "2"));
        assertThat(changed.getContentType()).isEqualTo("text/csv");
        assertThat(changed.getCacheControl()).isNull();
        assertThat(changed.getETag()).isNotEqualTo(properties.getETag());
    }

    @Test
    void keepsEverythingOverARestart() {
        world.container("raw").getBlobClient("a.txt").uploadWithResponse(
            new BlobParallelUploadOptions(text("x")).setMetadata(Map.of("k", "v")), null, Context.NONE);
        String etag = world.container("raw").getBlobClient("a.txt").getProperties().getETag();
        world.close();
        world = new StorageWorld(folder);
        BlobProperties properties = world.container("raw").getBlobClient("a.txt").getProperties();
        assertThat(properties.getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(properties.getETag()).isEqualTo(etag);
    }

    @Test
    void uploadsAndDownloadsLargeBlobsInBlocks() {
        byte[] bytes = new byte[20 * 1024 * 1024 + 7];
        new Random(7).nextBytes(bytes);
        BlobClient blob = world.container("raw").getBlobClient("large.bin");
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromBytes(bytes)).setParallelTransferOptions(
            new ParallelTransferOptions().setBlockSizeLong(4L * 1024 * 1024)
                .setMaxSingleUploadSizeLong(4L * 1024 * 1024).setMaxConcurrency(4)), null, Context.NONE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.downloadStream(out);
        assertThat(out.toByteArray()).isEqualTo(bytes);
        assertThat(blob.getBlockBlobClient().listBlocks(BlockListType.COMMITTED).getCommittedBlocks()).hasSize(6);
    }

    @Test
    void commitsBlocksInTheOrderOfTheList() {
        BlockBlobClient blob = world.container("raw").getBlobClient("blocks.txt").getBlockBlobClient();
        List<String> ids = List.of(id("1"), id("2"), id("3"));
        blob.stageBlock(ids.get(0), text("one "));
        blob.stageBlock(ids.get(1), text("two "));
        assertThat(blob.listBlocks(BlockListType.ALL).getUncommittedBlocks()).extracting(Block::getName)
            .containsExactly(ids.get(0), ids.get(1));
        assertCode(blob::getProperties, 404, BlobErrorCode.BLOB_NOT_FOUND);
        blob.commitBlockList(List.of(ids.get(1), ids.get(0)));
        assertThat(blob.downloadContent().toString()).isEqualTo("two one ");
        blob.stageBlock(ids.get(2), text("three"));
        blob.commitBlockList(List.of(ids.get(0), ids.get(2)), true);
        assertThat(blob.downloadContent().toString()).isEqualTo("one three");
        assertCode(() -> blob.commitBlockList(List.of(ids.get(1)), true), 400, BlobErrorCode.INVALID_BLOCK_LIST);
    }

    private static String id(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsRanges() {
        BlobClient blob = world.container("raw").getBlobClient("a.txt");
        blob.upload(text("0123456789"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.downloadStreamWithResponse(out, new BlobRange(3, 4L), null, null, false, null, Context.NONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("3456");
        assertCode(() -> blob.downloadStreamWithResponse(out, new BlobRange(10), null, null, false, null, Context.NONE),
            416, BlobErrorCode.INVALID_RANGE);
    }

    @Test
    void givesChecksumsOfRanges() throws IOException, InterruptedException {
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(text("0123456789"));
        String url = blob.getBlobUrl() + "?" + blob.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            new BlobSasPermission().setReadPermission(true)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("x-ms-range", "bytes=1-9");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> crc64 = client.send(request.copy().header("x-ms-range-get-content-crc64", "true").build(),
                HttpResponse.BodyHandlers.ofString());
            // The check value of the checksum, least significant byte first.
            assertThat(crc64.headers().firstValue("x-ms-content-crc64"))
                .contains(Base64.getEncoder().encodeToString(HexFormat.of().parseHex("8898790a86148bae")));
            HttpRequest both = request.header("x-ms-range-get-content-crc64", "true").header("x-ms-range-get-content-md5", "true").build();
            assertThat(client.send(both, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void listsByLevelsAndPages() {
        BlobContainerClient container = world.container("raw");
        for (String name : List.of("a-b.txt", "a/1.txt", "a/2.txt", "a/b/3.txt", "a.txt", "z.txt")) {
            container.getBlobClient(name).upload(text(name));
        }
        assertThat(container.listBlobs()).extracting(BlobItem::getName)
            .containsExactly("a-b.txt", "a.txt", "a", "a/1.txt", "a/2.txt", "a/b", "a/b/3.txt", "z.txt");
        assertThat(container.listBlobsByHierarchy("/", new ListBlobsOptions(), null)).extracting(BlobItem::getName)
            .containsExactlyInAnyOrder("a-b.txt", "a.txt", "z.txt", "a/");
        assertThat(container.listBlobsByHierarchy("a/")).extracting(BlobItem::getName)
            .containsExactlyInAnyOrder("a/1.txt", "a/2.txt", "a/b/");
        Iterator<PagedResponse<BlobItem>> pages =
            container.listBlobs(new ListBlobsOptions().setPrefix("a").setMaxResultsPerPage(2), null).iterableByPage().iterator();
        assertThat(pages.next().getValue()).extracting(BlobItem::getName).containsExactly("a-b.txt", "a.txt");
        assertThat(pages.next().getValue()).extracting(BlobItem::getName).containsExactly("a", "a/1.txt");
        assertThat(pages.next().getValue()).extracting(BlobItem::getName).containsExactly("a/2.txt", "a/b");
        PagedResponse<BlobItem> last = pages.next();
        assertThat(last.getValue()).extracting(BlobItem::getName).containsExactly("a/b/3.txt");
        assertThat(last.getContinuationToken()).isNullOrEmpty();
    }

    @Test
    void listsMetadataWhenAsked() {
        BlobContainerClient container = world.container("raw");
        container.getBlobClient("a").uploadWithResponse(
            new BlobParallelUploadOptions(text("x")).setMetadata(Map.of("k", "a<&>b")), null, Context.NONE);
        BlobItem item = container.listBlobs(new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveMetadata(true)), null)
            .iterator().next();
        assertThat(item.getMetadata()).containsEntry("k", "a<&>b");
        assertThat(item.getProperties().getContentLength()).isEqualTo(1);
    }

    @Test
    void obeysConditions() {
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(text("1"));
        String etag = blob.getProperties().getETag();
        assertCode(() -> blob.upload(text("2")), 409, BlobErrorCode.BLOB_ALREADY_EXISTS);
        blob.uploadWithResponse(new BlobParallelUploadOptions(text("3"))
            .setRequestConditions(new BlobRequestConditions().setIfMatch(etag)), null, Context.NONE);
        assertCode(() -> blob.uploadWithResponse(new BlobParallelUploadOptions(text("4"))
            .setRequestConditions(new BlobRequestConditions().setIfMatch(etag)), null, Context.NONE), 412, BlobErrorCode.CONDITION_NOT_MET);
        assertThat(blob.downloadContent().toString()).isEqualTo("3");
    }

    @Test
    void saysWhatIsMissing() {
        BlobContainerClient container = world.container("raw");
        assertCode(() -> container.getBlobClient("none").downloadContent(), 404, BlobErrorCode.BLOB_NOT_FOUND);
        assertCode(() -> container.getBlobClient("none").delete(), 404, BlobErrorCode.BLOB_NOT_FOUND);
        assertCode(() -> world.blobs().getBlobContainerClient("nothing").getProperties(), 404, BlobErrorCode.CONTAINER_NOT_FOUND);
        assertCode(() -> world.blobs().getBlobContainerClient("nothing").getBlobClient("a").upload(text("")), 404,
            BlobErrorCode.CONTAINER_NOT_FOUND);
        assertCode(() -> world.blobs().createBlobContainer("raw"), 409, BlobErrorCode.CONTAINER_ALREADY_EXISTS);
    }

    @Test
    void deletesBlobsAndContainers() {
        BlobContainerClient container = world.container("raw");
        container.getBlobClient("a/b").upload(text("1"));
        container.getBlobClient("a/b").delete();
        assertThat(container.getBlobClient("a/b").exists()).isFalse();
        container.delete();
        assertThat(container.exists()).isFalse();
        container.create();
        assertThat(container.listBlobs()).isEmpty();
    }

    @Test
    void copiesWithinTheLake() {
        BlobContainerClient container = world.container("raw");
        BlobClient source = container.getBlobClient("from ü.txt");
        source.uploadWithResponse(new BlobParallelUploadOptions(text("text")).setMetadata(Map.of("k", "v")), null, Context.NONE);
        BlobClient target = container.getBlobClient("to.txt");
        assertThat(target.beginCopy(source.getBlobUrl(), null).waitForCompletion().getValue().getCopyStatus())
            .isEqualTo(CopyStatusType.SUCCESS);
        assertThat(target.downloadContent().toString()).isEqualTo("text");
        assertThat(target.getProperties().getMetadata()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void rejectsUploadWhileLeaseIsHeld() {
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(text("1"));
        BlobLeaseClient lease = new BlobLeaseClientBuilder().blobClient(blob).buildClient();
        String id = lease.acquireLease(60);
        assertCode(() -> blob.upload(text("2"), true), 412, BlobErrorCode.LEASE_ID_MISSING);
        blob.uploadWithResponse(new BlobParallelUploadOptions(text("3"))
            .setRequestConditions(new BlobRequestConditions().setLeaseId(id)), null, Context.NONE);
        lease.releaseLease();
        blob.upload(text("4"), true);
        assertThat(blob.downloadContent().toString()).isEqualTo("4");
    }

    @Test
    void appendsBlocks() {
        AppendBlobClient log = world.container("raw").getBlobClient("log").getAppendBlobClient();
        log.create();
        log.appendBlock(new ByteArrayInputStream("one ".getBytes(StandardCharsets.UTF_8)), 4);
        assertThat(log.appendBlock(new ByteArrayInputStream("two".getBytes(StandardCharsets.UTF_8)), 3).getBlobAppendOffset())
            .isEqualTo("4");
        assertThat(log.downloadContent().toString()).isEqualTo("one two");
        assertThat(log.getProperties().getCommittedBlockCount()).isEqualTo(2);
        log.seal();
        assertCode(() -> log.appendBlock(new ByteArrayInputStream(new byte[1]), 1), 409, BlobErrorCode.fromString("BlobIsSealed"));
    }

    @Test
    void makesAFolderOfAnEmptyBlobThatSaysSo() {
        BlobContainerClient container = world.container("raw");
        BlobClient marker = container.getBlobClient("dir");
        marker.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromBytes(new byte[0]))
            .setMetadata(Map.of("hdi_isfolder", "true")), null, Context.NONE);
        container.getBlobClient("dir/file").upload(text("x"));
        assertThat(marker.getProperties().getMetadata()).containsEntry("hdi_isfolder", "true");
        assertThat(world.file("raw", "dir")).isDirectory();
        assertCode(marker::delete, 409, BlobErrorCode.fromString("DirectoryIsNotEmpty"));
    }

    @Test
    void deletesInBatches() {
        BlobContainerClient container = world.container("raw");
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            BlobClient blob = container.getBlobClient("many/" + i);
            blob.upload(text("x"));
            urls.add(blob.getBlobUrl());
        }
        BlobBatchClient batch = new BlobBatchClientBuilder(world.blobs()).buildClient();
        assertThat(batch.deleteBlobs(urls, null).stream().count()).isEqualTo(20);
        assertThat(container.listBlobs()).extracting(BlobItem::getName).containsExactly("many");
        assertThatThrownBy(() -> batch.deleteBlobs(urls.subList(0, 1), null).forEach(answer -> answer.getStatusCode()))
            .isInstanceOfSatisfying(BlobBatchStorageException.class, failure ->
                assertThat(failure.getBatchExceptions()).allMatch(one -> one.getErrorCode().equals(BlobErrorCode.BLOB_NOT_FOUND)));
    }

    @Test
    void refusesAWrongKey() {
        BlobContainerClient stranger = new BlobServiceClientBuilder().endpoint(world.url()).retryOptions(StorageWorld.once())
            .credential(new StorageSharedKeyCredential(StorageWorld.ACCOUNT, Base64.getEncoder().encodeToString(new byte[64])))
            .buildClient().getBlobContainerClient("raw");
        assertCode(stranger::create, 403, BlobErrorCode.AUTHENTICATION_FAILED);
    }

    @Test
    void refusesContentThatDiffersFromItsMd5() {
        BlockBlobClient blob = world.container("raw").getBlobClient("a").getBlockBlobClient();
        byte[] wrong = new byte[16];
        assertCode(() -> blob.uploadWithResponse(new ByteArrayInputStream(new byte[] {1}), 1, null, null, null, wrong, null, null,
            Context.NONE), 400, BlobErrorCode.MD5MISMATCH);
        assertThat(blob.exists()).isFalse();
    }

    @Test
    void comparesLongContentWithItsMd5() throws NoSuchAlgorithmException {
        BlockBlobClient blob = world.container("raw").getBlobClient("a").getBlockBlobClient();
        byte[] content = new byte[20_000_001];
        new Random(3).nextBytes(content);
        byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
        assertCode(() -> blob.uploadWithResponse(new ByteArrayInputStream(content), content.length, null, null, null, new byte[16], null,
            null, Context.NONE), 400, BlobErrorCode.MD5MISMATCH);
        assertThat(blob.exists()).isFalse();
        blob.uploadWithResponse(new ByteArrayInputStream(content), content.length, null, null, null, md5, null, null, Context.NONE);
        assertThat(blob.getProperties().getContentMd5()).isEqualTo(md5);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(content);
    }

    @Test
    void replacesLongContent() throws IOException {
        BlobClient blob = world.container("raw").getBlobClient("a");
        byte[] content = new byte[40_000_000];
        Random random = new Random(5);
        ParallelTransferOptions blocks = new ParallelTransferOptions().setBlockSizeLong(4L << 20).setMaxSingleUploadSizeLong(4L << 20);
        for (int i = 0; i < 2; i++) {
            random.nextBytes(content);
            blob.getBlockBlobClient().upload(new ByteArrayInputStream(content), content.length, true);
            assertThat(blob.downloadContent().toBytes()).isEqualTo(content);
            random.nextBytes(content);
            blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromBytes(content)).setParallelTransferOptions(blocks), null,
                Context.NONE);
            assertThat(Files.readAllBytes(folder.resolve("lake").resolve(StorageWorld.ACCOUNT).resolve("raw").resolve("a")))
                .isEqualTo(content);
        }
    }

    @Test
    void letsOneServerHaveADataDirectory() {
        assertThatThrownBy(() -> new StorageWorld(folder)).isInstanceOf(LazuliException.class).hasMessageContaining("Another process");
    }
}
