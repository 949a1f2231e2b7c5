package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.models.StaticWebsite;
import io.lazuli.storage.content.AccountSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers as clients in C++, Rust, Python and others read them, that Azure's clients for Java are more patient with. */
class WireAnswersTest {
    private static final String BLOCK_BLOB = "BlockBlob";
    private static final String TYPE = "x-ms-blob-type";
    private static final String LEASE = "ca761232-ed42-11ce-bacd-00aa0057b223";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private SignedRequests requests;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of("contosoflat", new AccountSettings(false, false, 0)));
        world.container("raw");
        requests = new SignedRequests(world, StorageWorld.ACCOUNT);
    }

    @AfterEach
    void stop() {
        requests.close();
        world.close();
    }

    private void put(String name, String text, String... headers) {
        assertThat(SignedRequests.outcome(requests.send("PUT", "/raw/" + name, text,
            headers.length == 0 ? new String[] {TYPE, BLOCK_BLOB} : headers))).isEqualTo("201");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private String header(String method, String pathAndQuery, String name) {
        return header(requests.send(method, pathAndQuery, null), name);
    }

    @Test
    void tellsTheEntityTagOfWhatWasRenamed() {
        put("d/a", "1");
        HttpResponse<String> file = requests.send("PUT", "/raw/d/b?mode=legacy", null, "x-ms-rename-source", "/raw/d/a");
        assertThat(header(file, "ETag")).isNotNull().isEqualTo(header("HEAD", "/raw/d/b", "ETag"));
        HttpResponse<String> directory = requests.send("PUT", "/raw/e?mode=legacy", null, "x-ms-rename-source", "/raw/d");
        assertThat(header(directory, "ETag")).isNotNull().isEqualTo(header("HEAD", "/raw/e", "ETag"));
        assertThat(header(directory, "Last-Modified")).isNotNull();
    }

    @Test
    void endsTheAnswerOfABatchWithItsBoundary() {
        put("a", "1");
        String part = "--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nDELETE /" + StorageWorld.ACCOUNT + "/raw/a?"
            + requests.signature() + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n--b--\r\n";
        HttpResponse<String> answer = requests.send("POST", "/raw?restype=container&comp=batch", part,
            "Content-Type", "multipart/mixed; boundary=b");
        String boundary = header(answer, "Content-Type").replaceFirst(".*boundary=", "");
        assertThat(answer.body()).contains("HTTP/1.1 202").endsWith("--" + boundary + "--");
    }

    @Test
    void deletesADirectoryThatHoldsDirectoriesButNoFilesThroughTheBlobEndpoint() {
        put("d/e/f/a", "1");
        assertThat(requests.outcome("DELETE", "/raw/d", null)).isEqualTo("409 DirectoryIsNotEmpty");
        assertThat(requests.outcome("DELETE", "/raw/d/e/f/a", null)).isEqualTo("202");
        assertThat(requests.outcome("DELETE", "/raw/d", null)).isEqualTo("202");
        assertThat(requests.outcome("HEAD", "/raw/d", null)).isEqualTo("404 BlobNotFound");
    }

    @Test
    void givesADirectoryAsAnEmptyBlob() {
        put("d/a", "1");
        HttpResponse<String> directory = requests.send("GET", "/raw/d", null);
        assertThat(directory.statusCode()).isEqualTo(200);
        assertThat(directory.body()).isEmpty();
        assertThat(header(directory, "x-ms-meta-hdi_isfolder")).isEqualTo("true");
        assertThat(requests.outcome("GET", "/raw/d", null, "x-ms-range", "bytes=0-9")).isEqualTo("416 InvalidRange");
        assertThat(requests.outcome("GET", "/raw/none", null)).isEqualTo("404 BlobNotFound");
    }

    @Test
    void describesFilesAsPathsWhereThereAreDirectoriesAlone() {
        put("a", "1");
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> path = requests.send(method, "/raw/a", null);
            assertThat(header(path, "x-ms-resource-type")).isEqualTo("file");
            assertThat(header(path, "x-ms-owner")).isEqualTo("$superuser");
            assertThat(header(path, "x-ms-permissions")).isEqualTo("rw-r-----");
            assertThat(header(path, "x-ms-access-tier")).isEqualTo("Hot");
        }
        world.container("contosoflat", "raw");
        try (SignedRequests flat = new SignedRequests(world, "contosoflat")) {
            flat.send("PUT", "/raw/a", "1", TYPE, BLOCK_BLOB);
            HttpResponse<String> blob = flat.send("HEAD", "/raw/a", null);
            assertThat(header(blob, "x-ms-owner")).isNull();
            assertThat(header(blob, "x-ms-acl")).isNull();
            assertThat(header(blob, "x-ms-access-tier")).isEqualTo("Hot");
        }
    }

    @Test
    void refusesWhatAzureRefusesOfEmptyBlocksWholeBlobsAndFlushes() {
        put("a", "1");
        assertThat(requests.outcome("PUT", "/raw/a?comp=block&blockid=AAAA", null)).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("GET", "/raw/a", null, "x-ms-range-get-content-md5", "true")).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("GET", "/raw/a", null, "x-ms-range-get-content-crc64", "true")).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("PATCH", "/raw/a?action=append", "2")).isEqualTo("400 MissingRequiredQueryParameter");
        assertThat(requests.outcome("PATCH", "/raw/a?action=flush&position=1", "2")).isEqualTo("400 ContentLengthMustBeZero");
    }

    @Test
    void tellsBothChecksumsOfABlockWhoseMd5WasAnnounced() {
        HttpResponse<String> block = requests.send("PUT", "/raw/a?comp=block&blockid=AAAA", "1", "Content-MD5", "xMpCOKC5I4INzFCab3WEmw==");
        assertThat(header(block, "Content-MD5")).isEqualTo("xMpCOKC5I4INzFCab3WEmw==");
        assertThat(header(block, "x-ms-content-crc64")).isNotNull();
        HttpResponse<String> refused = requests.send("PUT", "/raw/a?comp=blocklist", "<BlockList><Latest>AAAB</Latest></BlockList>");
        assertThat(SignedRequests.outcome(refused)).isEqualTo("400 InvalidBlockList");
        assertThat(header(refused, "x-ms-content-crc64")).isNull();
    }

    @Test
    void forgetsALeaseThatHasEndedWhenItsBlobChanges() {
        put("a", "1");
        String[] holder = {"x-ms-lease-action", "renew", "x-ms-lease-id", LEASE};
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE)).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "break", "x-ms-lease-break-period", "0"))
            .isEqualTo("202");
        assertThat(header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("broken");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIsBrokenAndCannotBeRenewed");
        requests.send("PUT", "/raw/a?comp=tags", "<Tags><TagSet/></Tags>");
        assertThat(header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("broken");
        requests.send("PUT", "/raw/a?comp=metadata", null, "x-ms-meta-k", "v");
        assertThat(header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("available");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
    }

    @Test
    void leavesALeaseThatIsBeingBrokenBehindWhenItsFileIsRenamed() {
        put("a", "1");
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE);
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "break", "x-ms-lease-break-period", "60");
        assertThat(requests.outcome("PUT", "/raw/b?mode=legacy", null, "x-ms-rename-source", "/raw/a")).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("PUT", "/raw/b?mode=legacy", null, "x-ms-rename-source", "/raw/a", "x-ms-source-lease-id", LEASE))
            .isEqualTo("201");
        assertThat(header("HEAD", "/raw/b", "x-ms-lease-state")).isEqualTo("available");
    }

    @Test
    void refusesToWriteOverWhatShallNotExist() {
        put("a", "1");
        for (String change : new String[] {"/raw/a?comp=metadata", "/raw/a?comp=properties", "/raw/a?comp=snapshot"}) {
            assertThat(requests.outcome("PUT", change, null, "If-None-Match", "*")).isEqualTo("412 ConditionNotMet");
        }
        requests.send("PATCH", "/raw/a?action=append&position=1", "2");
        assertThat(requests.outcome("PATCH", "/raw/a?action=flush&position=2", null, "If-None-Match", "*"))
            .isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a", "2", TYPE, BLOCK_BLOB, "If-None-Match", "*")).isEqualTo("409 BlobAlreadyExists");
    }

    @Test
    void tellsWhyASourceCannotBeRead() {
        put("a", "1");
        String source = world.url() + "/raw/a";
        HttpResponse<String> refused = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", source);
        assertThat(SignedRequests.outcome(refused)).isEqualTo("401 CannotVerifyCopySource");
        assertThat(header(refused, "x-ms-copy-source-status-code")).isEqualTo("401");
        assertThat(header(refused, "x-ms-copy-source-error-code")).isEqualTo("NoAuthenticationInformation");
        String signed = source + "?" + requests.signature();
        HttpResponse<String> changed = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed,
            "x-ms-source-if-match", "\"0x1\"");
        assertThat(SignedRequests.outcome(changed)).isEqualTo("412 CannotVerifyCopySource");
        assertThat(header(changed, "x-ms-copy-source-error-code")).isEqualTo("ConditionNotMet");
        HttpResponse<String> same = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed,
            "x-ms-source-if-none-match", header(requests.send("HEAD", "/raw/a", null), "ETag"));
        assertThat(SignedRequests.outcome(same)).isEqualTo("412 CannotVerifyCopySource");
        assertThat(header(same, "x-ms-copy-source-status-code")).isEqualTo("304");
        assertThat(requests.outcome("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed, "x-ms-source-if-match", "\"no\""))
            .isEqualTo("412 SourceConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed, "If-Match", "\"no\""))
            .isEqualTo("412 TargetConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed, "If-Match", "\"0x1\""))
            .isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/b", null, "x-ms-copy-source", signed, "x-ms-source-if-match", "\"0x1\""))
            .isEqualTo("412 SourceConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/b", null, "x-ms-copy-source", signed, "x-ms-source-if-tags", "k='v'"))
            .isEqualTo("412 ConditionNotMet");
    }

    @Test
    void takesBlockIdsWithTheirPaddingOnly() {
        assertThat(requests.outcome("PUT", "/raw/a?comp=block&blockid=id", "1")).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.outcome("PUT", "/raw/a?comp=block&blockid=aWQ%3D", "1")).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/a?comp=blocklist", "<BlockList><Latest>aWQ</Latest></BlockList>"))
            .isEqualTo("400 InvalidBlockId");
        assertThat(requests.outcome("PUT", "/raw/a?comp=blocklist", "<BlockList><Latest>aWQ=</Latest></BlockList>")).isEqualTo("201");
    }

    @Test
    void aBlobOfUncommittedBlocksHasADate() {
        String list = "<BlockList><Latest>aWQ=</Latest></BlockList>";
        String later = "Thu, 01 Jan 2099 00:00:00 GMT";
        String before = "Sat, 01 Jan 2000 00:00:00 GMT";
        requests.send("PUT", "/raw/a?comp=block&blockid=aWQ%3D", "1");
        assertThat(requests.outcome("PUT", "/raw/a?comp=blocklist", list, "If-Modified-Since", later)).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=blocklist", list, "If-Unmodified-Since", before)).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=blocklist", list, "If-Modified-Since", before, "If-Unmodified-Since", later))
            .isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/b?comp=blocklist", "<BlockList/>", "If-Modified-Since", later)).isEqualTo("201");
    }

    @Test
    void aContainerIsRestoredByItsNameOnly() {
        assertThat(requests.outcome("PUT", "/?restype=container&comp=undelete", null)).isEqualTo("400 MissingRequiredHeader");
        assertThat(requests.outcome("PUT", "/raw?restype=container&comp=undelete", null)).isEqualTo("400 MissingRequiredHeader");
    }

    @Test
    void servesBlobsOfTheRootContainerByTheirNamesAlone() {
        assertThat(requests.outcome("PUT", "/a.txt", "1", TYPE, BLOCK_BLOB)).isEqualTo("404 ContainerNotFound");
        assertThat(requests.outcome("PUT", "/$root?restype=container", null)).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/a.txt", "1", TYPE, BLOCK_BLOB)).isEqualTo("201");
        assertThat(requests.send("GET", "/a.txt", null).body()).isEqualTo("1");
        assertThat(requests.send("GET", "/$root/a.txt", null).body()).isEqualTo("1");
        assertThat(requests.outcome("PUT", "/raw/copy", null, "x-ms-copy-source", world.url() + "/a.txt?" + requests.signature()))
            .isEqualTo("202");
        assertThat(requests.send("GET", "/raw/copy", null).body()).isEqualTo("1");
    }

    @Test
    void renamesIntoTheRootOfAFileSystem() {
        put("d/a", "1");
        assertThat(requests.outcome("PUT", "/raw", null, "x-ms-rename-source", "/raw/d/a")).isEqualTo("201");
        assertThat(requests.send("GET", "/raw/a", null).body()).isEqualTo("1");
    }

    @Test
    void listsPageRangesInPagesAndBlobsUpToAName() {
        put("p", null, TYPE, "PageBlob", "x-ms-blob-content-length", "2048");
        String page = "1".repeat(512);
        for (String range : new String[] {"bytes=0-511", "bytes=1024-1535"}) {
            requests.send("PUT", "/raw/p?comp=page", page, "x-ms-page-write", "update", "x-ms-range", range);
        }
        String first = requests.send("GET", "/raw/p?comp=pagelist&maxresults=1", null).body();
        assertThat(first).contains("<Start>0</Start>").doesNotContain("<Start>1024</Start>");
        String marker = first.replaceFirst("(?s).*<NextMarker>(.*)</NextMarker>.*", "$1");
        String next = requests.send("GET", "/raw/p?comp=pagelist&maxresults=1&marker=" + marker, null).body();
        assertThat(next).contains("<Start>1024</Start>").doesNotContain("NextMarker");
        put("a", "1");
        put("b", "1");
        String list = "/raw?restype=container&comp=list&maxresults=2&endBefore=b";
        assertThat(requests.send("GET", list, null).body()).contains("<Name>a</Name>", "<NextMarker />").doesNotContain("<Name>b</Name>");
    }

    @Test
    void tellsByWhichIdADeletionIsUndone() {
        requests.send("PUT", "/?restype=service&comp=properties", "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled>"
            + "<Days>1</Days></DeleteRetentionPolicy></StorageServiceProperties>");
        put("d/a", "1");
        put("b", "1");
        String directory = header(requests.send("DELETE", "/raw/d?recursive=true", null), "x-ms-deletion-id");
        String blob = header(requests.send("DELETE", "/raw/b", null), "x-ms-deletion-id");
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
    void makesADirectoryWithALease() {
        HttpResponse<String> made = requests.send("PUT", "/raw/d?resource=directory", null, "x-ms-proposed-lease-id", LEASE,
            "x-ms-lease-duration", "15");
        assertThat(header(made, "x-ms-lease-id")).isEqualTo(LEASE);
        assertThat(requests.outcome("DELETE", "/raw/d?recursive=true", null)).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("DELETE", "/raw/d?recursive=true", null, "x-ms-lease-id", LEASE)).isEqualTo("200");
    }

    @Test
    void makesNothingWhoseLeaseCannotBeTaken() {
        String other = LEASE.replaceFirst("^.", LEASE.startsWith("a") ? "b" : "a");
        for (String resource : List.of("directory", "file")) {
            String path = "/raw/" + resource;
            requests.send("PUT", path + "?resource=" + resource, null, "x-ms-proposed-lease-id", LEASE, "x-ms-lease-duration", "-1");
            String tag = header("HEAD", path, "ETag");
            assertThat(requests.outcome("PUT", path + "?resource=" + resource, null, "x-ms-lease-id", LEASE,
                "x-ms-proposed-lease-id", other, "x-ms-lease-duration", "-1")).isEqualTo("409 LeaseAlreadyPresent");
            assertThat(header("HEAD", path, "ETag")).isEqualTo(tag);
            assertThat(requests.outcome("PUT", path + "?resource=" + resource, null, "x-ms-lease-id", LEASE)).isEqualTo("201");
            assertThat(header("HEAD", path, "x-ms-lease-state")).isEqualTo("leased");
        }
    }

    @Test
    void takesConditionsOnTagsAndTiers() {
        put("a", "1");
        String tag = header("HEAD", "/raw/a", "ETag");
        String tags = "<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>";
        assertThat(requests.outcome("PUT", "/raw/a?comp=tags", tags, "x-ms-blob-if-none-match", tag)).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=tags", tags, "x-ms-blob-if-match", tag)).isEqualTo("204");
        assertThat(requests.outcome("GET", "/raw/a?comp=tags", null, "x-ms-blob-if-match", "\"0x1\"")).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=tier", null, "x-ms-access-tier", "Smart")).isEqualTo("200");
        assertThat(header("GET", "/raw/a", "x-ms-smart-access-tier")).isEqualTo("Hot");
        String past = "Wed, 01 Jan 2020 00:00:00 GMT";
        assertThat(requests.outcome("DELETE", "/raw/a", null, "x-ms-access-tier-if-unmodified-since", past))
            .isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("DELETE", "/raw/a", null, "x-ms-access-tier-if-modified-since", past)).isEqualTo("202");
    }

    @Test
    void sealsTheCopyOfAnAppendBlob() {
        put("a", null, TYPE, "AppendBlob");
        requests.send("PUT", "/raw/b", null, "x-ms-copy-source", world.url() + "/raw/a?" + requests.signature(), "x-ms-seal-blob", "true");
        assertThat(requests.outcome("PUT", "/raw/b?comp=appendblock", "1")).isEqualTo("409 BlobIsSealed");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=b", null).body()).contains("<Sealed>true</Sealed>");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=a", null).body()).doesNotContain("<Sealed>");
        assertThat(requests.outcome("PUT", "/raw/a?comp=seal", null, "x-ms-blob-condition-appendpos", "1"))
            .isEqualTo("412 AppendPositionConditionNotMet");
    }

    @Test
    void asksForALeaseBeforeItAsksThatThereBeNoBlob() {
        put("a", "1");
        String[] none = {TYPE, BLOCK_BLOB, "If-None-Match", "*"};
        String[] holder = {TYPE, BLOCK_BLOB, "If-None-Match", "*", "x-ms-lease-id", LEASE};
        assertThat(requests.outcome("PUT", "/raw/a", "2", holder)).isEqualTo("409 BlobAlreadyExists");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE)).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/a", "3", none)).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("PUT", "/raw/a", "3", TYPE, BLOCK_BLOB, "If-None-Match", "*", "x-ms-lease-id",
            "00000000-ed42-11ce-bacd-00aa0057b223")).isEqualTo("412 LeaseIdMismatchWithBlobOperation");
        assertThat(requests.outcome("PUT", "/raw/a", "4", holder)).isEqualTo("201");
        assertThat(requests.send("GET", "/raw/a", null).body()).isEqualTo("4");
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "release", "x-ms-lease-id", LEASE);
        assertThat(requests.outcome("PUT", "/raw/a", "5", none)).isEqualTo("409 BlobAlreadyExists");
    }

    @Test
    void listsFileSystemsInPages() {
        world.container("second");
        HttpResponse<String> first = requests.send("GET", "/?resource=account&maxResults=1", null);
        assertThat(first.body()).contains("\"raw\"").doesNotContain("second");
        HttpResponse<String> next = requests.send("GET", "/?resource=account&maxResults=1&continuation="
            + header(first, "x-ms-continuation"), null);
        assertThat(next.body()).contains("\"second\"").doesNotContain("raw");
        assertThat(header(next, "x-ms-continuation")).isNull();
    }

    @Test
    void beginsAListOfPathsWhereItIsTold() {
        put("a/1", "1");
        put("b/1", "1");
        put("b/2", "1");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=b/1")).isEqualTo("b/1 b/2");
        assertThat(paths("/raw?resource=filesystem&recursive=true&directory=b&beginFrom=2")).isEqualTo("b/2");
        assertThat(requests.outcome("GET", "/raw?resource=filesystem&recursive=false&beginFrom=b/1", null))
            .isEqualTo("400 InvalidQueryParameterValue");
    }

    @Test
    void beginsAListOfPathsWithTheNameItself() {
        for (String name : new String[] {"1-a", "1.txt", "10", "b/x", "b.txt", "c"}) {
            put(name, "1");
        }
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=10")).isEqualTo("10 b b/x b.txt c");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=b/")).isEqualTo("b b/x b.txt c");
        assertThat(paths("/raw?resource=filesystem&recursive=true&beginFrom=/b.a")).isEqualTo("b.txt c");
    }

    @Test
    void takesNoRootDirectoryForABlobOfTheRootContainer() {
        for (String root : new String[] {"/raw/?upn=false&timeout=90", "/raw?upn=false"}) {
            assertThat(requests.outcome("HEAD", root, null)).as(root).isEqualTo("400 InvalidUri");
        }
    }

    @Test
    void refusesMarkersAndEndsThatItDoesNotKnow() {
        put("disk", null, TYPE, "PageBlob", "x-ms-blob-content-length", "512");
        assertThat(requests.outcome("GET", "/raw/disk?comp=pagelist&marker=YWJj", null)).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.outcome("GET", "/raw?restype=container&comp=list&endBefore=b&include=deleted", null))
            .isEqualTo("400 InvalidQueryParameterValue");
    }

    @Test
    void keepsOwnersAndAccessListsFromPassersBy() throws IOException, InterruptedException {
        put("a", "1");
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

    @Test
    void saysAFailureInWordsThatAreNotEncodedAsTheBlobIs() {
        put("a", "1", TYPE, BLOCK_BLOB, "x-ms-blob-content-encoding", "gzip");
        HttpResponse<String> refused = requests.send("GET", "/raw/a", null, "x-ms-range-get-content-md5", "true");
        assertThat(SignedRequests.outcome(refused)).isEqualTo("400 InvalidHeaderValue");
        assertThat(header(refused, "Content-Encoding")).isNull();
    }

    private String paths(String pathAndQuery) {
        String body = requests.send("GET", pathAndQuery, null).body();
        return String.join(" ", Pattern.compile("\"name\":\"([^\"]+)\"").matcher(body).results()
            .map(match -> match.group(1)).toList());
    }
}
