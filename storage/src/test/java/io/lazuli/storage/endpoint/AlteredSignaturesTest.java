package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.HandMadeSignature.encode;
import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.EVE;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static io.lazuli.storage.endpoint.TestIdentities.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.content.AccountSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared access signature of which one field was altered opens nothing, whatever its kind and version. */
class AlteredSignaturesTest {
    private static final String NOW = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final String LATER = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    private static final String VERSION = "2026-04-06";
    private static final List<String> VERSIONS = List.of("2015-04-05", "2018-11-09", "2019-12-12", "2020-02-10", "2020-12-06", "2025-07-05",
        VERSION);
    private static final List<String> VALUES = List.of("", "b", "c", "d", "bs", "bv", "sco", "racwdxltmeop", "0", "1", "2", "01",
        "0.0.0.0-255.255.255.255", "127.0.0.1", "-", "http", "https,http", "2015-04-05", VERSION, "2099-01-01", "2014-02-14", "x\n",
        "\u0000", "2099-01-01T00:00:00Z", TestIdentities.ADA.objectId(), "x-ms-version", "scope");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private HttpClient http;
    private int tried;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, true, 0)));
        world.container("raw").getBlobClient("dir/deep/a.txt").upload(BinaryData.fromString("text"));
        http = HttpClient.newBuilder().sslContext(world.trust()).build();
    }

    @AfterEach
    void stop() {
        http.close();
        world.close();
    }

    private HttpResponse<String> send(String method, String url, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofString(body))
            .header("x-ms-version", VERSION);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String outcome(HttpResponse<String> answer) {
        return answer.statusCode() + answer.headers().firstValue("x-ms-error-code").map(code -> " " + code).orElse("");
    }

    private String get(String url, String... headers) throws Exception {
        return outcome(send("GET", url, "", headers));
    }

    private String url(String account, String path) {
        return world.url().replace("/" + StorageWorld.ACCOUNT, "/" + account) + "/" + path + "?";
    }

    /** What somebody may make of a value. */
    private static Set<String> alterations(String value, Random random) {
        Set<String> altered = new LinkedHashSet<>(VALUES);
        altered.add(value + "x");
        altered.add(value + " ");
        altered.add(value + "\n");
        altered.add(value.toUpperCase(Locale.ROOT));
        if (!value.isEmpty()) {
            int at = random.nextInt(value.length());
            altered.add(value.substring(0, at) + value.substring(at + 1));
            altered.add(value.substring(0, at) + (char) (value.charAt(at) ^ 1) + value.substring(at + 1));
            altered.add(value.substring(0, at) + value.charAt(at) + value.substring(at));
            altered.add("\n" + value);
        }
        altered.remove(value);
        return altered;
    }

    /** Alters each field in each way, leaves it out, gives it twice, and adds each that there is not. */
    private void assertOnlyAsSigned(String url, HandMadeSignature signed, String... headers) throws Exception {
        assertThat(get(url + signed.query(), headers)).as(signed.query()).isEqualTo("200");
        Random random = new Random(signed.fields().get("sv").hashCode());
        List<String> wrong = new ArrayList<>();
        for (String name : signed.fields().keySet()) {
            String value = signed.fields().get(name);
            List<String> queries = new ArrayList<>(List.of(signed.query(name + "=" + encode(value)), signed.query(name + "=x")));
            if (!name.equals("sig")) {
                // Without that it is no signature.
                queries.add(signed.with(name, null).query());
            }
            alterations(value, random).forEach(altered -> queries.add(signed.with(name, altered).query()));
            for (String query : queries) {
                expectRefused(url + query, wrong, headers);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void expectRefused(String url, List<String> wrong, String... headers) throws Exception {
        tried++;
        String answer = get(url, headers);
        if (!answer.equals("403 AuthenticationFailed")) {
            wrong.add(answer + " <= " + url);
        }
    }

    private static HandMadeSignature fields(String version, String... more) {
        HandMadeSignature made = HandMadeSignature.of("sv", version, "st", NOW, "se", LATER, "sp", "r", "sip", "127.0.0.1", "spr",
            "https,http");
        for (int i = 0; i < more.length; i += 2) {
            made = made.with(more[i], more[i + 1]);
        }
        return made;
    }

    private static boolean has(String version, String since) {
        return version.compareTo(since) >= 0;
    }

    @Test
    void ofAnAccount() throws Exception {
        for (String version : VERSIONS) {
            assertOnlyAsSigned(url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt"),
                fields(version, "ss", "b", "srt", "o").account(StorageWorld.ACCOUNT, world.key()));
        }
        assertThat(tried).isGreaterThan(1500);
    }

    @Test
    void ofAContainerABlobAndADirectory() throws Exception {
        String url = url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt");
        for (String version : VERSIONS) {
            HandMadeSignature fields = fields(version, "rsct", "text/csv");
            assertOnlyAsSigned(url, fields.with("sr", "c").service("/blob/contoso/raw", world.key()));
            assertOnlyAsSigned(url, fields.with("sr", "b").service("/blob/contoso/raw/dir/deep/a.txt", world.key()));
            if (has(version, "2020-02-10")) {
                assertOnlyAsSigned(url, fields.with("sr", "d").with("sdd", "1").service("/blob/contoso/raw/dir", world.key()));
            }
        }
    }

    @Test
    void ofASnapshotAndAVersion() throws Exception {
        BlobClient blob = world.container(StorageWorld.FLAT, "raw").getBlobClient("a");
        blob.upload(BinaryData.fromString("one"));
        String old = blob.getProperties().getVersionId();
        blob.upload(BinaryData.fromString("two"), true);
        String snapshot = blob.createSnapshot().getSnapshotId();
        String url = url(StorageWorld.FLAT, "raw/a");
        String resource = "/blob/" + StorageWorld.FLAT + "/raw/a";
        String key = world.key(StorageWorld.FLAT);
        for (String version : VERSIONS.subList(1, VERSIONS.size())) {
            HandMadeSignature ofSnapshot = fields(version, "sr", "bs", "snapshot", snapshot).service(resource, key);
            assertOnlyAsSigned(url, ofSnapshot);
            HandMadeSignature ofVersion = fields(version, "sr", "bv", "versionid", old).service(resource, key);
            assertOnlyAsSigned(url, ofVersion);
            assertThat(send("GET", url + ofVersion.query(), "").body()).isEqualTo("one");
        }
    }

    private HandMadeSignature delegated(String version, Principal principal, String... more) throws Exception {
        String xml = send("POST", world.secureUrl() + "/?restype=service&comp=userdelegationkey", "<KeyInfo><Start>" + NOW
            + "</Start><Expiry>" + LATER + "</Expiry><DelegatedUserTid>" + (has(version, "2025-07-05") ? TENANT : "")
            + "</DelegatedUserTid></KeyInfo>", "Authorization", "Bearer " + world.identities().token(principal)).body();
        HandMadeSignature fields = fields(version, more);
        for (String[] name : new String[][] {{"skoid", "SignedOid"}, {"sktid", "SignedTid"}, {"skt", "SignedStart"},
            {"ske", "SignedExpiry"}, {"sks", "SignedService"}, {"skv", "SignedVersion"}, {"skdutid", "SignedDelegatedUserTid"},
            {"key", "Value"}}) {
            String open = "<" + name[1] + ">";
            int at = xml.indexOf(open);
            fields = at < 0 ? fields : fields.with(name[0], xml.substring(at + open.length(), xml.indexOf("</" + name[1] + ">")));
        }
        return fields;
    }

    private static HandMadeSignature sign(HandMadeSignature fields, String resource, Map<String, String> headers,
            Map<String, String> queries) {
        return fields.with("key", null).delegated(resource, fields.fields().get("key"), headers, queries);
    }

    @Test
    void ofAUserDelegation() throws Exception {
        String url = url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt");
        for (String version : VERSIONS.subList(1, VERSIONS.size())) {
            HandMadeSignature fields = delegated(version, OWNER, "sr", "b");
            if (has(version, "2020-02-10")) {
                fields = fields.with("saoid", EVE.objectId()).with("scid", "11111111-0000-4000-8000-000000000000");
            }
            assertOnlyAsSigned(url, sign(fields, "/blob/contoso/raw/dir/deep/a.txt", Map.of(), Map.of()));
        }
        HandMadeSignature directory = delegated(VERSION, OWNER, "sr", "d", "sdd", "2");
        assertOnlyAsSigned(url, sign(directory, "/blob/contoso/raw/dir/deep", Map.of(), Map.of()));
    }

    /** A search has no directory that it stays in. */
    @Test
    void ofADirectoryForNoSearch() throws Exception {
        String search = url(StorageWorld.ACCOUNT, "raw") + "restype=container&comp=blobs&where=a%3D%27b%27&";
        HandMadeSignature directory = delegated(VERSION, OWNER, "sr", "d", "sdd", "1").with("sp", "rlf");
        HandMadeSignature signed = sign(directory, "/blob/contoso/raw/dir", Map.of(), Map.of());
        assertThat(get(search + signed.query())).isEqualTo("403 AuthenticationFailed");
        assertThat(get(search + "prefix=dir/&" + signed.query())).isEqualTo("403 AuthorizationFailure");
        HandMadeSignature container = delegated(VERSION, OWNER, "sr", "c").with("sp", "rlf");
        assertThat(get(search + sign(container, "/blob/contoso/raw", Map.of(), Map.of()).query())).isEqualTo("200");
    }

    @Test
    void ofAUserDelegationForRequestsWithCertainHeadersAndParameters() throws Exception {
        String url = url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt");
        HandMadeSignature fields = delegated(VERSION, OWNER, "sr", "b", "srh", "x-ms-range,If-Match", "srq", "timeout,Custom",
            "timeout", "30", "custom", "a b");
        HandMadeSignature signed = sign(fields, "/blob/contoso/raw/dir/deep/a.txt", Map.of(), Map.of());
        assertThat(get(url + signed.query(), "x-ms-range", "bytes=0-99", "If-Match", "*")).isEqualTo("403 AuthenticationFailed");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ms-range", "bytes=0-99");
        headers.put("If-Match", "*");
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("timeout", "30");
        queries.put("Custom", "a b");
        signed = sign(fields, "/blob/contoso/raw/dir/deep/a.txt", headers, queries);
        assertThat(get(url + signed.query(), "x-ms-range", "bytes=0-99", "If-Match", "*")).isEqualTo("206");
        assertThat(get(url + signed.query(), "x-ms-range", "bytes=0-98", "If-Match", "*")).isEqualTo("403 AuthenticationFailed");
        assertThat(get(url + signed.query(), "If-Match", "*")).isEqualTo("403 AuthenticationFailed");
        assertThat(get(url + signed.query(), "x-ms-range", "bytes=0-99")).isEqualTo("403 AuthenticationFailed");
        List<String> wrong = new ArrayList<>();
        for (String name : List.of("srh", "srq", "timeout", "custom")) {
            expectRefused(url + signed.with(name, null).query(), wrong, "x-ms-range", "bytes=0-99", "If-Match", "*");
            expectRefused(url + signed.query(name + "=1"), wrong, "x-ms-range", "bytes=0-99", "If-Match", "*");
            for (String altered : alterations(signed.fields().get(name), new Random(7))) {
                expectRefused(url + signed.with(name, altered).query(), wrong, "x-ms-range", "bytes=0-99", "If-Match", "*");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void ofAUserDelegationForACertainUser() throws Exception {
        String url = url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt").replaceFirst("^http:", "https:");
        HandMadeSignature signed = sign(delegated(VERSION, OWNER, "sr", "b", "sduoid", ADA.objectId()), "/blob/contoso/raw/dir/deep/a.txt",
            Map.of(), Map.of());
        String[] hers = {"Authorization", "Bearer " + world.identities().token(ADA)};
        assertOnlyAsSigned(url, signed, hers);
        assertThat(get(url + signed.query())).isEqualTo("403 AuthenticationFailed");
        assertThat(get(url + signed.query(), "Authorization", "Bearer " + world.identities().token(EVE)))
            .isEqualTo("403 AuthenticationFailed");
        assertThat(get(url + signed.query(), "Authorization", "Bearer x.y.z")).isEqualTo("401 InvalidAuthenticationInfo");
    }

    @Test
    void whatAVersionDoesNotSignIsNotTaken() throws Exception {
        String url = url(StorageWorld.FLAT, "raw/a/b");
        world.container(StorageWorld.FLAT, "raw").getBlobClient("a/b").upload(BinaryData.fromString("below"));
        String key = world.key(StorageWorld.FLAT);
        HandMadeSignature old = fields("2017-11-09", "sr", "b").service("/blob/" + StorageWorld.FLAT + "/raw/a", key);
        assertThat(get(url + old.with("sr", "d").with("sdd", "1").query())).isEqualTo("403 AuthenticationFailed");
        HandMadeSignature account = fields("2019-12-12", "ss", "b", "srt", "o").account(StorageWorld.FLAT, key);
        assertThat(get(url + account.query())).isEqualTo("200");
        assertThat(get(url + account.query("ses=scope"))).isEqualTo("403 AuthenticationFailed");
        assertThat(send("GET", url + account.query("rsct=text/html"), "").headers().firstValue("Content-Type"))
            .contains("application/octet-stream");
        HandMadeSignature delegation = sign(delegated("2018-11-09", OWNER, "sr", "b"), "/blob/contoso/raw/dir/deep/a.txt", Map.of(),
            Map.of());
        String blob = url(StorageWorld.ACCOUNT, "raw/dir/deep/a.txt");
        assertThat(get(blob + delegation.query())).isEqualTo("200");
        for (String field : List.of("saoid", "suoid", "scid", "sduoid", "skdutid", "srh", "srq", "ses")) {
            assertThat(get(blob + delegation.query(field + "=" + EVE.objectId()))).as(field).isEqualTo("403 AuthenticationFailed");
        }
    }
}
