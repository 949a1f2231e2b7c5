package io.lazuli.server;

import static io.lazuli.server.ServedWorkspace.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers that fire at times. */
class TimedTriggersTest {
    @TempDir
    private Path folder;

    private void pipeline(String activity) {
        artifact(folder, "pipeline/p", "'parameters': {'from': {'type': 'string'}, 'to': {'type': 'string'}}, 'activities': [" + activity
            + "]");
    }

    private void windows(Instant start, Instant end, String more) {
        artifact(folder, "trigger/windows", "'type': 'TumblingWindowTrigger', 'runtimeState': 'Started', 'typeProperties': {'frequency': "
            + "'Hour', 'interval': 1, 'startTime': '" + start + "', 'endTime': '" + end + "', 'maxConcurrency': 1" + more
            + "}, 'pipeline': {'pipelineReference': {'referenceName': 'p', 'type': 'PipelineReference'}, 'parameters': {"
            + "'from': '@trigger().outputs.windowStartTime', 'to': '@trigger().outputs.windowEndTime'}}");
    }

    private void schedule(Instant time) {
        pipeline("{'name': 'Wait', 'type': 'Wait', 'typeProperties': {'waitTimeInSeconds': 1}}");
        artifact(folder, "trigger/soon", "'type': 'ScheduleTrigger', 'runtimeState': 'Started', 'typeProperties': {'recurrence': {"
            + "'frequency': 'Minute', 'interval': 15, 'startTime': '" + time + "'}}, 'pipelines': [{'pipelineReference': {'referenceName': "
            + "'p', 'type': 'PipelineReference'}, 'parameters': {'from': '@trigger().scheduledTime', 'to': ''}}]");
    }

    private static List<String> windowsOf(List<RunRecord> runs) {
        return runs.reversed().stream().map(run -> run.request().parameters().get("from").asString().substring(11, 16) + "-"
            + run.request().parameters().get("to").asString().substring(11, 16)).toList();
    }

    @Test
    void makesUpForTheWindowsThatPassedOldestFirstAndEachOnce() {
        pipeline("{'name': 'Wait', 'type': 'Wait', 'typeProperties': {'waitTimeInSeconds': 1}}");
        windows(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-01T03:00:00Z"), "");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            assertThat(served.state().triggers()).extracting("when").containsExactly(
                "next window 2024-01-01T00:00:00Z to 2024-01-01T01:00:00Z");
            served.awaitRuns(3);
        }
        try (ServedWorkspace again = new ServedWorkspace(folder)) {
            assertThat(again.state().triggers()).extracting("when").containsExactly("no more");
            List<RunRecord> runs = again.runs();
            assertThat(windowsOf(runs)).containsExactly("00:00-01:00", "01:00-02:00", "02:00-03:00");
            assertThat(runs).allMatch(ServedWorkspace::succeeded);
            assertThat(runs.getFirst().startedAt()).isAfterOrEqualTo(runs.get(1).endedAt().orElseThrow());
        }
    }

    @Test
    void triesAFailedWindowAgain() {
        pipeline("{'name': 'Fail', 'type': 'Fail', 'typeProperties': {'message': 'no', 'errorCode': '1'}}");
        windows(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-01T02:00:00Z"),
            ", 'retryPolicy': {'count': 1, 'intervalInSeconds': 1}");
        try (ServedWorkspace served = new ServedWorkspace(folder)) {
            List<RunRecord> runs = served.awaitRuns(4);
            assertThat(windowsOf(runs)).containsExactly("00:00-01:00", "00:00-01:00", "01:00-02:00", "01:00-02:00");
            assertThat(runs).extracting(RunRecord::status).containsOnly(RunStatus.FAILED);
        }
    }

    @Test
    void firesAScheduleAtItsTimes() {
        WaitingClock clock = new WaitingClock();
        Instant time = clock.instant().plusSeconds(1);
        schedule(time);
        try (ServedWorkspace served = new ServedWorkspace(folder, clock)) {
            assertThat(served.state().triggers()).extracting("name", "when").containsExactly(tuple("soon", "next at " + time));
            clock.go();
            assertThat(served.awaitRuns(1)).singleElement().satisfies(run -> {
                assertThat(run.request().trigger().time()).isEqualTo(time);
                assertThat(run.startedAt()).isAfterOrEqualTo(time);
            });
        }
    }

    @Test
    void firesAlsoAtTheTimeThatPassesWhileItStarts() {
        JumpingClock clock = new JumpingClock(Duration.ofSeconds(10));
        Instant time = clock.start().plusSeconds(5);
        schedule(time);
        try (ServedWorkspace served = new ServedWorkspace(folder, clock)) {
            assertThat(served.state().triggers()).extracting("name", "when").containsExactly(tuple("soon", "next at " + time));
            assertThat(served.awaitRuns(1)).singleElement().satisfies(run ->
                assertThat(run.request().trigger().time()).isEqualTo(time));
        }
    }
}
