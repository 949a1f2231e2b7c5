package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import io.lazuli.storage.content.AccountSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted snapshots that are removed before their time, and what has no statistics. Azure's clients for Java cannot ask for the first. */
class PermanentDeleteTest {
    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private StorageWorld world;
    private BlobContainerClient container;
    private BlobClient blob;
    private String snapshot;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        container = world.container(StorageWorld.FLAT, "raw");
        keep(false);
        blob = container.getBlobClient("a.txt");
        blob.upload(BinaryData.fromString("text"));
        snapshot = blob.createSnapshot().getSnapshotId();
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    private String signature(String permissions) {
        return world.blobs(StorageWorld.FLAT).generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse(permissions), AccountSasService.parse("b"), AccountSasResourceType.parse("sco")));
    }

    private void keep(boolean permanentDelete) throws IOException, InterruptedException {
        String document = "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days><AllowPermanentDelete>"
            + permanentDelete + "</AllowPermanentDelete></DeleteRetentionPolicy></StorageServiceProperties>";
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(world.blobs(StorageWorld.FLAT).getAccountUrl()
            + "?restype=service&comp=properties&" + signature("w"))).header("x-ms-version", "2021-12-02")
            .PUT(HttpRequest.BodyPublishers.ofString(document)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    private String delete(String permissions, String type) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(blob.getBlobUrl() + "?snapshot="
            + URLEncoder.encode(snapshot, StandardCharsets.UTF_8) + "&deletetype=" + type + "&" + signature(permissions)))
            .header("x-ms-version", "2021-12-02").DELETE().build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().firstValue("x-ms-error-code")
            .or(() -> answer.headers().firstValue("x-ms-delete-type-permanent")).orElse("");
    }

    private List<BlobItem> kept() {
        return container.listBlobs(new ListBlobsOptions().setDetails(
            new BlobListDetails().setRetrieveDeletedBlobs(true).setRetrieveSnapshots(true)), null).stream().filter(BlobItem::isDeleted)
            .toList();
    }

    @Test
    void removesADeletedSnapshotForGoodWhereTheAccountAllowsIt() throws IOException, InterruptedException {
        keep(true);
        assertThat(delete("y", "permanent")).isEqualTo("404 BlobNotFound");
        blob.getSnapshotClient(snapshot).delete();
        assertThat(kept()).hasSize(1);
        assertThat(delete("dx", "permanent")).isEqualTo("403 AuthorizationPermissionMismatch");
        assertThat(delete("y", "temporary")).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(delete("y", "permanent")).isEqualTo("202 true");
        assertThat(kept()).isEmpty();
        assertThat(blob.downloadContent().toString()).isEqualTo("text");
    }

    @Test
    void removesNothingWhereTheAccountDoesNot() throws IOException, InterruptedException {
        blob.getSnapshotClient(snapshot).delete();
        assertThat(delete("y", "permanent")).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void hasNoStatisticsOfAnotherRegion() {
        assertThatThrownBy(() -> world.blobs().getStatistics()).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).hasToString("InvalidQueryParameterValue"));
    }
}
