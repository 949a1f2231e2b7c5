package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Answers as clients in C++, Rust, Python and others read them, that Azure's clients for Java are more patient with. */
class WireAnswersTest extends AnswersTest {
    @Test
    void endsTheAnswerOfABatchWithItsBoundary() {
        requests.put("a", "1");
        String part = "--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nDELETE /" + StorageWorld.ACCOUNT + "/raw/a?"
            + requests.signature() + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n--b--\r\n";
        HttpResponse<String> answer = requests.send("POST", "/raw?restype=container&comp=batch", part,
            "Content-Type", "multipart/mixed; boundary=b");
        String boundary = SignedRequests.header(answer, "Content-Type").replaceFirst(".*boundary=", "");
        assertThat(answer.body()).contains("HTTP/1.1 202").endsWith("--" + boundary + "--");
    }

    @Test
    void refusesWhatAzureRefusesOfEmptyBlocksWholeBlobsAndFlushes() {
        requests.put("a", "1");
        assertThat(requests.outcome("PUT", "/raw/a?comp=block&blockid=AAAA", null)).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("GET", "/raw/a", null, "x-ms-range-get-content-md5", "true")).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("GET", "/raw/a", null, "x-ms-range-get-content-crc64", "true")).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("PATCH", "/raw/a?action=append", "2")).isEqualTo("400 MissingRequiredQueryParameter");
        assertThat(requests.outcome("PATCH", "/raw/a?action=flush&position=1", "2")).isEqualTo("400 ContentLengthMustBeZero");
    }

    @Test
    void tellsBothChecksumsOfABlockWhoseMd5WasAnnounced() {
        HttpResponse<String> block = requests.send("PUT", "/raw/a?comp=block&blockid=AAAA", "1", "Content-MD5", "xMpCOKC5I4INzFCab3WEmw==");
        assertThat(SignedRequests.header(block, "Content-MD5")).isEqualTo("xMpCOKC5I4INzFCab3WEmw==");
        assertThat(SignedRequests.header(block, "x-ms-content-crc64")).isNotNull();
        HttpResponse<String> refused = requests.send("PUT", "/raw/a?comp=blocklist", "<BlockList><Latest>AAAB</Latest></BlockList>");
        assertThat(SignedRequests.outcome(refused)).isEqualTo("400 InvalidBlockList");
        assertThat(SignedRequests.header(refused, "x-ms-content-crc64")).isNull();
    }

    @Test
    void refusesToWriteOverWhatShallNotExist() {
        requests.put("a", "1");
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
        requests.put("a", "1");
        String source = world.url() + "/raw/a";
        HttpResponse<String> refused = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", source);
        assertThat(SignedRequests.outcome(refused)).isEqualTo("401 CannotVerifyCopySource");
        assertThat(SignedRequests.header(refused, "x-ms-copy-source-status-code")).isEqualTo("401");
        assertThat(SignedRequests.header(refused, "x-ms-copy-source-error-code")).isEqualTo("NoAuthenticationInformation");
        String signed = source + "?" + requests.signature();
        HttpResponse<String> changed = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed,
            "x-ms-source-if-match", "\"0x1\"");
        assertThat(SignedRequests.outcome(changed)).isEqualTo("412 CannotVerifyCopySource");
        assertThat(SignedRequests.header(changed, "x-ms-copy-source-error-code")).isEqualTo("ConditionNotMet");
        HttpResponse<String> same = requests.send("PUT", "/raw/b", null, TYPE, BLOCK_BLOB, "x-ms-copy-source", signed,
            "x-ms-source-if-none-match", SignedRequests.header(requests.send("HEAD", "/raw/a", null), "ETag"));
        assertThat(SignedRequests.outcome(same)).isEqualTo("412 CannotVerifyCopySource");
        assertThat(SignedRequests.header(same, "x-ms-copy-source-status-code")).isEqualTo("304");
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
    void listsPageRangesInPagesAndBlobsUpToAName() {
        requests.put("p", null, TYPE, "PageBlob", "x-ms-blob-content-length", "2048");
        String page = "1".repeat(512);
        for (String range : new String[] {"bytes=0-511", "bytes=1024-1535"}) {
            requests.send("PUT", "/raw/p?comp=page", page, "x-ms-page-write", "update", "x-ms-range", range);
        }
        String first = requests.send("GET", "/raw/p?comp=pagelist&maxresults=1", null).body();
        assertThat(first).contains("<Start>0</Start>").doesNotContain("<Start>1024</Start>");
        String marker = first.replaceFirst("(?s).*<NextMarker>(.*)</NextMarker>.*", "$1");
        String next = requests.send("GET", "/raw/p?comp=pagelist&maxresults=1&marker=" + marker, null).body();
        assertThat(next).contains("<Start>1024</Start>").doesNotContain("NextMarker");
        requests.put("a", "1");
        requests.put("b", "1");
        String list = "/raw?restype=container&comp=list&maxresults=2&endBefore=b";
        assertThat(requests.send("GET", list, null).body()).contains("<Name>a</Name>", "<NextMarker />").doesNotContain("<Name>b</Name>");
    }

    @Test
    void takesConditionsOnTagsAndTiers() {
        requests.put("a", "1");
        String tag = requests.header("HEAD", "/raw/a", "ETag");
        String tags = "<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>";
        assertThat(requests.outcome("PUT", "/raw/a?comp=tags", tags, "x-ms-blob-if-none-match", tag)).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=tags", tags, "x-ms-blob-if-match", tag)).isEqualTo("204");
        assertThat(requests.outcome("GET", "/raw/a?comp=tags", null, "x-ms-blob-if-match", "\"0x1\"")).isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("PUT", "/raw/a?comp=tier", null, "x-ms-access-tier", "Smart")).isEqualTo("200");
        assertThat(requests.header("GET", "/raw/a", "x-ms-smart-access-tier")).isEqualTo("Hot");
        String past = "Wed, 01 Jan 2020 00:00:00 GMT";
        assertThat(requests.outcome("DELETE", "/raw/a", null, "x-ms-access-tier-if-unmodified-since", past))
            .isEqualTo("412 ConditionNotMet");
        assertThat(requests.outcome("DELETE", "/raw/a", null, "x-ms-access-tier-if-modified-since", past)).isEqualTo("202");
    }

    @Test
    void sealsTheCopyOfAnAppendBlob() {
        requests.put("a", null, TYPE, "AppendBlob");
        requests.send("PUT", "/raw/b", null, "x-ms-copy-source", world.url() + "/raw/a?" + requests.signature(), "x-ms-seal-blob", "true");
        assertThat(requests.outcome("PUT", "/raw/b?comp=appendblock", "1")).isEqualTo("409 BlobIsSealed");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=b", null).body()).contains("<Sealed>true</Sealed>");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=a", null).body()).doesNotContain("<Sealed>");
        assertThat(requests.outcome("PUT", "/raw/a?comp=seal", null, "x-ms-blob-condition-appendpos", "1"))
            .isEqualTo("412 AppendPositionConditionNotMet");
    }

    @Test
    void takesNoRootDirectoryForABlobOfTheRootContainer() {
        for (String root : new String[] {"/raw/?upn=false&timeout=90", "/raw?upn=false"}) {
            assertThat(requests.outcome("HEAD", root, null)).as(root).isEqualTo("400 InvalidUri");
        }
    }

    @Test
    void refusesMarkersAndEndsThatItDoesNotKnow() {
        requests.put("disk", null, TYPE, "PageBlob", "x-ms-blob-content-length", "512");
        assertThat(requests.outcome("GET", "/raw/disk?comp=pagelist&marker=YWJj", null)).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.outcome("GET", "/raw?restype=container&comp=list&endBefore=b&include=deleted", null))
            .isEqualTo("400 InvalidQueryParameterValue");
    }

    @Test
    void saysAFailureInWordsThatAreNotEncodedAsTheBlobIs() {
        requests.put("a", "1", TYPE, BLOCK_BLOB, "x-ms-blob-content-encoding", "gzip");
        HttpResponse<String> refused = requests.send("GET", "/raw/a", null, "x-ms-range-get-content-md5", "true");
        assertThat(SignedRequests.outcome(refused)).isEqualTo("400 InvalidHeaderValue");
        assertThat(SignedRequests.header(refused, "Content-Encoding")).isNull();
    }

    @Test
    void keepsTheKindOfABlobThatIsCopiedOverOrGivenBlocks() {
        requests.put("a", "1");
        requests.put("log", null, TYPE, "AppendBlob");
        requests.send("PUT", "/raw/log?comp=appendblock", "kept");
        String source = world.url() + "/raw/a?" + requests.signature();
        assertThat(requests.outcome("PUT", "/raw/log", null, "x-ms-copy-source", source)).isEqualTo("409 InvalidBlobType");
        assertThat(requests.outcome("PUT", "/raw/log", null, "x-ms-copy-source", source, "x-ms-requires-sync", "true"))
            .isEqualTo("409 InvalidBlobType");
        assertThat(requests.outcome("PUT", "/raw/log?comp=blocklist", "<BlockList/>")).isEqualTo("409 InvalidBlobType");
        assertThat(requests.send("GET", "/raw/log", null).body()).isEqualTo("kept");
        requests.put("log", "2");
        assertThat(requests.outcome("PUT", "/raw/log", null, "x-ms-copy-source", source)).isEqualTo("202");
    }

    @Test
    void takesNoBodyWithTheUrlOfASource() {
        requests.put("a", "1");
        String source = world.url() + "/raw/a?" + requests.signature();
        for (String target : new String[] {"/raw/b", "/raw/b?comp=block&blockid=AAAA"}) {
            assertThat(requests.outcome("PUT", target, "2", "x-ms-copy-source", source)).isEqualTo("400 InvalidHeaderValue");
            assertThat(requests.send("PUT", target, null, "x-ms-copy-source", source).statusCode()).isBetween(201, 202);
        }
    }

    @Test
    void listsBlocksOfKnownKindsOnly() {
        requests.send("PUT", "/raw/a?comp=block&blockid=AAAA", "1");
        assertThat(requests.outcome("GET", "/raw/a?comp=blocklist&blocklisttype=some", null)).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.send("GET", "/raw/a?comp=blocklist&blocklisttype=All", null).body()).contains("<Name>AAAA</Name>");
    }
}
