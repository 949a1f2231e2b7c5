package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobCopySourceTagsMode;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.options.BlobCopyFromUrlOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.options.BlobUploadFromUrlOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockFromUrlOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from blobs of this lake, of another lake and from other web servers, as Azure's own client sees them. */
class BlobCopyTest {
    private static final byte[] DIGITS = "0123456789".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @TempDir
    private Path otherFolder;

    private StorageWorld world;
    private HttpServer web;
    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        world = new StorageWorld(folder);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        serve("/file", DIGITS.length, DIGITS);
        serve("/short", 100L << 20, DIGITS);
        web.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(DIGITS);
            exchange.getResponseBody().flush();
            await(gate);
            exchange.getResponseBody().write(DIGITS);
            exchange.close();
        });
        web.start();
    }

    private void serve(String path, long length, byte[] bytes) {
        web.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            exchange.close();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        gate.countDown();
        world.close();
        web.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private BlobClient blob(String name) {
        return world.container("raw").getBlobClient(name);
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.fromString(code));
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private static BlobProperties ended(BlobClient blob) {
        BlobProperties properties = blob.getProperties();
        while (properties.getCopyStatus() == CopyStatusType.PENDING) {
            Thread.onSpinWait();
            properties = blob.getProperties();
        }
        return properties;
    }

    @Test
    void copiesFromAnotherLakeWithASignature() {
        try (StorageWorld other = new StorageWorld(otherFolder)) {
            BlobClient source = other.container("source").getBlobClient("dir/a ü.txt");
            source.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromBytes(DIGITS)).setMetadata(Map.of("k", "v"))
                .setTags(Map.of("t", "1")).setHeaders(new BlobHttpHeaders().setContentType("text/csv")), null, Context.NONE);
            String signed = source.getBlobUrl() + "?" + source.generateSas(new BlobServiceSasSignatureValues(
                OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true).setTagsPermission(true)));
            BlobClient copy = blob("copy");
            assertThat(copy.beginCopy(signed, null).waitForCompletion().getStatus())
                .isEqualTo(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED);
            assertThat(copy.downloadContent().toBytes()).isEqualTo(DIGITS);
            BlobProperties properties = copy.getProperties();
            assertThat(properties.getMetadata()).isEqualTo(Map.of("k", "v"));
            assertThat(properties.getContentType()).isEqualTo("text/csv");
            assertThat(properties.getCopySource()).isEqualTo(source.getBlobUrl());
            blob("tagged").copyFromUrlWithResponse(new BlobCopyFromUrlOptions(signed)
                .setCopySourceTagsMode(BlobCopySourceTagsMode.COPY), null, Context.NONE);
            assertThat(blob("tagged").getTags()).isEqualTo(Map.of("t", "1"));
            assertCode(() -> blob("c").copyFromUrl(source.getBlobUrl()), 401, "CannotVerifyCopySource");
            assertCode(() -> blob("c").copyFromUrl(signed.replace("dir", "none")), 403, "CannotVerifyCopySource");
            assertThat(blob("c").exists()).isFalse();
        }
    }

    @Test
    void saysThatASourceIsNotThere() throws IOException {
        assertCode(() -> blob("c").copyFromUrl(url("/none")), 404, "CannotVerifyCopySource");
        web.stop(0);
        assertCode(() -> blob("c").copyFromUrl(url("/file")), 500, "CannotVerifyCopySource");
        assertThatThrownBy(() -> blob("c").copyFromUrl(url("/file"))).hasMessageContaining(" cannot be reached.")
            .hasMessageNotContaining("java.");
        assertCode(() -> blob("c").copyFromUrl("ftp://127.0.0.1/file"), 400, "InvalidHeaderValue");
        assertThat(blob("c").exists()).isFalse();
    }

    @Test
    void showsABlobOfALongCopyAtItsEnd() {
        BlobClient copy = blob("a");
        copy.upload(BinaryData.fromString("before"));
        copy.beginCopy(url("/slow"), null);
        BlobProperties pending = copy.getProperties();
        assertThat(pending.getCopyStatus()).isEqualTo(CopyStatusType.PENDING);
        assertThat(pending.getBlobSize()).isZero();
        assertCode(() -> copy.setMetadata(Map.of("k", "v")), 409, "PendingCopyOperation");
        assertCode(() -> copy.upload(BinaryData.fromString("x"), true), 409, "PendingCopyOperation");
        gate.countDown();
        BlobProperties done = ended(copy);
        assertThat(done.getCopyStatus()).isEqualTo(CopyStatusType.SUCCESS);
        assertThat(done.getCopyProgress()).isEqualTo("20/20");
        assertThat(done.getCopyCompletionTime()).isNotNull();
        assertThat(copy.downloadContent().toString()).isEqualTo("01234567890123456789");
        copy.upload(BinaryData.fromString("after"), true);
        assertThat(copy.getProperties().getCopyStatus()).isNull();
    }

    @Test
    void abortsACopy() {
        BlobClient copy = blob("a");
        copy.beginCopy(url("/slow"), null);
        String id = copy.getProperties().getCopyId();
        assertCode(() -> copy.abortCopyFromUrl("00000000-0000-0000-0000-000000000000"), 409, "CopyIdMismatch");
        assertCode(() -> copy.abortCopyFromUrl("none"), 400, "InvalidQueryParameterValue");
        copy.abortCopyFromUrl(id);
        assertCode(() -> copy.abortCopyFromUrl(id), 409, "NoPendingCopyOperation");
        gate.countDown();
        assertThat(copy.getProperties().getCopyStatus()).isEqualTo(CopyStatusType.ABORTED);
        assertThat(copy.downloadContent().toBytes()).isEmpty();
        copy.upload(BinaryData.fromString("after"), true);
        assertThat(copy.downloadContent().toString()).isEqualTo("after");
    }

    @Test
    void tellsThatACopyFailed() {
        BlobClient copy = blob("a");
        copy.beginCopy(url("/short"), null);
        BlobProperties failed = ended(copy);
        assertThat(failed.getCopyStatus()).isEqualTo(CopyStatusType.FAILED);
        assertThat(failed.getCopyStatusDescription()).contains("The source could not be read to its end").doesNotContain("java.");
        assertThat(failed.getBlobSize()).isZero();
    }

    @Test
    void failsCopiesThatARestartInterrupts() {
        blob("a").beginCopy(url("/slow"), null);
        world.close();
        world = new StorageWorld(folder);
        BlobProperties failed = blob("a").getProperties();
        assertThat(failed.getCopyStatus()).isEqualTo(CopyStatusType.FAILED);
        assertThat(failed.getCopyStatusDescription()).contains("The service ended");
        blob("a").upload(BinaryData.fromString("after"), true);
    }

    @Test
    void putsABlobFromAnyUrl() {
        BlockBlobClient blob = blob("a").getBlockBlobClient();
        blob.uploadFromUrlWithResponse(new BlobUploadFromUrlOptions(url("/file")).setContentMd5(md5(DIGITS)).setTags(Map.of("t", "1")),
            null, Context.NONE);
        assertThat(blob.downloadContent().toBytes()).isEqualTo(DIGITS);
        assertThat(blob.getProperties().getContentType()).isEqualTo("text/plain");
        assertThat(blob.getProperties().getContentMd5()).isEqualTo(md5(DIGITS));
        assertThat(blob.getTags()).isEqualTo(Map.of("t", "1"));
        blob.uploadFromUrlWithResponse(new BlobUploadFromUrlOptions(url("/file")).setCopySourceBlobProperties(false)
            .setHeaders(new BlobHttpHeaders().setContentType("text/x")), null, Context.NONE);
        assertThat(blob.getProperties().getContentType()).isEqualTo("text/x");
        assertCode(() -> blob.uploadFromUrlWithResponse(new BlobUploadFromUrlOptions(url("/file")).setContentMd5(md5(new byte[1])),
            null, Context.NONE), 400, "Md5Mismatch");
        assertCode(() -> blob.uploadFromUrl(url("/file")), 409, "BlobAlreadyExists");
        assertThat(blob.downloadContent().toBytes()).isEqualTo(DIGITS);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void stagesRangesOfAnyUrl() {
        BlobClient source = blob("source");
        source.upload(BinaryData.fromString("abcdefghij"));
        BlockBlobClient blob = blob("a").getBlockBlobClient();
        String one = Base64.getEncoder().encodeToString("1".getBytes(StandardCharsets.UTF_8));
        String two = Base64.getEncoder().encodeToString("2".getBytes(StandardCharsets.UTF_8));
        blob.stageBlockFromUrl(one, url("/file"), new BlobRange(2, 3L));
        blob.stageBlockFromUrl(two, StorageWorld.signed(source), new BlobRange(7));
        blob.commitBlockList(List.of(one, two));
        assertThat(blob.downloadContent().toString()).isEqualTo("234hij");
        assertCode(() -> blob.stageBlockFromUrlWithResponse(new BlockBlobStageBlockFromUrlOptions(one, StorageWorld.signed(source))
            .setSourceRequestConditions(new BlobRequestConditions().setIfMatch("\"0x1\"")), null, Context.NONE),
            412, "CannotVerifyCopySource");
        assertCode(() -> blob.stageBlockFromUrlWithResponse(new BlockBlobStageBlockFromUrlOptions(one, url("/file"))
            .setSourceContentMd5(md5(Arrays.copyOf(DIGITS, 3))), null, Context.NONE), 400, "Md5Mismatch");
        assertCode(() -> blob.stageBlockFromUrl(one, StorageWorld.signed(source), new BlobRange(10)), 416, "InvalidRange");
    }

    @Test
    void appendsRangesOfAnyUrl() {
        AppendBlobClient log = blob("log").getAppendBlobClient();
        log.create();
        log.appendBlockFromUrl(url("/file"), new BlobRange(0, 4L));
        assertThat(log.appendBlockFromUrl(url("/file"), new BlobRange(8)).getBlobAppendOffset()).isEqualTo("4");
        assertThat(log.downloadContent().toString()).isEqualTo("012389");
    }
}
