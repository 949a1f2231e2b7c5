package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobContainerEncryptionScope;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.Block;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.StaticWebsite;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.PathItem;
import io.lazuli.storage.FilesBelow;
import io.lazuli.storage.content.AccountSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption scopes of blobs and containers, as clients see them. */
class EncryptionScopeTest {
    private static final BinaryData TEXT = BinaryData.fromString("text");

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        serve(Map.of("finance", true, "research", true, "old", false));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void serve(Map<String, Boolean> scopes) {
        world = new StorageWorld(folder, Map.of(StorageWorld.ACCOUNT, new AccountSettings(true, false, 0, false, scopes)));
    }

    private BlobServiceClientBuilder client() {
        return new BlobServiceClientBuilder().endpoint(world.url()).credential(world.credential()).retryOptions(StorageWorld.once());
    }

    private BlobClient blob(String scope, String container, String name) {
        return client().encryptionScope(scope).buildClient().getBlobContainerClient(container).getBlobClient(name);
    }

    private BlobContainerClient container(String name, String scope, boolean enforced) {
        return client().blobContainerEncryptionScope(new BlobContainerEncryptionScope().setDefaultEncryptionScope(scope)
            .setEncryptionScopeOverridePrevented(enforced)).buildClient().createBlobContainer(name);
    }

    private static String outcome(ThrowingCallable call) {
        try {
            call.call();
            return "done";
        } catch (BlobStorageException failure) {
            return failure.getStatusCode() + " " + failure.getErrorCode();
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void aBlobHasTheScopeOfItsUpload() {
        BlobContainerClient container = world.container("raw");
        BlobClient blob = blob("finance", "raw", "a");
        blob.upload(TEXT);
        container.getBlobClient("plain").upload(TEXT);
        assertThat(blob.getProperties().getEncryptionScope()).isEqualTo("finance");
        assertThat(container.getBlobClient("a").downloadContent().toString()).isEqualTo("text");
        assertThat(container.listBlobs()).extracting(BlobItem::getName, item -> item.getProperties().getEncryptionScope())
            .containsExactly(tuple("a", "finance"),
                tuple("plain", null));
        container.getBlobClient("copy").copyFromUrl(StorageWorld.signed(container.getBlobClient("a")));
        assertThat(container.getBlobClient("copy").getProperties().getEncryptionScope()).isNull();
    }

    @Test
    void aBlockListHasTheScopeOfItsBlocks() {
        world.container("raw");
        BlockBlobClient finance = blob("finance", "raw", "a").getBlockBlobClient();
        BlockBlobClient research = blob("research", "raw", "a").getBlockBlobClient();
        BlockBlobClient none = blob(null, "raw", "a").getBlockBlobClient();
        finance.stageBlock("AAAA", BinaryData.fromString("one"));
        assertThat(outcome(() -> research.commitBlockList(List.of("AAAA")))).isEqualTo("409 BlobCustomerSpecifiedEncryptionMismatch");
        assertThat(outcome(() -> none.commitBlockList(List.of("AAAA")))).isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        none.stageBlock("BBBB", BinaryData.fromString("two"));
        assertThat(outcome(() -> finance.commitBlockList(List.of("AAAA", "BBBB"))))
            .isEqualTo("409 BlobDoesNotUseCustomerSpecifiedEncryption");
        finance.stageBlock("BBBB", BinaryData.fromString("three"));
        assertThat(none.listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks()).extracting(Block::getName, Block::getSizeLong)
            .containsExactly(tuple("AAAA", 3L), tuple("BBBB", 5L));
        finance.commitBlockList(List.of("AAAA", "BBBB"));
        assertThat(none.downloadContent().toString()).isEqualTo("onethree");
        assertThat(none.getProperties().getEncryptionScope()).isEqualTo("finance");
        assertThat(outcome(() -> none.commitBlockList(List.of("BBBB"), true))).isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        finance.commitBlockList(List.of("BBBB"), true);
        assertThat(none.downloadContent().toString()).isEqualTo("three");
    }

    /** As if the clock had gone back before each upload: what was written later is older. */
    private void ageBlocks(int upload) throws IOException {
        FileTime first = FileTime.from(10_000, TimeUnit.DAYS);
        for (Path file : FilesBelow.of(folder.resolve("blocks"))) {
            if (Files.getLastModifiedTime(file).compareTo(first) > 0) {
                Files.setLastModifiedTime(file, FileTime.from(10_000L - upload, TimeUnit.DAYS));
            }
        }
    }

    private BlockBlobClient uploader(int way) {
        return switch (way) {
            case 0 -> blob("finance", "raw", "a").getBlockBlobClient();
            case 1 -> blob("research", "raw", "a").getBlockBlobClient();
            case 2 -> blob(null, "raw", "a").getBlockBlobClient();
            default -> world.blobs(StorageWorld.customerKey(way)).getBlobContainerClient("raw").getBlobClient("a").getBlockBlobClient();
        };
    }

    @Test
    void theLastBlockOfAnIdCountsWhateverTheClockSays() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 5; round++) {
            world.container("raw").getBlobClient("a").deleteIfExists();
            int way = 0;
            for (int upload = 1; upload <= 20; upload++) {
                way = random.nextInt(5);
                uploader(way).stageBlock("AAAA", BinaryData.fromString("x".repeat(upload)));
                uploader(way).stageBlock("BBBB", BinaryData.fromString("y"));
                ageBlocks(upload);
            }
            world.close();
            serve(Map.of("finance", true, "research", true));
            assertThat(uploader(way).listBlocks(BlockListType.UNCOMMITTED).getUncommittedBlocks())
                .extracting(Block::getName, Block::getSizeLong).containsExactly(tuple("AAAA", 20L), tuple("BBBB", 1L));
            uploader(way).commitBlockList(List.of("AAAA", "BBBB"));
            BinaryData content = way > 2 ? uploader(way).downloadContent() : world.container("raw").getBlobClient("a").downloadContent();
            assertThat(content.toString()).isEqualTo("x".repeat(20) + "y");
            assertThat(FilesBelow.of(folder.resolve("blocks"))).isEmpty();
        }
    }

    @Test
    void changesStayInTheBlobsScope() {
        world.container("raw");
        BlobClient log = blob("finance", "raw", "log");
        log.getAppendBlobClient().create();
        assertThat(outcome(() -> log.getAppendBlobClient().appendBlock(new ByteArrayInputStream(new byte[3]), 3))).isEqualTo("done");
        assertThat(outcome(() -> log.setMetadata(Map.of("k", "v")))).isEqualTo("done");
        assertThat(log.createSnapshot().getProperties().getEncryptionScope()).isEqualTo("finance");
        BlobClient other = blob("research", "raw", "log");
        assertThat(outcome(() -> other.getAppendBlobClient().appendBlock(new ByteArrayInputStream(new byte[3]), 3)))
            .isEqualTo("409 BlobCustomerSpecifiedEncryptionMismatch");
        assertThat(outcome(() -> other.setMetadata(Map.of()))).isEqualTo("409 BlobCustomerSpecifiedEncryptionMismatch");
        assertThat(outcome(other::createSnapshot)).isEqualTo("409 BlobCustomerSpecifiedEncryptionMismatch");
        BlobClient none = blob(null, "raw", "log");
        assertThat(outcome(() -> none.getAppendBlobClient().appendBlock(new ByteArrayInputStream(new byte[3]), 3)))
            .isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        assertThat(outcome(() -> none.setMetadata(Map.of()))).isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        assertThat(outcome(none::createSnapshot)).isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        assertThat(outcome(() -> none.setHttpHeaders(new BlobHttpHeaders().setContentType("text/plain")))).isEqualTo("done");
        assertThat(log.getProperties().getMetadata()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void aContainerHasADefaultScopeAndMayEnforceIt() {
        BlobContainerClient loose = container("loose", "finance", false);
        BlobContainerClient strict = container("strict", "finance", true);
        BlobContainerProperties shown = strict.getProperties();
        assertThat(shown.getDefaultEncryptionScope()).isEqualTo("finance");
        assertThat(shown.isEncryptionScopeOverridePrevented()).isTrue();
        assertThat(world.container("plain").getProperties().getDefaultEncryptionScope()).isEqualTo("$account-encryption-key");
        assertThat(world.blobs().listBlobContainers()).extracting(item -> item.getProperties().getDefaultEncryptionScope())
            .containsExactly("finance", "$account-encryption-key", "finance");
        for (BlobContainerClient container : List.of(loose, strict)) {
            world.container(container.getBlobContainerName()).getBlobClient("a").upload(TEXT);
            assertThat(container.getBlobClient("a").getProperties().getEncryptionScope()).isEqualTo("finance");
        }
        world.lake("strict").createDirectory("d");
        assertThat(world.lake("strict").listPaths()).extracting(PathItem::getEncryptionScope).containsExactly("finance", "finance");
        world.lake("strict").deleteDirectory("d");
        assertThat(outcome(() -> blob("research", "loose", "b").upload(TEXT))).isEqualTo("done");
        assertThat(outcome(() -> blob("finance", "strict", "b").upload(TEXT))).isEqualTo("done");
        assertThat(outcome(() -> blob("research", "strict", "c").upload(TEXT)))
            .isEqualTo("403 RequestForbiddenByContainerEncryptionPolicy");
        DataLakeFileClient file = world.lake("strict").getFileClient("dir/file");
        file.upload(TEXT);
        assertThat(strict.getBlobClient("dir/file").getProperties().getEncryptionScope()).isEqualTo("finance");
    }

    @Test
    void scopesThatAreDisabledOrUnknownAreRefused() {
        BlobContainerClient container = world.container("raw");
        assertThat(outcome(() -> blob("unknown", "raw", "a").upload(TEXT))).isEqualTo("404 EncryptionScopeNotFound");
        assertThat(outcome(() -> blob("old", "raw", "a").upload(TEXT))).isEqualTo("403 EncryptionScopeNotEnabled");
        assertThat(outcome(() -> container("other", "unknown", false))).isEqualTo("404 EncryptionScopeNotFound");
        assertThat(container.listBlobs()).isEmpty();
        blob("finance", "raw", "a").upload(TEXT);
        world.close();
        serve(Map.of("finance", false));
        BlobClient blob = world.container("raw").getBlobClient("a");
        assertThat(outcome(blob::downloadContent)).isEqualTo("403 EncryptionScopeNotEnabled");
        assertThat(outcome(blob::createSnapshot)).isEqualTo("403 EncryptionScopeNotEnabled");
        world.close();
        serve(Map.of("finance", true));
        assertThat(world.container("raw").getBlobClient("a").downloadContent().toString()).isEqualTo("text");
    }

    @Test
    void aSignatureMayNameTheScope() {
        container("strict", "finance", true);
        world.container("raw");
        String signature = client().encryptionScope("research").buildClient().generateAccountSas(new AccountSasSignatureValues(
            OffsetDateTime.now().plusHours(1), AccountSasPermission.parse("rwc"), AccountSasService.parse("b"),
            AccountSasResourceType.parse("o")));
        assertThat(signature).contains("ses=research");
        BlobServiceClientBuilder signed = new BlobServiceClientBuilder().endpoint(world.url()).sasToken(signature)
            .retryOptions(StorageWorld.once());
        BlobClient blob = signed.buildClient().getBlobContainerClient("raw").getBlobClient("a");
        blob.upload(TEXT);
        assertThat(blob.getProperties().getEncryptionScope()).isEqualTo("research");
        assertThat(outcome(() -> signed.buildClient().getBlobContainerClient("strict").getBlobClient("a").upload(TEXT)))
            .isEqualTo("403 RequestForbiddenByContainerEncryptionPolicy");
        assertThat(outcome(() -> signed.encryptionScope("finance").buildClient().getBlobContainerClient("raw").getBlobClient("b")
            .upload(TEXT))).isEqualTo("400 InvalidHeaderValue");
    }

    @Test
    void theDefaultOfAContainerIsForNewContentsOnly() {
        container("loose", "finance", false);
        BlobClient other = blob("research", "loose", "a");
        other.upload(TEXT);
        world.close();
        serve(Map.of("finance", false, "research", true));
        BlobClient blob = world.container("loose").getBlobClient("a");
        assertThat(outcome(() -> blob.setTags(Map.of("k", "v")))).isEqualTo("done");
        assertThat(outcome(() -> blob.setMetadata(Map.of("k", "v")))).isEqualTo("409 BlobUsesCustomerSpecifiedEncryption");
        assertThat(outcome(() -> blob("research", "loose", "a").setMetadata(Map.of("k", "v")))).isEqualTo("done");
        assertThat(outcome(() -> world.container("loose").getBlobClient("b").upload(TEXT))).isEqualTo("403 EncryptionScopeNotEnabled");
        world.close();
        serve(Map.of());
        assertThat(outcome(() -> world.container("loose").getBlobClient("b").upload(TEXT))).isEqualTo("404 EncryptionScopeNotFound");
    }

    @Test
    void aScopeThatIsDisabledIsNoSourceOfACopyNorInABatch() {
        BlobContainerClient container = world.container("raw");
        blob("finance", "raw", "a").upload(TEXT);
        container.getBlobClient("plain").upload(TEXT);
        assertThat(new BlobBatchClientBuilder(world.blobs()).buildClient()
            .setBlobsAccessTier(List.of(container.getBlobClient("a").getBlobUrl()), AccessTier.COOL)).hasSize(1);
        world.close();
        serve(Map.of("finance", false));
        BlobContainerClient later = world.container("raw");
        assertThat(outcome(() -> later.getBlobClient("copy").copyFromUrl(StorageWorld.signed(later.getBlobClient("a")))))
            .isEqualTo("403 EncryptionScopeNotEnabled");
        assertThat(later.getBlobClient("copy").exists()).isFalse();
    }

    @Test
    void aStaticWebsiteShowsPagesOfAnyScope() throws Exception {
        world.blobs().setProperties(new BlobServiceProperties()
            .setStaticWebsite(new StaticWebsite().setEnabled(true).setIndexDocument("index.html")));
        blob("finance", "$web", "index.html").upload(TEXT);
        URI page = URI.create(world.url().replaceFirst("/contoso$", "/lazuli/web/contoso/"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body()).isEqualTo("text");
        }
    }
}
