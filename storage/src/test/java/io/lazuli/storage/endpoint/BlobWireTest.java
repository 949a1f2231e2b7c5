package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobListBlocksOptions;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Details of requests and answers that clients rely on. */
class BlobWireTest {
    private static final String MD5_OF_OTHER = "AAAAAAAAAAAAAAAAAAAAAA==";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        container = world.container("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private BlobClient blob(String name, String text) {
        BlobClient blob = container.getBlobClient(name);
        blob.upload(BinaryData.fromString(text), true);
        return blob;
    }

    /** The container for a client that adds a header to each request. */
    private BlobContainerClient with(String header, String value) {
        return new BlobContainerClientBuilder().endpoint(container.getBlobContainerUrl()).credential(world.credential())
            .retryOptions(StorageWorld.once())
            .addPolicy(new Adding(HttpHeaderName.fromString(header), value)).buildClient();
    }

    /** Adds a header before the request is signed. */
    private record Adding(HttpHeaderName name, String value) implements HttpPipelinePolicy {
        @Override
        public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            context.getHttpRequest().setHeader(name, value);
            return next.process();
        }

        @Override
        public HttpPipelinePosition getPipelinePosition() {
            return HttpPipelinePosition.PER_CALL;
        }
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(String.valueOf(failure.getErrorCode())).isEqualTo(code);
        });
    }

    @Test
    void takesIdentifiersOfLeasesInEveryForm() {
        BlobClient blob = blob("a", "1");
        String bare = "ca761232ed4211cebacd00aa0057b223";
        String dashed = "ca761232-ed42-11ce-bacd-00aa0057b223";
        assertThat(new BlobLeaseClientBuilder().blobClient(blob).leaseId(bare).buildClient().acquireLease(-1)).isEqualTo(dashed);
        BlobRequestConditions holder = new BlobRequestConditions().setLeaseId("{" + bare.toUpperCase(Locale.ROOT) + "}");
        blob.setMetadataWithResponse(Map.of("a", "b"), holder, null, Context.NONE);
        new BlobLeaseClientBuilder().blobClient(blob).leaseId(bare).buildClient().releaseLease();
        assertCode(() -> new BlobLeaseClientBuilder().blobClient(blob).leaseId("abc").buildClient().acquireLease(-1), 400,
            "InvalidHeaderValue");
    }

    @Test
    void anEmptyLeaseIsNone() {
        blob("a", "1");
        BlobClient empty = with("x-ms-lease-id", "").getBlobClient("a");
        empty.setMetadata(Map.of("a", "b"));
        assertThat(empty.getProperties().getMetadata()).containsEntry("a", "b");
        new BlobLeaseClientBuilder().blobClient(container.getBlobClient("a")).buildClient().acquireLease(-1);
        assertCode(() -> empty.setMetadata(Map.of()), 412, "LeaseIdMissing");
    }

    @Test
    void namesOfContainersAreRefusedByLengthOrBySigns() {
        for (String name : List.of("a", "ab", "a".repeat(64))) {
            assertCode(() -> world.blobs().getBlobContainerClient(name).create(), 400, "OutOfRangeInput");
        }
        for (String name : List.of("Abc", "a--b", "-ab", "a_b")) {
            assertCode(() -> world.blobs().getBlobContainerClient(name).create(), 400, "InvalidResourceName");
        }
    }

    @Test
    void listsUncommittedBlobsInTheirPlaces() {
        blob("a", "1");
        blob("c/1", "1");
        String id = Base64.getEncoder().encodeToString("1".getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("b", "c/2", "d/1")) {
            container.getBlobClient(name).getBlockBlobClient().stageBlock(id, BinaryData.fromString("x"));
        }
        ListBlobsOptions options = new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
        assertThat(container.listBlobs(options, null).stream().map(BlobItem::getName)).containsExactly("a", "b", "c", "c/1", "c/2", "d/1");
        assertThat(container.listBlobsByHierarchy("/", options, null).stream().map(BlobItem::getName))
            .containsExactly("a", "b", "c/", "d/");
        assertThat(container.listBlobs(options.setMaxResultsPerPage(2), null).streamByPage()
            .map(page -> page.getValue().stream().map(BlobItem::getName).toList()))
            .containsExactly(List.of("a", "b"), List.of("c", "c/1"), List.of("c/2", "d/1"));
        assertThat(container.listBlobs().stream().map(BlobItem::getName)).containsExactly("a", "c", "c/1");
    }

    @Test
    void aStarMatchesWhatIsThere() {
        BlobClient blob = blob("a", "1");
        BlobRequestConditions any = new BlobRequestConditions().setIfMatch("*");
        BlobRequestConditions none = new BlobRequestConditions().setIfNoneMatch("*");
        assertThat(blob.getPropertiesWithResponse(any, null, Context.NONE).getValue().getBlobSize()).isEqualTo(1);
        assertCode(() -> blob.downloadContentWithResponse(null, none, null, Context.NONE), 400, "UnsatisfiableCondition");
        assertCode(() -> blob.getBlockBlobClient().uploadWithResponse(new ByteArrayInputStream(new byte[1]), 1, null, null, null, null,
            none, null, Context.NONE), 409, "BlobAlreadyExists");
        assertCode(() -> blob.deleteWithResponse(null, none, null, Context.NONE), 412, "ConditionNotMet");
        blob.deleteWithResponse(null, any, null, Context.NONE);
        assertThat(blob.exists()).isFalse();
    }

    @Test
    void passesOverRangesThatMakeNoSense() {
        blob("a", "text");
        assertThat(with("Range", "bytes=3-1").getBlobClient("a").downloadContent()).hasToString("text");
        assertCode(() -> with("x-ms-range", "bytes=3-1").getBlobClient("a").downloadContent(), 400, "InvalidHeaderValue");
        assertThat(with("x-ms-range", "bytes=-1-").getBlobClient("a").downloadContent()).hasToString("text");
        assertThat(with("x-ms-range", "bytes=-2").getBlobClient("a").downloadContent()).hasToString("text");
        assertThat(container.getBlobClient("a").downloadContentWithResponse(null, null, new BlobRange(1, 2L), false, null, Context.NONE)
            .getValue()).hasToString("ex");
    }

    /** The catalogue of checksums gives AE8B14860A799888 for these nine characters. */
    @Test
    void tellsTheChecksumOfParts() {
        String id = Base64.getEncoder().encodeToString("1".getBytes(StandardCharsets.UTF_8));
        HttpHeaders headers = container.getBlobClient("a").getBlockBlobClient().stageBlockWithResponse(id,
            new ByteArrayInputStream("123456789".getBytes(StandardCharsets.UTF_8)), 9, null, null, null, Context.NONE).getHeaders();
        assertThat(headers.getValue(HttpHeaderName.fromString("x-ms-content-crc64"))).isEqualTo("iJh5CoYUi64=");
        assertThat(headers.getValue(HttpHeaderName.fromString("Content-MD5"))).isNull();
    }

    @Test
    void refusesChecksumsThatAreWrongOrTooMany() {
        BinaryData text = BinaryData.fromString("text");
        assertCode(() -> with("x-ms-blob-content-md5", "AAAA").getBlobClient("a").getBlockBlobClient().upload(text), 400, "InvalidMd5");
        assertCode(() -> with("x-ms-blob-content-md5", MD5_OF_OTHER).getBlobClient("a").getBlockBlobClient().upload(text), 400,
            "Md5Mismatch");
        BlockBlobClient both = with("x-ms-content-crc64", "AAAAAAAAAAA=").getBlobClient("a").getBlockBlobClient();
        assertCode(() -> both.uploadWithResponse(new ByteArrayInputStream(new byte[1]), 1, null, null, null,
            Base64.getDecoder().decode(MD5_OF_OTHER), null, null, Context.NONE), 400, "BothCrc64AndMd5HeaderPresent");
        assertThat(container.getBlobClient("a").exists()).isFalse();
    }

    @Test
    void obeysConditionsOfListsOfBlocks() {
        BlobClient blob = blob("a", "1");
        blob.setTags(Map.of("k", "v"));
        assertCode(() -> blob.getBlockBlobClient().listBlocksWithResponse(new BlockBlobListBlocksOptions(BlockListType.ALL)
            .setIfTagsMatch("k <> 'v'"), null, Context.NONE), 412, "ConditionNotMet");
    }

    @Test
    void aTagThatIsMissingFulfilsNoComparison() {
        BlobClient blob = blob("a", "1");
        assertCode(() -> blob.getPropertiesWithResponse(new BlobRequestConditions().setTagsConditions("k <> 'v'"), null, Context.NONE),
            412, "ConditionNotMet");
    }

    @Test
    void appendsNothingOnlyWhenItIsSaid() {
        AppendBlobClient blob = container.getBlobClient("log").getAppendBlobClient();
        blob.create();
        assertCode(() -> blob.appendBlock(new ByteArrayInputStream(new byte[0]), 0), 400, "InvalidHeaderValue");
        blob.appendBlock(new ByteArrayInputStream(new byte[3]), 3);
        String snapshot = blob.createSnapshot().getSnapshotId();
        AppendBlobClient copy = container.getBlobClient("copy").getAppendBlobClient();
        copy.copyFromUrl(blob.getBlobUrl() + "?snapshot=" + snapshot + "&" + container.generateSas(new BlobServiceSasSignatureValues(
            OffsetDateTime.now().plusDays(1), new BlobContainerSasPermission().setReadPermission(true))));
        assertThat(copy.getProperties().getCommittedBlockCount()).isEqualTo(1);
        assertThat(copy.getProperties().getCopySource()).isEqualTo(blob.getBlobUrl() + "?snapshot=" + snapshot);
    }

    @Test
    void aSignatureHasEachParameterOnce() {
        BlobClient blob = blob("a", "text");
        String signature = blob.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusDays(1),
            new BlobSasPermission().setReadPermission(true)));
        BlobContainerClient once = new BlobContainerClientBuilder().endpoint(container.getBlobContainerUrl() + "?" + signature)
            .retryOptions(StorageWorld.once()).buildClient();
        assertThat(once.getBlobClient("a").downloadContent()).hasToString("text");
        BlobContainerClient twice = new BlobContainerClientBuilder().endpoint(container.getBlobContainerUrl())
            .sasToken(signature + "&sp=rw").retryOptions(StorageWorld.once()).buildClient();
        assertCode(() -> twice.getBlobClient("a").downloadContent(), 403, "AuthenticationFailed");
    }

    @Test
    void takesABackslashForASlash() {
        blob("a\\b", "1");
        assertThat(container.listBlobs().stream().map(BlobItem::getName)).containsExactly("a", "a/b");
    }
}
