package io.lazuli.datafactory.run;

import static io.lazuli.datafactory.run.TestFactory.activity;
import static io.lazuli.datafactory.run.TestFactory.fail;
import static io.lazuli.datafactory.run.TestFactory.statuses;
import static io.lazuli.datafactory.run.TestFactory.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How conditions decide which activities run, and how the leaves decide whether the pipeline succeeded. */
class PipelineStatusTest {
    @TempDir
    private Path folder;
    private TestFactory factory;

    @BeforeEach
    void makeFactory() {
        factory = new TestFactory(folder);
    }

    private String run(String... activities) {
        RunRecord run = factory.activities("p", activities).run("p");
        return run.status().label() + ": " + statuses(run);
    }

    @Test
    void tryCatchSucceeds() {
        assertThat(run(fail("A", ""), succeed("B", "A:Failed"))).isEqualTo("Succeeded: Failed A, Succeeded B");
    }

    @Test
    void tryCatchSucceedsWhenNothingFailed() {
        assertThat(run(succeed("A", ""), succeed("B", "A:Failed"))).isEqualTo("Succeeded: Succeeded A, Skipped B");
    }

    @Test
    void doIfElseFails() {
        assertThat(run(fail("A", ""), succeed("B", "A:Failed"), succeed("C", "A:Succeeded")))
            .isEqualTo("Failed: Failed A, Succeeded B, Skipped C");
    }

    @Test
    void doIfSkipElseSucceeds() {
        assertThat(run(fail("A", ""), succeed("B", "A:Failed"), succeed("C", "A:Succeeded"), succeed("D", "C:Skipped")))
            .isEqualTo("Succeeded: Failed A, Succeeded B, Skipped C, Succeeded D");
    }

    @Test
    void completionSucceedsAfterFailure() {
        assertThat(run(fail("A", ""), succeed("B", "A:Completed"))).isEqualTo("Succeeded: Failed A, Succeeded B");
    }

    @Test
    void completionIsNotMetBySkipped() {
        assertThat(run(fail("A", ""), succeed("B", "A:Succeeded"), succeed("C", "B:Completed")))
            .isEqualTo("Failed: Failed A, Skipped B, Skipped C");
    }

    @Test
    void skippingSpreadsUpToTheFailedAncestor() {
        assertThat(run(fail("A", ""), succeed("B", "A:Succeeded"), succeed("C", "B:Succeeded"), succeed("D", "C:Succeeded")))
            .isEqualTo("Failed: Failed A, Skipped B, Skipped C, Skipped D");
    }

    @Test
    void severalConditionsOfOneDependencyAreAlternatives() {
        assertThat(run(fail("A", ""), succeed("B", "A:Succeeded,Failed"), succeed("C", "A:Skipped,Failed")))
            .isEqualTo("Succeeded: Failed A, Succeeded B, Succeeded C");
    }

    @Test
    void severalDependenciesMustAllHold() {
        assertThat(run(succeed("A", ""), fail("B", ""), succeed("C", "A:Succeeded B:Succeeded"), succeed("D", "A:Succeeded B:Failed")))
            .isEqualTo("Failed: Succeeded A, Failed B, Skipped C, Succeeded D");
    }

    @Test
    void genericErrorHandlerRunsOnlyForTheLastOfAChain() {
        assertThat(run(fail("A", ""), succeed("B", "A:Succeeded"), succeed("C", "B:Failed,Skipped")))
            .isEqualTo("Succeeded: Failed A, Skipped B, Succeeded C");
    }

    @Test
    void failureOfAnyLeafFailsThePipeline() {
        assertThat(run(succeed("A", ""), fail("B", ""))).isEqualTo("Failed: Succeeded A, Failed B");
    }

    @Test
    void tellsWhichTargetFailed() {
        assertThat(factory.activities("p", fail("A", "")).run("p").message()).isEqualTo("Operation on target A failed: broken A");
    }

    @Test
    void emptyPipelineSucceeds() {
        assertThat(factory.activities("p").run("p").status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void inactiveActivitiesAreMarkedWithoutRunning() {
        assertThat(run(
            activity("A", "Fail", "", "", "'state': 'Inactive'"),
            activity("B", "Fail", "", "", "'state': 'Inactive', 'onInactiveMarkAs': 'Failed'"),
            activity("C", "Fail", "", "", "'state': 'Inactive', 'onInactiveMarkAs': 'Skipped'"),
            succeed("D", "A:Succeeded B:Failed C:Skipped")))
            .isEqualTo("Succeeded: Inactive A, Inactive B, Inactive C, Succeeded D");
    }

    @Test
    void inactiveActivityHasNoOutput() {
        RunRecord run = factory.activities("p",
            activity("A", "Wait", "", "", "'state': 'Inactive'"),
            activity("B", "SetVariable", "A:Succeeded", "'variableName': 'text', 'value': '@activity(`A`).status'"),
            activity("C", "SetVariable", "B:Succeeded", "'variableName': 'text', 'value': '@activity(`A`).output.x'")).run("p");
        assertThat(TestFactory.activity(run, "B").output().path("value").asString()).isEqualTo("Inactive");
        assertThat(TestFactory.activity(run, "C").error().path("errorCode").asString()).isEqualTo("InvalidTemplate");
    }

    @Test
    void refusesActivitiesThatWaitForEachOther() {
        assertThatThrownBy(() -> run(succeed("A", "B:Succeeded"), succeed("B", "A:Succeeded"))).hasMessageContaining("waits for itself");
    }

    @Test
    void refusesDependencyOnNothing() {
        assertThatThrownBy(() -> run(succeed("Load", ""), succeed("B", "Loda:Succeeded"))).hasMessageContaining("did you mean 'Load'?");
    }

    @Test
    void unknownActivityTypeFailsWithTheNearestName() {
        RunRecord run = factory.activities("p", activity("A", "Wiat", "", "")).run("p");
        assertThat(run.message()).contains("There is no activity type 'Wiat'", "did you mean 'Wait'?");
    }

    @Test
    void aDataFlowThatDoesNotExistFailsByName() {
        RunRecord run = factory.activities("p", activity("A", "ExecuteDataFlow", "",
            "\"dataflow\": {\"referenceName\": \"Nothing\", \"type\": \"DataFlowReference\"}")).run("p");
        assertThat(run.message()).contains("Nothing");
    }
}
