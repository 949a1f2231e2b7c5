package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each action of a lease is answered in each of its states, and what a lease asks of other requests. */
class LeaseAnswersTest extends AnswersTest {
    private static final String LEASE = "ca761232-ed42-11ce-bacd-00aa0057b223";
    private static final String OTHER = "00000000-ed42-11ce-bacd-00aa0057b223";

    @Test
    void forgetsALeaseThatHasEndedWhenItsBlobChanges() {
        requests.put("a", "1");
        String[] holder = {"x-ms-lease-action", "renew", "x-ms-lease-id", LEASE};
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE)).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "break", "x-ms-lease-break-period", "0"))
            .isEqualTo("202");
        assertThat(requests.header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("broken");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIsBrokenAndCannotBeRenewed");
        requests.send("PUT", "/raw/a?comp=tags", "<Tags><TagSet/></Tags>");
        assertThat(requests.header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("broken");
        requests.send("PUT", "/raw/a?comp=metadata", null, "x-ms-meta-k", "v");
        assertThat(requests.header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("available");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, holder)).isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
    }

    @Test
    void leavesALeaseThatIsBeingBrokenBehindWhenItsFileIsRenamed() {
        requests.put("a", "1");
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE);
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "break", "x-ms-lease-break-period", "60");
        assertThat(requests.outcome("PUT", "/raw/b?mode=legacy", null, "x-ms-rename-source", "/raw/a")).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("PUT", "/raw/b?mode=legacy", null, "x-ms-rename-source", "/raw/a", "x-ms-source-lease-id", LEASE))
            .isEqualTo("201");
        assertThat(requests.header("HEAD", "/raw/b", "x-ms-lease-state")).isEqualTo("available");
    }

    @Test
    void makesADirectoryWithALease() {
        HttpResponse<String> made = requests.send("PUT", "/raw/d?resource=directory", null, "x-ms-proposed-lease-id", LEASE,
            "x-ms-lease-duration", "15");
        assertThat(SignedRequests.header(made, "x-ms-lease-id")).isEqualTo(LEASE);
        assertThat(requests.outcome("DELETE", "/raw/d?recursive=true", null)).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("DELETE", "/raw/d?recursive=true", null, "x-ms-lease-id", LEASE)).isEqualTo("200");
    }

    @Test
    void makesNothingWhoseLeaseCannotBeTaken() {
        String other = LEASE.replaceFirst("^.", LEASE.startsWith("a") ? "b" : "a");
        for (String resource : List.of("directory", "file")) {
            String path = "/raw/" + resource;
            requests.send("PUT", path + "?resource=" + resource, null, "x-ms-proposed-lease-id", LEASE, "x-ms-lease-duration", "-1");
            String tag = requests.header("HEAD", path, "ETag");
            assertThat(requests.outcome("PUT", path + "?resource=" + resource, null, "x-ms-lease-id", LEASE,
                "x-ms-proposed-lease-id", other, "x-ms-lease-duration", "-1")).isEqualTo("409 LeaseAlreadyPresent");
            assertThat(requests.header("HEAD", path, "ETag")).isEqualTo(tag);
            assertThat(requests.outcome("PUT", path + "?resource=" + resource, null, "x-ms-lease-id", LEASE)).isEqualTo("201");
            assertThat(requests.header("HEAD", path, "x-ms-lease-state")).isEqualTo("leased");
        }
    }

    @Test
    void asksForALeaseBeforeItAsksThatThereBeNoBlob() {
        requests.put("a", "1");
        String[] none = {TYPE, BLOCK_BLOB, "If-None-Match", "*"};
        String[] holder = {TYPE, BLOCK_BLOB, "If-None-Match", "*", "x-ms-lease-id", LEASE};
        assertThat(requests.outcome("PUT", "/raw/a", "2", holder)).isEqualTo("409 BlobAlreadyExists");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "acquire", "x-ms-lease-duration", "-1",
            "x-ms-proposed-lease-id", LEASE)).isEqualTo("201");
        assertThat(requests.outcome("PUT", "/raw/a", "3", none)).isEqualTo("412 LeaseIdMissing");
        assertThat(requests.outcome("PUT", "/raw/a", "3", TYPE, BLOCK_BLOB, "If-None-Match", "*", "x-ms-lease-id",
            OTHER)).isEqualTo("412 LeaseIdMismatchWithBlobOperation");
        assertThat(requests.outcome("PUT", "/raw/a", "4", holder)).isEqualTo("201");
        assertThat(requests.send("GET", "/raw/a", null).body()).isEqualTo("4");
        requests.send("PUT", "/raw/a?comp=lease", null, "x-ms-lease-action", "release", "x-ms-lease-id", LEASE);
        assertThat(requests.outcome("PUT", "/raw/a", "5", none)).isEqualTo("409 BlobAlreadyExists");
    }

    private String lease(String action, String... headers) {
        return requests.outcome("PUT", "/raw/a?comp=lease", null,
            Stream.concat(Stream.of("x-ms-lease-action", action), Stream.of(headers)).toArray(String[]::new));
    }

    @Test
    void tellsWhoHoldsALeaseThatIsBeingBrokenFromOthers() {
        requests.put("a", "1");
        assertThat(lease("acquire", "x-ms-lease-duration", "-1", "x-ms-proposed-lease-id", LEASE)).isEqualTo("201");
        assertThat(lease("break", "x-ms-lease-break-period", "60")).isEqualTo("202");
        assertThat(lease("acquire", "x-ms-lease-duration", "-1", "x-ms-proposed-lease-id", LEASE))
            .isEqualTo("409 LeaseIsBreakingAndCannotBeAcquired");
        assertThat(lease("acquire", "x-ms-lease-duration", "-1", "x-ms-proposed-lease-id", OTHER)).isEqualTo("409 LeaseAlreadyPresent");
        assertThat(lease("acquire", "x-ms-lease-duration", "-1")).isEqualTo("409 LeaseAlreadyPresent");
        assertThat(lease("change", "x-ms-lease-id", LEASE, "x-ms-proposed-lease-id", OTHER))
            .isEqualTo("409 LeaseIsBreakingAndCannotBeChanged");
        assertThat(lease("change", "x-ms-lease-id", OTHER, "x-ms-proposed-lease-id", OTHER))
            .isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
        assertThat(lease("renew", "x-ms-lease-id", OTHER)).isEqualTo("409 LeaseIdMismatchWithLeaseOperation");
        assertThat(lease("release", "x-ms-lease-id", LEASE)).isEqualTo("200");
    }

    @Test
    void leasesTheCurrentContentOnly() {
        requests.put("a", "1");
        String snapshot = SignedRequests.header(requests.send("PUT", "/raw/a?comp=snapshot", null), "x-ms-snapshot");
        assertThat(requests.outcome("PUT", "/raw/a?comp=lease&snapshot=" + snapshot, null, "x-ms-lease-action", "acquire",
            "x-ms-lease-duration", "-1")).isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.outcome("PUT", "/raw/a?comp=block&blockid=AAAA&snapshot=" + snapshot, "1"))
            .isEqualTo("400 InvalidQueryParameterValue");
        assertThat(requests.header("HEAD", "/raw/a", "x-ms-lease-state")).isEqualTo("available");
    }
}
