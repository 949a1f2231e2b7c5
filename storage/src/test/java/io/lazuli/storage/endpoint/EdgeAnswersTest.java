package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** What Azure answers to requests that are at the edge of what its reference tells, as its clients' own tests show it. */
class EdgeAnswersTest extends AnswersTest {
    private static String part(String path) {
        return "--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nDELETE /" + StorageWorld.ACCOUNT + path
            + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    void answersABatchThatIsRefusedAsAWholeWithOneAnswerOfNoPart() {
        requests.put("a", "1");
        String one = part("/raw/a?" + requests.signature());
        String other = part("/other/b?" + requests.signature());
        String elsewhere = requests.send("POST", "/raw?restype=container&comp=batch", one + other + "--b--",
            "Content-Type", "multipart/mixed; boundary=b").body();
        assertThat(elsewhere).contains("HTTP/1.1 400", "x-ms-error-code: InvalidInput").doesNotContain("Content-ID", "HTTP/1.1 202");
        String many = requests.send("POST", "?comp=batch", one.repeat(257) + "--b--", "Content-Type", "multipart/mixed; boundary=b").body();
        assertThat(many).containsOnlyOnce("HTTP/1.1 400").contains("x-ms-error-code: ExceedsMaxBatchRequestCount");
        assertThat(requests.outcome("HEAD", "/raw/a", null)).isEqualTo("200");
    }

    @Test
    void sealsTheCopyOfASealedBlobUnlessToldOtherwise() {
        requests.put("a", null, TYPE, "AppendBlob");
        requests.send("PUT", "/raw/a?comp=seal", null);
        String source = world.url() + "/raw/a?" + requests.signature();
        requests.send("PUT", "/raw/b", null, "x-ms-copy-source", source);
        requests.send("PUT", "/raw/c", null, "x-ms-copy-source", source, "x-ms-seal-blob", "false");
        assertThat(requests.outcome("PUT", "/raw/b?comp=appendblock", "1")).isEqualTo("409 BlobIsSealed");
        assertThat(requests.outcome("PUT", "/raw/c?comp=appendblock", "1")).isEqualTo("201");
    }

    @Test
    void hasNoContentTypeWhenItWasTakenAway() {
        requests.put("a", "1");
        assertThat(requests.header("HEAD", "/raw/a", "Content-Type")).isEqualTo("application/octet-stream");
        requests.send("PUT", "/raw/a?comp=properties", null, "x-ms-blob-content-language", "en");
        assertThat(requests.header("HEAD", "/raw/a", "Content-Type")).isNull();
        assertThat(requests.header("GET", "/raw/a", "Content-Type")).isNull();
        assertThat(requests.send("GET", "/raw?restype=container&comp=list", null).body())
            .contains("<Content-Type />").contains("<Content-Language>en</Content-Language>");
        requests.send("PUT", "/raw/b", null, "x-ms-copy-source", world.url() + "/raw/a?" + requests.signature());
        assertThat(requests.header("HEAD", "/raw/b", "Content-Type")).isNull();
    }

    @Test
    void hasNoContentTypeAfterARestartEither() {
        requests.put("a", "1");
        requests.put("p", null, TYPE, "PageBlob", "x-ms-blob-content-length", "512");
        requests.put("d/f", "1");
        for (String name : new String[] {"a", "p", "d"}) {
            requests.send("PUT", "/raw/" + name + "?comp=properties", null, "x-ms-blob-content-language", "en");
        }
        stop();
        start();
        for (String name : new String[] {"a", "p", "d"}) {
            assertThat(requests.header("HEAD", "/raw/" + name, "Content-Language")).as(name).isEqualTo("en");
            assertThat(requests.header("HEAD", "/raw/" + name, "Content-Type")).as(name).isNull();
        }
        assertThat(requests.header("HEAD", "/raw/d/f", "Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void takesTheContentTypeOfAPageBlobAwayWithItsOtherProperties() {
        requests.put("p", null, TYPE, "PageBlob", "x-ms-blob-content-length", "512", "x-ms-blob-content-type", "text/plain");
        requests.send("PUT", "/raw/p?comp=properties", null, "x-ms-blob-content-length", "1024");
        assertThat(requests.header("HEAD", "/raw/p", "Content-Type")).isEqualTo("text/plain");
        requests.send("PUT", "/raw/p?comp=properties", null, "x-ms-sequence-number-action", "increment");
        assertThat(requests.header("HEAD", "/raw/p", "Content-Type")).isEqualTo("text/plain");
        requests.send("PUT", "/raw/p?comp=properties", null, "x-ms-blob-content-length", "512", "x-ms-blob-content-language", "en");
        assertThat(requests.header("HEAD", "/raw/p", "Content-Type")).isNull();
        assertThat(requests.header("HEAD", "/raw/p", "Content-Language")).isEqualTo("en");
    }

    @Test
    void checksTheMd5ThatABlobShallKeepBesideTheChecksumOfItsBytes() {
        String md5 = "JfnnlDI7RTiF9RgfG2JNCw==";
        String crc64 = "iJh5CoYUi64=";
        String other = "xMpCOKC5I4INzFCab3WEmw==";
        String kept = "x-ms-blob-content-md5";
        requests.put("a", "123456789", TYPE, BLOCK_BLOB, kept, md5, "x-ms-content-crc64", crc64);
        assertThat(requests.header("HEAD", "/raw/a", "Content-MD5")).isEqualTo(md5);
        requests.put("b", "123456789", TYPE, BLOCK_BLOB, kept, md5, "Content-MD5", md5);
        assertThat(refused(kept, other, "x-ms-content-crc64", crc64)).isEqualTo("400 Md5Mismatch");
        assertThat(refused(kept, md5, "x-ms-content-crc64", "AAAAAAAAAAA=")).isEqualTo("400 Crc64Mismatch");
        assertThat(refused(kept, md5, "Content-MD5", other)).isEqualTo("400 Md5Mismatch");
        assertThat(refused(kept, other, "Content-MD5", md5)).isEqualTo("400 Md5Mismatch");
        assertThat(refused("Content-MD5", md5, "x-ms-content-crc64", crc64)).isEqualTo("400 BothCrc64AndMd5HeaderPresent");
    }

    private String refused(String header, String value, String secondHeader, String secondValue) {
        return requests.outcome("PUT", "/raw/c", "123456789", TYPE, BLOCK_BLOB, header, value, secondHeader, secondValue);
    }

    @Test
    void takesAPlusSignInAQueryForASpace() {
        requests.put("a%20b", "1");
        requests.put("a+b", "2");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=a+", null).body())
            .contains("<Name>a b</Name>").doesNotContain("<Name>a+b</Name>");
        assertThat(requests.send("GET", "/raw?restype=container&comp=list&prefix=a%2B", null).body())
            .contains("<Name>a+b</Name>").doesNotContain("<Name>a b</Name>");
    }

    @Test
    void refusesAContainerWithoutAName() {
        assertThat(requests.outcome("PUT", "?restype=container", null)).isEqualTo("400 InvalidQueryParameterValue");
    }

    /** The catalogue of checksums gives AE8B14860A799888 for these nine characters. */
    @Test
    void tellsBothChecksumsOfAWholeBlob() {
        HttpResponse<String> answer = requests.put("a", "123456789");
        assertThat(SignedRequests.header(answer, "Content-MD5")).isEqualTo("JfnnlDI7RTiF9RgfG2JNCw==");
        assertThat(SignedRequests.header(answer, "x-ms-content-crc64")).isEqualTo("iJh5CoYUi64=");
    }

    @Test
    void takesRangesThatAreNoneForAllPages() {
        requests.put("p", null, TYPE, "PageBlob", "x-ms-blob-content-length", "1024");
        requests.send("PUT", "/raw/p?comp=page", "x".repeat(512), "x-ms-page-write", "update", "x-ms-range", "bytes=0-511");
        HttpResponse<String> ranges = requests.send("GET", "/raw/p?comp=pagelist", null, "x-ms-range", "bytes=-22--9");
        assertThat(ranges.body()).contains("<Start>0</Start><End>511</End>");
        assertThat(requests.outcome("PUT", "/raw/p?comp=page", null, "x-ms-page-write", "clear", "x-ms-range", "bytes=0-511",
            "x-ms-if-sequence-number-eq", "-1")).isEqualTo("400 InvalidInput");
    }

    @Test
    void saysThatASnapshotHasNoContentToEncrypt() {
        requests.put("a", "1");
        assertThat(requests.header("PUT", "/raw/a?comp=snapshot", "x-ms-request-server-encrypted")).isEqualTo("false");
    }

    @Test
    void letsASnapshotLeaveTheArchiveByACopyOnly() {
        requests.put("a", "1");
        String snapshot = requests.header("PUT", "/raw/a?comp=snapshot", "x-ms-snapshot");
        String tier = "/raw/a?comp=tier&snapshot=" + snapshot;
        assertThat(requests.outcome("PUT", tier, null, "x-ms-access-tier", "Archive")).isEqualTo("200");
        assertThat(requests.outcome("PUT", tier, null, "x-ms-access-tier", "Hot")).isEqualTo("409 BlobArchived");
        assertThat(requests.outcome("PUT", tier, null, "x-ms-access-tier", "Archive")).isEqualTo("200");
    }

    @Test
    void refusesToKeepDeletedBlobsForMoreThanAYear() {
        String document = "<StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>%d</Days>"
            + "</DeleteRetentionPolicy></StorageServiceProperties>";
        String properties = "?restype=service&comp=properties";
        assertThat(requests.outcome("PUT", properties, document.formatted(366))).isEqualTo("400 InvalidXmlDocument");
        assertThat(requests.outcome("PUT", properties, document.formatted(0))).isEqualTo("400 InvalidXmlNodeValue");
        assertThat(requests.outcome("PUT", properties, document.formatted(365))).isEqualTo("202");
    }

    @Test
    void aSignatureOfAContainerAllowsNothingOfTheContainerItself() {
        BlobContainerClient container = world.container("raw");
        String signature = container.generateSas(new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1),
            new BlobContainerSasPermission().setReadPermission(true).setListPermission(true)));
        BlobContainerClient signed = new BlobContainerClientBuilder()
            .endpoint(container.getBlobContainerUrl() + "?" + signature).buildClient();
        assertThat(signed.listBlobs()).isEmpty();
        assertThatThrownBy(signed::getProperties).isInstanceOfSatisfying(BlobStorageException.class,
            failure -> assertThat(failure.getErrorCode()).hasToString("AuthorizationFailure"));
    }

    @Test
    void refusesToAppendNothing() {
        requests.put("f", "1");
        assertThat(requests.outcome("PATCH", "/raw/f?action=append&position=1", "")).isEqualTo("400 InvalidHeaderValue");
        assertThat(requests.outcome("PATCH", "/raw/f?action=append&position=1&flush=true", "2")).isEqualTo("202");
    }

    private String deletion(String service, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", URI.create(world.url()).getPort())) {
            String request = "DELETE " + path + "?" + requests.signature() + " HTTP/1.1\r\nHost: " + StorageWorld.ACCOUNT + "." + service
                + ".localhost\r\nx-ms-version: 2025-05-05\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    @Test
    void deletesAPathWhenTheHostIsThatOfTheDataLakeEndpoint() throws IOException {
        requests.put("f", "1");
        requests.put("g", "1");
        assertThat(deletion("dfs", "/raw/f")).startsWith("HTTP/1.1 200");
        assertThat(deletion("blob", "/raw/g")).startsWith("HTTP/1.1 202");
    }

    @Test
    void asksForTheVersionOfAContainerThatIsToBeRestored() {
        assertThat(requests.outcome("PUT", "/gone?restype=container&comp=undelete", null, "x-ms-deleted-container-name", "gone",
            "x-ms-deleted-container-version", "")).isEqualTo("400 MissingRequiredHeader");
    }
}
