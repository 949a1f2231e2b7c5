package io.lazuli.datafactory.run;

import static io.lazuli.datafactory.run.TestFactory.activity;
import static io.lazuli.datafactory.run.TestFactory.fail;
import static io.lazuli.datafactory.run.TestFactory.json;
import static io.lazuli.datafactory.run.TestFactory.request;
import static io.lazuli.datafactory.run.TestFactory.statuses;
import static io.lazuli.datafactory.run.TestFactory.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries, time-outs, cancelling, secrets, resuming and running again. */
class DurableRunsTest {
    @TempDir
    private Path folder;
    private TestFactory factory;
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void makeFactory() {
        factory = new TestFactory(folder).type("Count", context -> TestFactory.JSON.createObjectNode().put("call",
            calls.incrementAndGet()));
    }

    private RunStore store() {
        return new RunStore(factory.data(), TestFactory.JSON);
    }

    private Path journal(RunRecord run) {
        return store().journal(run.request().runId());
    }

    /** What the run would have left had its process been killed after so many events. */
    private void tear(RunRecord run, int events, String rest) throws IOException {
        List<String> lines = Files.readAllLines(journal(run));
        Files.writeString(journal(run), String.join("\n", lines.subList(0, events)).replaceAll("\"pid\":\\d+", "\"pid\":0") + "\n" + rest);
    }

    private void flaky(int failures) {
        factory.type("Flaky", context -> {
            if (calls.incrementAndGet() <= failures) {
                throw new ActivityFailure("5000", "not yet");
            }
            return TestFactory.JSON.createObjectNode();
        });
    }

    @Test
    void retriesAsOftenAsThePolicySays() {
        flaky(2);
        RunRecord run = factory.activities("p", activity("A", "Flaky", "", "", "'policy': {'retry': 2, 'retryIntervalInSeconds': 0}"))
            .run("p");
        assertThat(statuses(run)).isEqualTo("Succeeded A");
        assertThat(TestFactory.activity(run, "A").attempts()).isEqualTo(3);
    }

    @Test
    void failsWhenTheRetriesAreUsedUp() {
        flaky(9);
        RunRecord run = factory.activities("p", activity("A", "Flaky", "", "", "'policy': {'retry': 1, 'retryIntervalInSeconds': 0}"))
            .run("p");
        assertThat(run.message()).isEqualTo("Operation on target A failed: not yet");
        assertThat(calls).hasValue(2);
    }

    @Test
    void anAttemptEndsAtItsTimeout() {
        factory.type("Slow", context -> {
            Thread.sleep(60_000);
            return null;
        });
        RunRecord run = factory.activities("p", activity("A", "Slow", "", "", "'policy': {'timeout': '0.00:00:01'}")).run("p");
        assertThat(TestFactory.activity(run, "A").error().path("errorCode").asString()).isEqualTo("ActivityTimeout");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void userPropertiesAreEvaluatedAndKept() {
        RunRecord run = factory.activities("p",
            activity("A", "Count", "", "", "'userProperties': [{'name': 'n', 'value': '@concat(`a`, `b`)'}]")).run("p");
        assertThat(TestFactory.activity(run, "A").userProperties()).isEqualTo(json("[{'name': 'n', 'value': 'ab'}]"));
    }

    @Test
    void secureValuesAreNowhereOnDisk() throws IOException {
        factory.type("Echo", context -> context.properties());
        factory.pipeline("p",
            "'parameters': {'password': {'type': 'SecureString'}}, 'variables': {'text': {'type': 'String'}}, 'activities': ["
            + activity("A", "Echo", "", "'x': '@pipeline().parameters.password'", "'policy': {'secureInput': true, 'secureOutput': true}")
            + ", " + activity("B", "SetVariable", "A:Succeeded", "'variableName': 'text', 'value': '@activity(`A`).output.x'",
                "'policy': {'secureInput': true, 'secureOutput': true}") + ", "
            + activity("C", "IfCondition", "B:Succeeded", "'expression': '@equals(variables(`text`), concat(`hun`, `ter2`))', "
                + "'ifFalseActivities': [" + fail("Wrong", "") + "]") + ", "
            + activity("D", "Echo", "C:Succeeded", "'auth': {'type': 'SecureString', 'value': '@pipeline().parameters.password'}") + "]");
        RunRecord run = factory.run("p", "{'password': 'hunter2'}");
        assertThat(statuses(run)).isEqualTo("Succeeded A, Succeeded B, Succeeded C, Succeeded D");
        assertThat(Files.readString(journal(run))).doesNotContain("hunter2");
        assertThat(TestFactory.activity(run, "A").shownInput().toString()).isEqualTo("\"***\"");
        assertThat(TestFactory.activity(run, "A").shownOutput().toString()).isEqualTo("\"***\"");
        assertThat(TestFactory.activity(run, "D").shownInput()).isEqualTo(json("{'auth': {'type': 'SecureString', 'value': '***'}}"));
        assertThat(run.shownParameters()).isEqualTo(json("{'password': '***'}"));
        assertThat(Files.getPosixFilePermissions(factory.data().resolve("secrets.key"))).hasSize(2);
    }

    @Test
    void secureValuesAreStillThereAfterAResume() throws IOException {
        factory.type("Echo", context -> context.properties());
        factory.activities("p", activity("A", "Echo", "", "'x': '@concat(`hun`, `ter2`)'", "'policy': {'secureInput': true, "
            + "'secureOutput': true}"), activity("B", "Filter", "A:Succeeded", "'items': '@createArray(activity(`A`).output.x)', "
                + "'condition': true", "'policy': {'secureInput': true}"));
        RunRecord run = factory.run("p");
        tear(run, 3, "");
        RunRecord resumed = resume(run);
        assertThat(TestFactory.activity(resumed, "B").output().path("Value").path(0).asString()).isEqualTo("hunter2");
    }

    private RunRecord resume(RunRecord run) {
        try (PipelineRunner runner = factory.runner()) {
            return runner.resume(run.request().runId(), false);
        }
    }

    @Test
    void resumeRepeatsNothingThatSucceeded() throws IOException {
        factory.activities("p", activity("A", "Count", "", ""), activity("B", "Count", "A:Succeeded", ""),
            activity("C", "SetVariable", "B:Succeeded", "'variableName': 'count', 'value': '@activity(`A`).output.call'"));
        RunRecord run = factory.run("p");
        tear(run, 4, "{\"event\":\"ActivityEnd");
        assertThat(store().get(run.request().runId()).status()).isEqualTo(RunStatus.INTERRUPTED);
        RunRecord resumed = resume(run);
        assertThat(resumed.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(calls).hasValue(3);
        assertThat(resumed.variable("count")).contains(json("1"));
        assertThat(store().get(run.request().runId()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void resumeKeepsTheInputThatTheActivityHadGot() throws IOException {
        factory.type("Echo", context -> context.properties());
        RunRecord run = factory.activities("p", activity("A", "Echo", "", "'id': '@guid()'")).run("p");
        tear(run, 2, "");
        assertThat(TestFactory.activity(resume(run), "A").output()).isEqualTo(TestFactory.activity(run, "A").output());
    }

    @Test
    void resumeRefusesAChangedPipelineUnlessTold() throws IOException {
        RunRecord run = factory.activities("p", succeed("A", ""), succeed("B", "A:Succeeded")).run("p");
        tear(run, 3, "");
        factory.activities("p", succeed("A", ""), succeed("C", "A:Succeeded"));
        assertThatThrownBy(() -> resume(run)).hasMessageContaining("The pipeline 'p' has changed since").hasMessageContaining("--changed");
        try (PipelineRunner runner = factory.runner()) {
            assertThat(statuses(runner.resume(run.request().runId(), true))).isEqualTo("Succeeded A, Succeeded C");
        }
    }

    @Test
    void resumeRefusesARunThatHasEnded() {
        RunRecord run = factory.activities("p", succeed("A", "")).run("p");
        assertThatThrownBy(() -> resume(run)).hasMessageContaining("is not interrupted but Succeeded");
    }

    @Test
    void resumeContinuesTheChildThatAnActivityHadStarted() throws IOException {
        factory.activities("child", activity("X", "Count", "", ""), activity("Y", "Count", "X:Succeeded", ""));
        factory.activities("p", activity("Call", "ExecutePipeline", "",
            "'pipeline': {'referenceName': 'child'}, 'waitOnCompletion': true"));
        RunRecord run = factory.run("p");
        RunRecord child = store().get(TestFactory.activity(run, "Call").output().path("pipelineRunId").asString());
        tear(run, 2, "");
        tear(child, 3, "");
        assertThat(resume(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(calls).hasValue(3);
        assertThat(store().list()).hasSize(2);
    }

    @Test
    void rerunFromAnActivityTakesOverTheRest() {
        factory.activities("p", activity("A", "Count", "", ""), activity("B", "Count", "A:Succeeded", ""),
            activity("C", "SetVariable", "B:Succeeded", "'variableName': 'count', 'value': '@activity(`A`).output.call'"));
        RunRecord first = factory.run("p");
        try (PipelineRunner runner = factory.runner()) {
            RunRecord again = runner.rerun(first.request().runId(), "second", List.of("B"));
            assertThat(statuses(again)).isEqualTo("Succeeded A, Succeeded B, Succeeded C");
            assertThat(again.request().groupId()).isEqualTo(first.request().runId());
            assertThat(again.request().rerunOf()).isEqualTo(first.request().runId());
            assertThat(again.variable("count")).contains(json("1"));
            assertThat(calls).hasValue(3);
            assertThatThrownBy(() -> runner.rerun("second", "third", List.of("Bb"))).hasMessageContaining("did you mean 'B'?");
        }
    }

    @Test
    void rerunFromFailedRunsWhatFailedAndWhatDependsOnIt() {
        flaky(1);
        factory.activities("p", activity("A", "Count", "", ""), activity("B", "Flaky", "", ""), succeed("C", "A:Succeeded B:Succeeded"));
        calls.set(0);
        RunRecord first = factory.type("Good", context -> TestFactory.JSON.createObjectNode()).run("p");
        try (PipelineRunner runner = factory.runner()) {
            RunRecord again = runner.rerun(first.request().runId(), "second", List.of("B"));
            assertThat(statuses(again)).isEqualTo("Succeeded A, Succeeded B, Succeeded C");
        }
    }

    @Test
    void rerunOfASuccessNeedsAName() {
        RunRecord run = factory.activities("p", succeed("A", "")).run("p");
        try (PipelineRunner runner = factory.runner()) {
            assertThatThrownBy(() -> runner.rerun(run.request().runId(), "x", List.of())).hasMessageContaining("Nothing failed");
        }
    }

    @Test
    void cancelStopsWhatRunsAndStartsNothingMore() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        factory.type("Slow", context -> {
            started.countDown();
            Thread.sleep(60_000);
            return null;
        });
        factory.activities("child", activity("Inner", "Slow", "", ""));
        factory.activities("p", activity("Call", "ExecutePipeline", "", "'pipeline': {'referenceName': 'child'}, 'waitOnCompletion': true"),
            succeed("Next", "Call:Completed"), succeed("Other", "Call:Failed"));
        try (PipelineRunner runner = factory.runner()) {
            RunRecord[] ended = new RunRecord[1];
            Thread thread = Thread.ofVirtual().start(() -> ended[0] = runner.run(request("p", "{}")));
            started.await();
            RunRecord live = store().list().stream().filter(run -> run.request().parent() == null).findFirst().orElseThrow();
            assertThat(live.status()).isEqualTo(RunStatus.IN_PROGRESS);
            store().cancel(live, new DataDirectory(factory.data()));
            thread.join();
            assertThat(ended[0].status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(statuses(ended[0])).isEqualTo("Cancelled Call");
            assertThat(store().list()).extracting(RunRecord::status).containsOnly(RunStatus.CANCELLED);
        }
    }

    @Test
    void cancelEndsAnInterruptedRun() throws IOException {
        RunRecord run = factory.activities("p", succeed("A", ""), succeed("B", "A:Succeeded")).run("p");
        tear(run, 3, "");
        store().cancel(store().get(run.request().runId()), new DataDirectory(factory.data()));
        assertThat(store().get(run.request().runId()).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void oneRunnerAtATimeHoldsADataDirectory() {
        factory.activities("p", succeed("A", ""));
        try (PipelineRunner first = factory.runner()) {
            assertThatThrownBy(() -> factory.runner()).hasMessageContaining("Process " + ProcessHandle.current().pid())
                .hasMessageContaining("--data-dir");
            assertThat(first.run(request("p", "{}")).status()).isEqualTo(RunStatus.SUCCEEDED);
        }
        factory.run("p");
    }

    @Test
    void concurrencyBoundsTheRunsOfAPipeline() throws InterruptedException {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        factory.type("Busy", context -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            return TestFactory.JSON.createObjectNode();
        });
        factory.pipeline("p", "'concurrency': 1, 'activities': [" + activity("A", "Busy", "", "") + "]");
        try (PipelineRunner runner = factory.runner()) {
            List<Thread> threads = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> runner.run(request("p", "{}")))).toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(most).hasValue(1);
        assertThat(store().list()).hasSize(4);
    }

    @Test
    void findsRunsByTheBeginningOfTheirIds() {
        RunRecord run = factory.activities("p", succeed("A", "")).run("p");
        assertThat(store().get(run.request().runId().substring(0, 8)).request().runId()).isEqualTo(run.request().runId());
        assertThatThrownBy(() -> store().get("nothing")).hasMessageContaining("There is no run 'nothing'");
    }

    @Test
    void aBrokenLineInTheMiddleOfAJournalIsTold() throws IOException {
        RunRecord run = factory.activities("p", succeed("A", "")).run("p");
        List<String> lines = Files.readAllLines(journal(run));
        Files.writeString(journal(run), lines.get(0) + "\n{torn\n" + lines.get(2) + "\n");
        assertThatThrownBy(() -> store().get(run.request().runId())).hasMessageContaining("This line of the journal is not JSON");
    }
}
