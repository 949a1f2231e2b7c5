package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeRequestConditions;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.options.DataLakePathDeleteOptions;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.content.HalfDone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Data Lake endpoint of an account with flat names, which has directories without being hierarchical. */
class FlatDataLakeTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;
    private DataLakeFileSystemClient files;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        container = world.container(StorageWorld.FLAT, "raw");
        files = new DataLakeServiceClientBuilder().endpoint(world.url().replace("/" + StorageWorld.ACCOUNT, "/" + StorageWorld.FLAT))
            .credential(new StorageSharedKeyCredential(StorageWorld.FLAT, world.key(StorageWorld.FLAT))).retryOptions(StorageWorld.once())
            .buildClient().getFileSystemClient("raw");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void put(String... names) {
        List.of(names).forEach(name -> container.getBlobClient(name).upload(BinaryData.fromString("of " + name), true));
    }

    private String text(String name) {
        return container.getBlobClient(name).downloadContent().toString();
    }

    private List<String> blobs() {
        return container.listBlobs().stream().map(item -> item.getName()).toList();
    }

    /** Directories with a slash behind their names. */
    private List<String> paths(String directory, boolean recursive) {
        return files.listPaths(new ListPathsOptions().setPath(directory).setRecursive(recursive), null).stream()
            .map(FlatDataLakeTest::shown).toList();
    }

    private static String shown(PathItem path) {
        return path.getName() + (path.isDirectory() ? "/" : "");
    }

    private static void refuses(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class,
            failure -> assertThat(failure.getStatusCode() + " " + failure.getErrorCode()).isEqualTo(status + " " + code));
    }

    @Test
    void writesAndReadsFiles() {
        files.createFile("in/sales.csv").append(BinaryData.fromString("a,b\n"), 0);
        files.getFileClient("in/sales.csv").append(BinaryData.fromString("1,2\n"), 4);
        files.getFileClient("in/sales.csv").flush(8, true);
        files.getFileClient("in/sales.csv").setMetadata(Map.of("origin", "till"));
        assertThat(text("in/sales.csv")).isEqualTo("a,b\n1,2\n");
        assertThat(files.getFileClient("in/sales.csv").getProperties().getMetadata()).isEqualTo(Map.of("origin", "till"));
        refuses(() -> files.getFileClient("none").append(BinaryData.fromString("x"), 0), 404, "PathNotFound");
        files.getFileClient("in/sales.csv").delete();
        assertThat(blobs()).isEmpty();
    }

    @Test
    void aRefusedRenameKeepsWhatWasAppended() {
        files.createFile("in/a").append(BinaryData.fromString("kept"), 0);
        files.createFile("b").append(BinaryData.fromString("this"), 0);
        DataLakeRequestConditions other = new DataLakeRequestConditions().setIfMatch("\"0x8D0000000000000\"");
        refuses(() -> files.getFileClient("in/a").renameWithResponse("raw", "b", other, null, null, null), 412, "SourceConditionNotMet");
        refuses(() -> files.getFileClient("in/a").renameWithResponse("raw", "b", null, other, null, null), 412, "ConditionNotMet");
        files.getFileClient("b").rename("raw", "b");
        container.getBlobClient("in/a").createSnapshot();
        refuses(() -> files.getDirectoryClient("in").rename("raw", "out"), 409, "SnapshotsPresent");
        files.getFileClient("in/a").flush(4, true);
        files.getFileClient("b").flush(4, true);
        assertThat(text("in/a") + " " + text("b")).isEqualTo("kept this");
    }

    @Test
    void appendsNothingToADirectory() {
        files.createDirectory("made");
        refuses(() -> files.getFileClient("made").append(BinaryData.fromString("x"), 0), 409, "PathConflict");
        refuses(() -> files.getFileClient("made").flush(0, true), 409, "PathConflict");
        files.getDirectoryClient("made").setMetadata(Map.of("origin", "till"));
        assertThat(text("made")).isEmpty();
        assertThat(files.getDirectoryClient("made").getProperties().getMetadata()).containsEntry("origin", "till");
    }

    @Test
    void listsWhatFilesAreEncryptedWith() {
        CustomerProvidedKey key = new CustomerProvidedKey(new byte[32]);
        put("in/plain");
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.FLAT)) {
            assertThat(requests.outcome("PUT", "/raw/in/secret", "1", "x-ms-blob-type", "BlockBlob", "x-ms-encryption-key", key.getKey(),
                "x-ms-encryption-key-sha256", key.getKeySha256(), "x-ms-encryption-algorithm", "AES256")).isEqualTo("201");
            String list = requests.send("GET", "/raw?resource=filesystem&recursive=true", null).body();
            assertThat(list.split("CustomerProvidedKeySha256", -1)).hasSize(2);
            assertThat(list).contains("\"CustomerProvidedKeySha256\":\"" + key.getKeySha256() + "\"");
        }
    }

    @Test
    void listsDirectoriesWithAndWithoutABlobOfTheirOwn() {
        files.createDirectory("made");
        put("made/x", "a/b/c", "a/d", "a-b", "e");
        assertThat(paths(null, false)).containsExactly("a-b", "a/", "e", "made/");
        assertThat(paths(null, true)).containsExactly("a-b", "a/b/c", "a/d", "e", "made/", "made/x");
        assertThat(paths("a", false)).containsExactly("a/b/", "a/d");
        assertThat(paths("a/b", true)).containsExactly("a/b/c");
        assertThat(paths("a/d", false)).containsExactly("a/d");
        refuses(() -> paths("nowhere", false), 404, "PathNotFound");
    }

    @Test
    void listsInPages() {
        put("d/1", "d/2/x", "d/2/y", "d/3", "d/4", "d/5/z");
        List<String> all = new ArrayList<>();
        int pages = 0;
        for (PagedResponse<PathItem> page : files.listPaths(new ListPathsOptions().setPath("d").setMaxResults(2), null).iterableByPage()) {
            page.getValue().forEach(path -> all.add(shown(path)));
            pages++;
        }
        assertThat(all).containsExactly("d/1", "d/2/", "d/3", "d/4", "d/5/");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void beginsAListWhereHadoopsDriverSays() {
        put("d/1", "d/2/x", "d/3", "d/4");
        String fields = "000001!d!000003!d/2!000028!9999-12-31T23:59:59.9999999Z!";
        String mark = Base64.getEncoder().encodeToString(fields.getBytes(StandardCharsets.UTF_8))
            .replace('/', '_').replace('+', '*').replace('=', '-');
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.FLAT)) {
            String list = "/raw?resource=filesystem&recursive=false&directory=d&continuation=2!" + mark.length() + "!" + mark;
            assertThat(requests.send("GET", list, null).body()).contains("\"d/2\"", "\"d/3\"", "\"d/4\"").doesNotContain("\"d/1\"");
            assertThat(requests.outcome("GET", list.substring(0, list.length() - mark.length()) + "AAAA", null))
                .isEqualTo("400 InvalidQueryParameterValue");
            String named = "/raw?resource=filesystem&recursive=true&directory=d&beginFrom=3";
            assertThat(requests.send("GET", named, null).body()).contains("\"d/3\"", "\"d/4\"").doesNotContain("\"d/2/x\"");
        }
    }

    @Test
    void keepsADirectoryADirectory() {
        files.createDirectory("made");
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.FLAT)) {
            assertThat(requests.outcome("PATCH", "/raw/made?action=setProperties", null, "x-ms-properties", "team=Ymx1ZQ=="))
                .isEqualTo("200");
            assertThat(requests.send("HEAD", "/raw/made?action=getStatus", null).headers().firstValue("x-ms-resource-type"))
                .hasValue("directory");
        }
        assertThat(files.getDirectoryClient("made").getProperties().isDirectory()).isTrue();
        assertThat(container.getBlobClient("made").getProperties().getMetadata()).isEqualTo(Map.of("team", "blue", "hdi_isfolder", "true"));
        refuses(() -> files.createDirectoryWithResponse("made", null, null, null, null,
            new DataLakeRequestConditions().setIfNoneMatch("*"), null, null), 409, "PathAlreadyExists");
        refuses(() -> files.createFile("made", true), 409, "PathConflict");
        put("file");
        refuses(() -> files.createDirectory("file", true), 409, "PathConflict");
        assertThat(text("file")).isEqualTo("of file");
    }

    @Test
    void renamesAFileWithWhatIsKnownOfIt() {
        put("a", "a/b", "old");
        container.getBlobClient("a/b").setMetadata(Map.of("k", "v"));
        files.getFileClient("a/b").rename("raw", "new/c");
        files.getFileClient("a").rename("raw", "old");
        stop();
        start();
        assertThat(blobs()).containsExactly("new/c", "old");
        assertThat(List.of(text("new/c"), text("old"))).containsExactly("of a/b", "of a");
        assertThat(container.getBlobClient("new/c").getProperties().getMetadata()).isEqualTo(Map.of("k", "v"));
        assertThat(world.file(StorageWorld.FLAT, "raw", "new/c")).hasContent("of a/b");
        refuses(() -> files.getFileClient("a").rename("raw", "b"), 404, "SourcePathNotFound");
    }

    @Test
    void endsAtTheStartARenameThatACrashInterrupted() throws IOException {
        put("a");
        container.getBlobClient("a").setMetadata(Map.of("k", "v"));
        String lease = new BlobLeaseClientBuilder().blobClient(container.getBlobClient("a")).buildClient().acquireLease(-1);
        stop();
        HalfDone.rename(folder, world.file(StorageWorld.FLAT, "raw", "a"), world.file(StorageWorld.FLAT, "raw", "b"),
            "contosoflat/raw/a", "contosoflat/raw/b");
        start();
        assertThat(blobs()).containsExactly("b");
        assertThat(container.getBlobClient("b").getProperties().getMetadata()).isEqualTo(Map.of("k", "v"));
        put("a");
        container.getBlobClient("b").deleteWithResponse(null, new BlobRequestConditions().setLeaseId(lease), null, null);
        assertThat(blobs()).containsExactly("a");
    }

    @Test
    void renamesADirectoryWithAllInIt() {
        files.createDirectory("made");
        put("made/x", "made/y/z", "loose/1", "loose/2", "madeup");
        files.getDirectoryClient("made").rename("raw", "moved");
        files.getDirectoryClient("loose").rename("raw", "tied");
        assertThat(blobs()).containsExactly("madeup", "moved", "moved/x", "moved/y/z", "tied/1", "tied/2");
        assertThat(text("moved/y/z")).isEqualTo("of made/y/z");
        refuses(() -> files.getDirectoryClient("moved").rename("raw", "tied"), 409, "DirectoryNotEmpty");
        refuses(() -> files.getDirectoryClient("moved").rename("raw", "moved/in"), 409, "InvalidRenameSourcePath");
        refuses(() -> files.getDirectoryClient("moved").rename("raw", "madeup"), 409, "InvalidSourceOrDestinationResourceType");
    }

    @Test
    void renamesNothingThatIsLeased() {
        put("d/1", "d/2", "e");
        new BlobLeaseClientBuilder().blobClient(container.getBlobClient("d/2")).buildClient().acquireLease(-1);
        String lease = new BlobLeaseClientBuilder().blobClient(container.getBlobClient("e")).buildClient().acquireLease(-1);
        refuses(() -> files.getDirectoryClient("d").rename("raw", "f"), 412, "LeaseIdMissing");
        refuses(() -> files.getDirectoryClient("d").deleteWithResponse(true, null, null, null), 412, "LeaseIdMissing");
        assertThat(blobs()).containsExactly("d/1", "d/2", "e");
        files.getFileClient("e").renameWithResponse("raw", "g", new DataLakeRequestConditions().setLeaseId(lease), null, null, null);
        container.getBlobClient("g").deleteWithResponse(null, new BlobRequestConditions().setLeaseId(lease), null, null);
    }

    @Test
    void deletesDirectories() {
        files.createDirectory("made");
        put("made/x", "made/y/z", "loose/1", "madeup");
        refuses(() -> files.getDirectoryClient("loose").deleteWithResponse(false, null, null, null), 409, "DirectoryNotEmpty");
        files.getDirectoryClient("loose").deleteIfExistsWithResponse(new DataLakePathDeleteOptions().setIsRecursive(true), null, null);
        files.deleteDirectoryWithResponse("made", true, null, null, null);
        assertThat(blobs()).containsExactly("madeup");
        refuses(() -> files.deleteDirectoryWithResponse("made", true, null, null, null), 404, "PathNotFound");
    }

    @Test
    void refusesAccessListsAndPermissions() {
        put("x");
        refuses(() -> files.createFileWithResponse("y", "rwxr-x---", null, null, null, null, null, null), 400,
            "HierarchicalNamespaceNotEnabled");
        refuses(() -> files.getFileClient("x").setPermissions(null, "g", "o"), 400, "HierarchicalNamespaceNotEnabled");
        assertThat(blobs()).containsExactly("x");
    }

    @Test
    void isClosedWhileDeletedBlobsAreKept() {
        put("x");
        world.blobs(StorageWorld.FLAT).setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(1)));
        refuses(() -> paths(null, true), 409, "EndpointUnsupportedAccountFeatures");
        refuses(() -> files.createFile("y"), 409, "EndpointUnsupportedAccountFeatures");
        assertThat(text("x")).isEqualTo("of x");
    }
}
