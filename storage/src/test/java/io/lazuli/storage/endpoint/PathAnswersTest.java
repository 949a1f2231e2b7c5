package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.models.StaticWebsite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers about files, directories and file systems, as clients of both endpoints read them. */
class PathAnswersTest extends AnswersTest {
    @Test
    void takesALinkToNothingForNothingAndWritesNothingInItsPlace() throws IOException {
        requests.put("a", "1");
        Path link = Files.createSymbolicLink(world.file("raw", "link"), world.file("raw", "nowhere"));
        assertThat(requests.outcome("GET", "/raw/link", null)).isEqualTo("404 BlobNotFound");
        assertThat(requests.outcome("DELETE", "/raw/link", null)).isEqualTo("404 BlobNotFound");
        assertThat(requests.outcome("GET", "/raw/link/a", null)).isEqualTo("404 BlobNotFound");
        assertThat(requests.outcome("PUT", "/raw/link", "2", TYPE, BLOCK_BLOB)).isEqualTo("409 PathConflict");
        assertThat(requests.outcome("PUT", "/raw/link/a", "2", TYPE, BLOCK_BLOB)).isEqualTo("409 PathConflict");
        assertThat(requests.outcome("PUT", "/raw/link?resource=directory", null)).isEqualTo("409 PathConflict");
        assertThat(requests.outcome("PUT", "/raw/link?mode=legacy", null, "x-ms-rename-source", "/raw/a")).isEqualTo("409 PathConflict");
        assertThat(link).isSymbolicLink();
        assertThat(requests.send("GET", "/raw/a", null).body()).isEqualTo("1");
    }

    @Test
    void tellsTheEntityTagOfWhatWasRenamed() {
        requests.put("d/a", "1");
        HttpResponse<String> file = requests.send("PUT", "/raw/d/b?mode=legacy", null, "x-ms-rename-source", "/raw/d/a");
        assertThat(SignedRequests.header(file, "ETag")).isNotNull().isEqualTo(requests.header("HEAD", "/raw/d/b", "ETag"));
        HttpResponse<String> directory = requests.send("PUT", "/raw/e?mode=legacy", null, "x-ms-rename-source", "/raw/d");
        assertThat(SignedRequests.header(directory, "ETag")).isNotNull().isEqualTo(requests.header("HEAD", "/raw/e", "ETag"));
        assertThat(SignedRequests.header(directory, "Last-Modified")).isNotNull();
    }

    @Test
    void deletesADirectoryThatHoldsDirectoriesButNoFilesThroughTheBlobEndpoint() {
        requests.put("d/e/f/a", "1");
        assertThat(requests.outcome("DELETE", "/raw/d", null)).isEqualTo("409 DirectoryIsNotEmpty");
        assertThat(requests.outcome("DELETE", "/raw/d/e/f/a", null)).isEqualTo("202");
        assertThat(requests.outcome("DELETE", "/raw/d", null)).isEqualTo("202");
        assertThat(requests.outcome("HEAD", "/raw/d", null)).isEqualTo("404 BlobNotFound");
    }

    @Test
    void givesADirectoryAsAnEmptyBlob() {
        requests.put("d/a", "1");
        HttpResponse<String> directory = requests.send("GET", "/raw/d", null);
        assertThat(directory.statusCode()).isEqualTo(200);
        assertThat(directory.body()).isEmpty();
        assertThat(SignedRequests.header(directory, "x-ms-meta-hdi_isfolder")).isEqualTo("true");
        assertThat(requests.outcome("GET", "/raw/d", null, "x-ms-range", "bytes=0-9")).isEqualTo("416 InvalidRange");
        assertThat(requests.outcome("GET", "/raw/none", null)).isEqualTo("404 BlobNotFound");
    }

    @Test
    void describesFilesAsPathsWhereThereAreDirectoriesAlone() {
        requests.put("a", "1");
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> path = requests.send(method, "/raw/a", null);
            assertThat(SignedRequests.header(path, "x-ms-resource-type")).isEqualTo("file");
            assertThat(SignedRequests.header(path, "x-ms-owner")).isEqualTo("$superuser");
            assertThat(SignedRequests.header(path, "x-ms-permissions")).isEqualTo("rw-r-----");
            assertThat(SignedRequests.header(path, "x-ms-access-tier")).isEqualTo("Hot");
        }
        world.container(StorageWorld.FLAT, "raw");
        try (SignedRequests flat = new SignedRequests(world, StorageWorld.FLAT)) {
            flat.send("PUT", "/raw/a", "1", TYPE, BLOCK_BLOB);
            HttpResponse<String> blob = flat.send("HEAD", "/raw/a", null);
            assertThat(SignedRequests.header(blob, "x-ms-owner")).isNull();
            assertThat(SignedRequests.header(blob, "x-ms-acl")).isNull();
            assertThat(SignedRequests.header(blob, "x-ms-access-tier")).isEqualTo("Hot");
        }
    }

    @Test
    void renamesIntoTheRootOfAFileSystem() {
        requests.put("d/a", "1");
        assertThat(requests.outcome("PUT", "/raw", null, "x-ms-rename-source", "/raw/d/a")).isEqualTo("201");
        assertThat(requests.send("GET", "/raw/a", null).body()).isEqualTo("1");
    }

    @Test
    void tellsByWhichIdADeletionIsUndone() {
        requests.send("PUT", "/?restype=service&comp=properties", "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled>"
            + "<Days>1</Days></DeleteRetentionPolicy></StorageServiceProperties>");
        requests.put("d/a", "1");
        requests.put("b", "1");
        String directory = SignedRequests.header(requests.send("DELETE", "/raw/d?recursive=true", null), "x-ms-deletion-id");
        String blob = SignedRequests.header(requests.send("DELETE", "/raw/b", null), "x-ms-deletion-id");
        for (String source : new String[] {"d?deletionid=" + directory, "b?deletionid=" + blob}) {
            String path = source.replaceFirst("\\?.*", "");
            assertThat(requests.outcome("PUT", "/raw/" + path + "?comp=undelete", null, "x-ms-undelete-source", source)).isEqualTo("200");
        }
        assertThat(requests.send("GET", "/raw/d/a", null).body()).isEqualTo("1");
        assertThat(requests.send("GET", "/raw/b", null).body()).isEqualTo("1");
        assertThat(requests.outcome("PUT", "/raw/c?comp=undelete", null, "x-ms-undelete-source", "b?deletionid=" + blob))
            .isEqualTo("400 InvalidHeaderValue");
    }

    @Test
    void listsFileSystemsInPages() {
        world.container("second");
        HttpResponse<String> first = requests.send("GET", "/?resource=account&maxResults=1", null);
        assertThat(first.body()).contains("\"raw\"").doesNotContain("second");
        HttpResponse<String> next = requests.send("GET", "/?resource=account&maxResults=1&continuation="
            + SignedRequests.header(first, "x-ms-continuation"), null);
        assertThat(next.body()).contains("\"second\"").doesNotContain("raw");
        assertThat(SignedRequests.header(next, "x-ms-continuation")).isNull();
    }

    @Test
    void beginsAListOfPathsWhereItIsTold() {
        requests.put("a/1", "1");
        requests.put("b/1", "1");
        requests.put("b/2", "1");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=b/1")).isEqualTo("b/1 b/2");
        assertThat(paths("/raw?resource=filesystem&recursive=true&directory=b&beginFrom=2")).isEqualTo("b/2");
        assertThat(requests.outcome("GET", "/raw?resource=filesystem&recursive=false&beginFrom=b/1", null))
            .isEqualTo("400 InvalidQueryParameterValue");
    }

    @Test
    void beginsAListOfPathsWithTheNameItself() {
        for (String name : new String[] {"1-a", "1.txt", "10", "b/x", "b.txt", "c"}) {
            requests.put(name, "1");
        }
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=10")).isEqualTo("10 b b/x b.txt c");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=b/")).isEqualTo("b b/x b.txt c");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=/b.a")).isEqualTo("b.txt c");
    }

    @Test
    void keepsOwnersAndAccessListsFromPassersBy() throws IOException, InterruptedException {
        requests.put("a", "1");
        world.container("raw").setAccessPolicy(PublicAccessType.BLOB, List.of());
        world.blobs().setProperties(new BlobServiceProperties().setStaticWebsite(new StaticWebsite().setEnabled(true)
            .setIndexDocument("index.html")));
        world.container("$web").getBlobClient("index.html").upload(BinaryData.fromString("<html/>"));
        String site = world.url().replace("/" + StorageWorld.ACCOUNT, "/lazuli/web/" + StorageWorld.ACCOUNT) + "/";
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            for (String url : new String[] {world.url() + "/raw/a", site}) {
                HttpResponse<String> answer = anybody.send(HttpRequest.newBuilder(URI.create(url)).build(),
                    HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().map()).doesNotContainKeys("x-ms-owner", "x-ms-group", "x-ms-permissions", "x-ms-acl");
            }
        }
    }

    private String paths(String pathAndQuery) {
        String body = requests.send("GET", pathAndQuery, null).body();
        return String.join(" ", Pattern.compile("\"name\":\"([^\"]+)\"").matcher(body).results()
            .map(match -> match.group(1)).toList());
    }
}
