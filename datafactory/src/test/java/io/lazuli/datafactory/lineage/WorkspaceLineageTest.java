package io.lazuli.datafactory.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lineage of the retail example. */
class WorkspaceLineageTest {
    private final Workspace retail = WorkspaceLoader.load(Path.of("../examples/retail"));
    private final WorkspaceLineage lineage = new WorkspaceLineage(retail, () -> {
        throw new AssertionError("no constant of these flows needs an engine");
    });

    @Test
    void followsADataFlow() {
        LineageStep.Target target = lineage.ofDataFlow("click_visits").getFirst().targets().getFirst();
        assertThat(target.dataset()).isEqualTo("marts_csv");
        assertThat(target.lineage().of("session")).isEqualTo(Map.of(new Origin("landing_json", "session"), Influence.IDENTITY));
        assertThat(target.lineage().of("ended")).isEqualTo(Map.of(new Origin("landing_json", "time"), Influence.AGGREGATION));
        assertThat(target.lineage().rows()).containsExactly(new Origin("landing_json", "session"), new Origin("landing_json", "time"));
    }

    @Test
    void namesADeltaTableByItsFolder() {
        assertThat(lineage.ofDataFlow("customer_table").getFirst().targets().getFirst().dataset())
            .isEqualTo("retaillake/lakehouse/customers");
        assertThat(lineage.ofDataFlow("customers_by_country").getFirst().targets().getFirst().lineage().of("country"))
            .isEqualTo(Map.of(new Origin("retaillake/lakehouse/customers", "country"), Influence.IDENTITY));
    }

    @Test
    void tellsTheStepsOfAPipelineAndOfThoseThatItCalls() {
        List<LineageStep> steps = lineage.ofPipeline("daily_sales");
        assertThat(steps).extracting(LineageStep::name)
            .contains("Load customers", "Stage as Parquet", "Load orders", "Clear staging table");
        assertThat(steps).filteredOn(step -> step.type().equals("Script")).allMatch(step -> step.targets().isEmpty());
        LineageStep staged = steps.stream().filter(step -> step.name().equals("Stage as Parquet")).findFirst().orElseThrow();
        assertThat(staged.targets().getFirst().lineage().columns()).containsOnlyKeys(LineageStep.ALL);
    }
}
