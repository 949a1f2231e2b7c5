package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRetentionPolicy;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import io.lazuli.storage.content.AccountSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories in lists of blobs of hierarchical accounts. */
class ListedDirectoriesTest {
    private static final String LIST = "/raw?restype=container&comp=list";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private BlobContainerClient container;
    private SignedRequests requests;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        container = world.container("raw");
        requests = new SignedRequests(world, StorageWorld.ACCOUNT);
        DataLakeFileSystemClient lake = world.lake("raw");
        lake.createDirectory("empty").setMetadata(Map.of("k", "v"));
        for (String file : List.of("a/b/1.txt", "a/2.txt", "a.txt", "z.txt")) {
            lake.createFile(file);
        }
    }

    @AfterEach
    void stop() {
        requests.close();
        world.close();
    }

    private String list(String parameters) {
        return requests.send("GET", LIST + parameters, null).body();
    }

    private static List<String> names(String list) {
        return Pattern.compile("<Name>(.*?)</Name>").matcher(list).results().map(found -> found.group(1)).toList();
    }

    /** What is between the tags of an entry of that name. */
    private static String entry(String list, String element, String name) {
        return Pattern.compile("<" + element + "><Name>" + Pattern.quote(name) + "</Name>(.*?)</" + element + ">").matcher(list).results()
            .map(found -> found.group(1)).findFirst().orElseThrow();
    }

    @Test
    void standBeforeWhatIsInThemAndSayWhatTheyAre() {
        String list = list("");
        assertThat(names(list)).containsExactly("a.txt", "a", "a/2.txt", "a/b", "a/b/1.txt", "empty", "z.txt");
        assertThat(entry(list, "Blob", "a/b"))
            .matches("<Properties><Creation-Time>.*</Creation-Time><Last-Modified>.*</Last-Modified><Etag>0x\\w+</Etag>"
                + "<ResourceType>directory</ResourceType><Content-Length>0</Content-Length><Content-Type>application/octet-stream"
                + "</Content-Type>.*<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier>.*<LeaseState>available</LeaseState>"
                + "<ServerEncrypted>true</ServerEncrypted></Properties>");
        assertThat(entry(list, "Blob", "a.txt")).contains("<ResourceType>file</ResourceType><Content-Length>0</Content-Length>");
        assertThat(entry(list("&include=metadata"), "Blob", "empty")).contains("<Metadata><k>v</k><hdi_isfolder>true</hdi_isfolder>");
    }

    @Test
    void beginNamesByLevelsWithTheirProperties() {
        String list = list("&delimiter=/");
        assertThat(names(list)).containsExactly("a.txt", "a/", "empty/", "z.txt");
        assertThat(entry(list, "BlobPrefix", "empty/")).startsWith("<Properties><Creation-Time>")
            .contains("<ResourceType>directory</ResourceType><Content-Length>0</Content-Length><BlobType>BlockBlob</BlobType>");
        assertThat(names(list("&delimiter=/&prefix=a/"))).containsExactly("a/2.txt", "a/b/");
        assertThat(container.listBlobsByHierarchy("a/")).extracting(BlobItem::getName, BlobItem::isPrefix)
            .containsExactlyInAnyOrder(tuple("a/2.txt", false), tuple("a/b/", true));
    }

    @Test
    void prefixesAndPagesMeetEachOnce() {
        assertThat(names(list("&prefix=a"))).containsExactly("a.txt", "a", "a/2.txt", "a/b", "a/b/1.txt");
        assertThat(names(list("&prefix=a/"))).containsExactly("a/2.txt", "a/b", "a/b/1.txt");
        assertThat(names(list("&prefix=a/b/"))).containsExactly("a/b/1.txt");
        for (int size = 1; size < 4; size++) {
            assertThat(container.listBlobs(new ListBlobsOptions().setMaxResultsPerPage(size), null).streamByPage()
                .map(PagedResponse::getValue).flatMap(List::stream).map(BlobItem::getName))
                .containsExactly("a.txt", "a", "a/2.txt", "a/b", "a/b/1.txt", "empty", "z.txt");
        }
    }

    @Test
    void showsFilesOrDirectoriesAlone() {
        assertThat(names(list("&showonly=files"))).containsExactly("a.txt", "a/2.txt", "a/b/1.txt", "z.txt");
        assertThat(names(list("&showonly=directories"))).containsExactly("a", "a/b", "empty");
        assertThat(names(list("&showonly=directories&delimiter=/"))).containsExactly("a/", "empty/");
        assertThat(names(list("&showonly=files&delimiter=/&prefix=a/"))).containsExactly("a/2.txt");
        assertThat(names(list("&showonly=directories&include=deleted&maxresults=2"))).containsExactly("a", "a/b");
        assertThat(requests.outcome("GET", LIST + "&showonly=others", null)).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.outcome("GET", LIST + "&showonly=deleted&include=deleted", null)).isEqualTo("400 InvalidQueryParameterValue");
    }

    @Test
    void tellsWhoMayUseThem() {
        String list = list("&include=permissions");
        assertThat(entry(list, "Blob", "a")).contains("<Owner>$superuser</Owner><Group>$superuser</Group>"
            + "<Permissions>rwxr-x---</Permissions><Acl>user::rwx,group::r-x,other::---</Acl><ResourceType>directory</ResourceType>");
        assertThat(entry(list, "Blob", "z.txt")).contains("<Permissions>rw-r-----</Permissions>"
            + "<Acl>user::rw-,group::r--,other::---</Acl><ResourceType>file</ResourceType>");
        assertThat(entry(list("&include=permissions&delimiter=/"), "BlobPrefix", "a/")).contains("<Permissions>rwxr-x---</Permissions>");
    }

    @Test
    void whatWasDeletedIsReachedOverPlaceholders() {
        world.blobs().setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
        world.lake("raw").deleteFile("a/b/1.txt");
        String list = list("&showonly=deleted&delimiter=/&prefix=a/");
        assertThat(names(list)).containsExactly("a/b/");
        world.lake("raw").deleteFile("a/2.txt");
        assertThat(names(list("&showonly=deleted"))).containsExactly("a/2.txt", "a/b/1.txt");
        assertThat(container.listBlobs(new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveDeletedBlobs(true)), null))
            .extracting(BlobItem::getName).containsExactly("a.txt", "a", "a/2.txt", "a/b", "a/b/1.txt", "empty", "z.txt");
    }

    private void keepDeleted() {
        world.blobs().setProperties(new BlobServiceProperties()
            .setDeleteRetentionPolicy(new BlobRetentionPolicy().setEnabled(true).setDays(7)));
    }

    @Test
    void showFilesOrDirectoriesAloneAlsoOfWhatWasDeleted() {
        keepDeleted();
        DataLakeFileSystemClient lake = world.lake("raw");
        lake.deleteFile("a/b/1.txt");
        assertThat(names(list("&showonly=files&include=deleted&delimiter=/&prefix=a/"))).containsExactly("a/2.txt");
        assertThat(names(list("&showonly=directories&include=deleted&delimiter=/&prefix=a/"))).containsExactly("a/b/");
        lake.createDirectory("m");
        lake.deleteDirectory("m");
        lake.createFile("m");
        List<String> found = new ArrayList<>();
        String marker = "";
        do {
            String page = list("&showonly=directories&include=deleted&maxresults=1" + (marker.isEmpty() ? "" : "&marker=" + marker));
            found.addAll(names(page));
            marker = Pattern.compile("<NextMarker>(.*?)</NextMarker>").matcher(page).results()
                .map(result -> URLEncoder.encode(result.group(1), StandardCharsets.UTF_8)).findFirst().orElse("");
        } while (!marker.isEmpty());
        assertThat(found).containsExactly("a", "a/b", "empty", "m");
    }

    @Test
    void placeholdersStandForLinksThatLeadOut() throws IOException {
        keepDeleted();
        world.lake("raw").deleteFile("a/b/1.txt");
        Files.delete(world.file("raw", "a/b"));
        Files.createSymbolicLink(world.file("raw", "a/b"), folder);
        String list = list("&include=deleted&delimiter=/&prefix=a/");
        assertThat(names(list)).containsExactly("a/2.txt", "a/b/");
        assertThat(entry(list, "BlobPrefix", "a/b/")).contains("<Placeholder>true</Placeholder>");
    }

    @Test
    void flatAccountsHaveNone() {
        BlobContainerClient flat = world.container(StorageWorld.FLAT, "raw");
        flat.getBlobClient("a/b").getAppendBlobClient().create();
        try (SignedRequests asked = new SignedRequests(world, StorageWorld.FLAT)) {
            String list = asked.send("GET", LIST, null).body();
            assertThat(names(list)).containsExactly("a/b");
            assertThat(list).doesNotContain("ResourceType");
            assertThat(asked.send("GET", LIST + "&delimiter=/", null).body()).contains("<BlobPrefix><Name>a/</Name></BlobPrefix>");
            for (String parameter : List.of("showonly=files", "showonly=directories", "include=permissions")) {
                assertThat(asked.outcome("GET", LIST + "&" + parameter, null)).isEqualTo("400 InvalidQueryParameterValue");
            }
        }
    }
}
