package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.TaggedBlobItem;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.options.BlobSetTagsOptions;
import com.azure.storage.blob.options.FindBlobsOptions;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index tags of blobs, as Azure's own client sees them. */
class BlobTagsTest {
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

    private BlobClient put(String container, String name, Map<String, String> tags) {
        BlobClient blob = world.container(container).getBlobClient(name);
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString(name)).setTags(tags), null, Context.NONE);
        return blob;
    }

    private List<String> find(String where) {
        return world.blobs().findBlobsByTags(where).stream().map(item -> item.getContainerName() + "/" + item.getName()).toList();
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BlobStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(BlobErrorCode.fromString(code));
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    @Test
    void findsBlobsByTheirTags() {
        put("raw", "a", Map.of("Project", "Contoso", "Rank", "05"));
        put("raw", "b/c", Map.of("Project", "Contoso", "Rank", "15"));
        put("cooked", "d", Map.of("Project", "Contoso"));
        put("raw", "e", Map.of("Project", "Fabrikam"));
        put("raw", "f", null);
        assertThat(find("\"Project\" = 'Contoso'")).containsExactly("cooked/d", "raw/a", "raw/b/c");
        assertThat(find("Project='Contoso' AND @container = 'raw'")).containsExactly("raw/a", "raw/b/c");
        assertThat(find("\"Rank\" >= '05' AND \"Rank\" < '15'")).containsExactly("raw/a");
        assertThat(find("\"Project\" > 'Contoso'")).containsExactly("raw/e");
        assertThat(find("\"project\" = 'Contoso'")).isEmpty();
        assertThat(world.container("raw").findBlobsByTags("\"Project\" = 'Contoso'")).extracting(TaggedBlobItem::getName)
            .containsExactly("a", "b/c");
        assertThat(world.container("raw").findBlobsByTags("\"Rank\" = '15'").iterator().next().getTags()).isEqualTo(Map.of("Rank", "15"));
    }

    @Test
    void findsPageByPage() {
        for (int i = 0; i < 5; i++) {
            put("raw", "blob" + i, Map.of("k", "v"));
        }
        Iterator<PagedResponse<TaggedBlobItem>> pages = world.blobs()
            .findBlobsByTags(new FindBlobsOptions("k='v'").setMaxResultsPerPage(2), null, Context.NONE).iterableByPage().iterator();
        assertThat(pages.next().getValue()).extracting(TaggedBlobItem::getName).containsExactly("blob0", "blob1");
        assertThat(pages.next().getValue()).extracting(TaggedBlobItem::getName).containsExactly("blob2", "blob3");
        PagedResponse<TaggedBlobItem> last = pages.next();
        assertThat(last.getValue()).extracting(TaggedBlobItem::getName).containsExactly("blob4");
        assertThat(last.getContinuationToken()).isNullOrEmpty();
    }

    @Test
    void findsWhatHoldsNow() throws IOException {
        put("raw", "changed", Map.of("k", "v")).setTags(Map.of("k", "w"));
        put("raw", "cleared", Map.of("k", "v")).setTags(Map.of());
        put("raw", "deleted", Map.of("k", "v")).delete();
        put("raw", "overwritten", Map.of("k", "v")).upload(BinaryData.fromString("new"), true);
        put("raw", "kept", Map.of("k", "v"));
        put("raw", "rewritten", Map.of("k", "v"));
        Files.writeString(world.file("raw", "rewritten"), "by somebody else");
        put("gone", "kept", Map.of("k", "v"));
        world.blobs().deleteBlobContainer("gone");
        put("raw", "dir/moved", Map.of("k", "v"));
        lake().getFileSystemClient("raw").getDirectoryClient("dir").rename(null, "other");
        assertThat(find("k = 'v'")).containsExactly("raw/kept", "raw/other/moved");
        world.close();
        world = new StorageWorld(folder);
        assertThat(find("k = 'v'")).containsExactly("raw/kept", "raw/other/moved");
        assertThat(find("k = 'w'")).containsExactly("raw/changed");
    }

    private DataLakeServiceClient lake() {
        return new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential()).buildClient();
    }

    @Test
    void refusesSearchesThatAzureRefuses() {
        for (String where : List.of("", "k", "k =", "k = v", "k = 'v' OR k = 'w'", "k <> 'v'", "k = 'v' AND", "(k = 'v'", "k = 'v' x",
            "@name = 'v'", "@container > 'raw'", "k > '1' AND k >= '2'", "k = '1' AND k = '2'", "'k' = 'v'", "k = \"v\"",
            "(".repeat(4000))) {
            assertCode(() -> find(where), 400, "InvalidQueryParameterValue");
        }
    }

    @Test
    void tenTagsAndTheContainerCanBeNamed() {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            tags.put("k" + i, "v");
        }
        put("raw", "a", tags);
        String all = tags.keySet().stream().map(name -> name + " = 'v'").collect(Collectors.joining(" AND "));
        assertThat(find(all + " AND @container = 'raw'")).containsExactly("raw/a");
        assertCode(() -> find(all + " AND k10 = 'v'"), 400, "InvalidQueryParameterValue");
    }

    @Test
    void refusesTagsThatAzureRefuses() {
        BlobClient blob = put("raw", "a", null);
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            many.put("k" + i, "v");
        }
        assertCode(() -> blob.setTags(many), 400, "TagsTooLarge");
        assertCode(() -> blob.setTags(Map.of("k".repeat(129), "v")), 400, "TagsTooLarge");
        assertCode(() -> blob.setTags(Map.of("k", "v".repeat(257))), 400, "TagsTooLarge");
        assertCode(() -> blob.setTags(Map.of("k", "v&")), 400, "InvalidTag");
        assertCode(() -> put("raw", "b", Map.of("k*", "v")), 400, "InvalidTag");
        assertThat(world.container("raw").getBlobClient("b").exists()).isFalse();
        blob.setTags(Map.of("Az09 +-.:=_/", "", "k", "v".repeat(256)));
        assertThat(blob.getTags()).containsEntry("k", "v".repeat(256)).containsKey("Az09 +-.:=_/").hasSize(2);
    }

    @Test
    void obeysConditionsOnTags() {
        BlobClient blob = put("raw", "a", Map.of("Status", "Done", "Rank", "05"));
        BlobRequestConditions unmet = new BlobRequestConditions().setTagsConditions("\"Status\" <> 'Done' OR \"Rank\" > '05'");
        BlobRequestConditions met = new BlobRequestConditions().setTagsConditions("\"Status\" = 'Done' AND (Rank < '01' OR Rank = '05')");
        assertCode(() -> blob.getPropertiesWithResponse(unmet, null, Context.NONE), 412, "ConditionNotMet");
        assertThat(blob.getPropertiesWithResponse(met, null, Context.NONE).getValue().getTagCount()).isEqualTo(2);
        assertCode(() -> blob.setMetadataWithResponse(Map.of("a", "b"), unmet, null, Context.NONE), 412, "ConditionNotMet");
        blob.setMetadataWithResponse(Map.of("a", "b"), met, null, Context.NONE);
        assertCode(() -> blob.setTagsWithResponse(new BlobSetTagsOptions(Map.of()).setRequestConditions(unmet), null, Context.NONE),
            412, "ConditionNotMet");
        assertCode(() -> blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString("2"))
            .setRequestConditions(unmet), null, Context.NONE), 412, "ConditionNotMet");
        assertCode(() -> blob.deleteWithResponse(null, unmet, null, Context.NONE), 412, "ConditionNotMet");
        assertCode(() -> blob.getPropertiesWithResponse(new BlobRequestConditions().setTagsConditions("Status"), null, Context.NONE),
            400, "InvalidHeaderValue");
        blob.deleteWithResponse(null, met, null, Context.NONE);
        assertThat(blob.exists()).isFalse();
    }
}
