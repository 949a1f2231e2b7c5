package io.lazuli.storage.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.foundation.Place;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.OpenLake;
import io.lazuli.storage.event.ResourceGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Rules about blobs that nobody reads. */
class LastAccessTest {
    private static final BlobAddress READ = new BlobAddress("contoso", "raw", "read");
    private static final BlobAddress UNREAD = new BlobAddress("contoso", "raw", "unread");

    @TempDir
    private Path folder;

    private final Instant start = Instant.now();
    private final AtomicReference<Instant> now = new AtomicReference<>(start);
    private OpenLake lake;
    private Blobs blobs;
    private LifecycleRun lifecycle;

    @BeforeEach
    void open() {
        open(true);
    }

    private void open(boolean tracks) {
        lake = new OpenLake(folder, Map.of("contoso", new AccountSettings(true, false, 0, tracks)), now::get);
        blobs = lake.blobs();
        lifecycle = new LifecycleRun(lake.containers(), blobs, lake.history());
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void read(BlobAddress address, Duration later) throws IOException {
        now.set(start.plus(later));
        blobs.open(address).close();
    }

    private Long accessed(BlobAddress address) {
        return blobs.require(address).record().lastAccess();
    }

    private static long micros(Instant moment) {
        return moment.toEpochMilli() * 1000;
    }

    private List<String> run(Duration later) {
        LifecyclePolicy policy = LifecycleReader.read(JsonMapper.shared().readTree("""
            {"rules": [{"name": "unread", "definition": {"filters": {"blobTypes": ["blockBlob"]}, "actions": {"baseBlob": {
              "enableAutoTierToHotFromCool": true, "tierToCool": {"daysAfterLastAccessTimeGreaterThan": 30},
              "delete": {"daysAfterLastAccessTimeGreaterThan": 365}}}}}]}"""), Place.of(Path.of("policy.json"), "$"));
        assertThat(policy.asksForAccess()).isTrue();
        return lifecycle.run("contoso", policy, start.plus(later), false).stream()
            .map(step -> step.action().title() + " " + step.address().path()).toList();
    }

    @Test
    void notesAReadOnceADay() throws IOException {
        lake.put(READ);
        String etag = blobs.require(READ).etag();
        long written = accessed(READ);
        read(READ, Duration.ofHours(23));
        assertThat(accessed(READ)).isEqualTo(written);
        read(READ, Duration.ofHours(25));
        assertThat(accessed(READ)).isEqualTo(micros(start.plus(Duration.ofHours(25))));
        read(READ, Duration.ofHours(48));
        assertThat(accessed(READ)).isEqualTo(micros(start.plus(Duration.ofHours(25))));
        assertThat(blobs.require(READ).etag()).isEqualTo(etag);
        close();
        open(true);
        assertThat(accessed(READ)).isEqualTo(micros(start.plus(Duration.ofHours(25))));
    }

    @Test
    void notesNothingWhereTheAccountDoesNotAsk() throws IOException {
        close();
        open(false);
        lake.put(READ);
        read(READ, Duration.ofDays(2));
        assertThat(accessed(READ)).isNull();
    }

    @Test
    void coolsWhatIsNotReadAndWarmsItWhenItIs() throws IOException {
        lake.put(READ);
        lake.put(UNREAD);
        read(READ, Duration.ofDays(20));
        assertThat(run(Duration.ofDays(31))).containsExactly("tierToCool unread");
        assertThat(run(Duration.ofDays(31))).isEmpty();
        read(UNREAD, Duration.ofDays(32));
        assertThat(run(Duration.ofDays(33))).containsExactly("enableAutoTierToHotFromCool unread");
        assertThat(blobs.require(UNREAD).record().tier()).isEqualTo("Hot");
        assertThat(run(Duration.ofDays(420))).containsExactlyInAnyOrder("delete read", "delete unread");
    }

    @Test
    void reportsARunAsAnEvent() throws IOException {
        lake.put(READ);
        var steps = List.of(new LifecycleRun.Step("unread", LifecyclePolicy.Action.DELETE, READ, null, null),
            new LifecycleRun.Step("unread", LifecyclePolicy.Action.DELETE, UNREAD, null, "LeaseIdMissing: held"));
        var event = LifecycleReport.of(ResourceGroup.LOCAL, "contoso", Instant.parse("2026-05-24T22:57:29.326016Z"), steps);
        assertThat(event.eventType()).isEqualTo("Microsoft.Storage.LifecyclePolicyCompleted");
        assertThat(event.subject()).isEqualTo("BlobDataManagement/LifeCycleManagement/SummaryReport");
        assertThat(JsonMapper.shared().readTree(event.data().toString())).isEqualTo(JsonMapper.shared().readTree("""
            {"scheduleTime": "2026/05/24 22:57:29.3260160", "policyRunSummary": {"completionStatus": "CompletedWithError"},
             "deleteSummary": {"totalObjectsCount": 2, "successCount": 1, "errorList": "raw/unread: LeaseIdMissing: held"},
             "tierToCoolSummary": {"totalObjectsCount": 0, "successCount": 0, "errorList": ""},
             "tierToColdSummary": {"totalObjectsCount": 0, "successCount": 0, "errorList": ""},
             "tierToArchiveSummary": {"totalObjectsCount": 0, "successCount": 0, "errorList": ""}}"""));
    }
}
