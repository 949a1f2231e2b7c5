package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.governance.role.BuiltInRoles;
import io.lazuli.governance.role.RoleAssignment;
import io.lazuli.governance.role.Scope;
import io.lazuli.storage.log.RequestLogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of requests that Azure's own clients made. */
class RequestLogTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /**
     * All rows in the order of their requests: a client may send the next one before the row of the last is noted down. The service has
     * ended after that.
     */
    private List<JsonNode> rows() throws IOException {
        world.close();
        world = null;
        List<JsonNode> rows = new ArrayList<>();
        for (Path file : new RequestLogFiles(folder).list()) {
            Files.readAllLines(file).forEach(line -> rows.add(JSON.readTree(line)));
        }
        rows.sort(Comparator.comparing(row -> Instant.parse(row.get("TimeGenerated").asString())));
        return rows;
    }

    private static String told(JsonNode row) {
        return row.get("Category").asString() + " " + row.get("OperationName").asString() + " " + row.get("StatusCode").asString() + " "
            + row.get("StatusText").asString() + " " + row.get("AuthenticationType").asString();
    }

    @Test
    void namesOperationsAndHowTheyWent() throws IOException {
        BlobContainerClient container = world.container("raw");
        BlobClient blob = container.getBlobClient("in/a.csv");
        blob.upload(BinaryData.fromString("123"));
        blob.downloadContent();
        assertThat(container.listBlobs()).hasSize(2);
        assertThatThrownBy(() -> container.getBlobClient("missing").downloadContent()).isInstanceOf(BlobStorageException.class);
        String signature = blob.generateSas(
            new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true)));
        new BlobClientBuilder().endpoint(blob.getBlobUrl() + "?" + signature).buildClient().downloadContent();
        assertThatThrownBy(() -> new BlobClientBuilder().endpoint(blob.getBlobUrl()).retryOptions(StorageWorld.once()).buildClient()
            .downloadContent()).isInstanceOf(BlobStorageException.class);
        blob.delete();
        assertThat(rows().stream().map(RequestLogTest::told)).containsExactly(
            "StorageWrite CreateContainer 201 Success AccountKey",
            "StorageWrite PutBlob 201 Success AccountKey",
            "StorageRead GetBlob 200 Success AccountKey",
            "StorageRead ListBlobs 200 Success AccountKey",
            "StorageRead GetBlob 404 BlobNotFound AccountKey",
            "StorageRead GetBlob 200 SASSuccess SAS",
            "StorageRead GetBlob 401 NoAuthenticationInformation Anonymous",
            "StorageDelete DeleteBlob 202 Success AccountKey");
    }

    @Test
    void tellsAllThatAzureTellsOfARequest() throws IOException {
        Instant before = Instant.now();
        BlobClient blob = world.container("raw").getBlobClient("in/a.csv");
        blob.upload(BinaryData.fromString("123"));
        String tag = blob.getProperties().getETag();
        Instant modified = blob.getProperties().getLastModified().toInstant();
        String url = world.url();
        JsonNode row = rows().get(1);
        assertThat(Instant.parse(row.get("TimeGenerated").asString())).isBetween(before, Instant.now());
        assertThat(row.get("AccountName").asString()).isEqualTo("contoso");
        assertThat(row.get("Uri").asString()).isEqualTo(url + "/raw/in%2Fa.csv");
        assertThat(row.get("ObjectKey").asString()).isEqualTo("/contoso/raw/in/a.csv");
        assertThat(row.get("ConditionsUsed").asString()).isEqualTo("If-None-Match=*");
        assertThat(row.get("Etag").asString()).isEqualTo('"' + tag + '"');
        assertThat(row.get("LastModifiedTime").asString()).isEqualTo(modified.toString());
        assertThat(row.get("RequestBodySize").asLong()).isEqualTo(3);
        assertThat(row.get("ContentLengthHeader").asLong()).isEqualTo(3);
        assertThat(row.get("ResponseBodySize").asLong()).isZero();
        assertThat(row.get("RequestHeaderSize").asLong()).isGreaterThan(100);
        assertThat(row.get("ResponseHeaderSize").asLong()).isGreaterThan(100);
        assertThat(row.get("DurationMs").asDouble()).isPositive();
        assertThat(row.get("CallerIpAddress").asString()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(row.get("UserAgentHeader").asString()).contains("azsdk-java");
        assertThat(row.get("CorrelationId").asString()).matches("[0-9a-f-]{36}");
        assertThat(row.get("ClientRequestId").asString()).matches("[0-9a-f-]{36}");
        assertThat(row.get("Protocol").asString()).isEqualTo("HTTP");
        assertThat(row.get("_ResourceId").asString()).endsWith("/storageAccounts/contoso/blobServices/default");
    }

    @Test
    void hidesSignatures() throws IOException {
        BlobClient blob = world.container("raw").getBlobClient("a");
        blob.upload(BinaryData.fromString("1"));
        String signature = blob.generateSas(
            new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true)));
        new BlobClientBuilder().endpoint(blob.getBlobUrl() + "?" + signature).buildClient().downloadContent();
        world.container("raw").getBlobClient("b").copyFromUrl(blob.getBlobUrl() + "?" + signature);
        String secret = signature.replaceFirst(".*sig=([^&]*).*", "$1");
        List<JsonNode> rows = rows();
        assertThat(rows.toString()).doesNotContain(secret).contains("sig=XXXXX");
        assertThat(rows.getLast().get("SourceUri").asString()).startsWith(blob.getBlobUrl() + "?").contains("sig=XXXXX");
    }

    @Test
    void namesWhatTheDataLakeEndpointDoes() throws IOException {
        DataLakeFileSystemClient lake = new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient().createFileSystem("lake");
        lake.createDirectory("in").createFile("a.csv").upload(BinaryData.fromString("123"), true);
        lake.getFileClient("in/a.csv").rename(null, "in/b.csv");
        lake.getDirectoryClient("in").getAccessControl();
        lake.listPaths().stream().toList();
        lake.getDirectoryClient("in").deleteRecursively();
        assertThat(rows().stream().map(row -> row.get("OperationName").asString())).contains("CreatePathDir", "CreatePathFile",
            "AppendFile", "FlushFile", "RenamePathFile", "GetPathAccessControl", "ListFilesystemDir", "DeleteDirectory");
    }

    private JsonNode details(JsonNode row) {
        return row.get("AuthorizationDetails");
    }

    @Test
    void namesThePrincipalAndTheRoleThatLetItIn() throws IOException {
        world.container("raw");
        world.blobs(CONTRIBUTOR).getBlobContainerClient("raw").getBlobClient("a").upload(BinaryData.fromString("1"));
        JsonNode row = rows().getLast();
        RoleAssignment given = new RoleAssignment(BuiltInRoles.STORAGE_BLOB_DATA_CONTRIBUTOR, CONTRIBUTOR.objectId(), new Scope("contoso"));
        assertThat(row.get("RequesterObjectId").asString()).isEqualTo(CONTRIBUTOR.objectId());
        assertThat(row.get("RequesterUpn").asString()).isEqualTo("contributor@contoso.com");
        assertThat(row.get("RequesterTenantId").asString()).isEqualTo(TestIdentities.TENANT);
        assertThat(row.get("RequesterTokenIssuer").asString()).isEqualTo("https://sts.windows.net/" + TestIdentities.TENANT + "/");
        assertThat(details(row)).isEqualTo(JSON.readTree("""
            [{"action": "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
              "principals": [{"id": "%s", "type": "User"}], "reason": "Policy", "result": "Granted",
              "roleAssignmentId": "%s", "roleDefinitionId": "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "type": "RBAC"}]"""
            .formatted(CONTRIBUTOR.objectId(), given.id())));
    }

    @Test
    void saysWhyAPrincipalWasRefused() throws IOException {
        world.container("raw").getBlobClient("a").upload(BinaryData.fromString("1"));
        assertThatThrownBy(() -> world.blobs(ADA).getBlobContainerClient("raw").getBlobClient("a").downloadContent())
            .isInstanceOf(BlobStorageException.class);
        JsonNode row = rows().getLast();
        String action = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
        assertThat(details(row)).isEqualTo(JSON.readTree("""
            [{"action": "%s", "principals": [{"id": "%s", "type": "User"}],
              "reason": "NoApplicablePolicy", "result": "Denied", "type": "RBAC"},
             {"action": "%s", "principals": [{"id": "%s", "type": "User"}],
              "reason": "MissingPermission", "result": "Denied", "type": "ACL"}]"""
            .formatted(action, ADA.objectId(), action, ADA.objectId())));
    }

    @Test
    void namesNobodyWhereAKeySigns() throws IOException {
        world.container("raw");
        assertThat(rows().getLast().propertyNames()).doesNotContain("RequesterObjectId", "RequesterTenantId", "AuthorizationDetails");
    }
}
