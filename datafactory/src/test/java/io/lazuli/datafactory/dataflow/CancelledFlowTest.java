package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.connector.DatasetResolver;
import io.lazuli.datafactory.connector.LinkedServiceResolver;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CancelledFlowTest {
    /** What begins is told at once that it is not wanted any more. */
    private static final Execution CANCELLED = new Execution() {
        @Override
        public void progress(long rows, long bytes) {
        }

        @Override
        public void onCancel(Runnable action) {
            action.run();
        }
    };

    @TempDir
    private Path folder;

    @Test
    void aFlowThatGoesOnAfterFailedSinksStopsWhenItIsCancelled() {
        FlowWorld world = new FlowWorld(folder).csv("in", "in", "").csv("first", "first", "").csv("second", "second", "");
        world.file("in/a.csv", "id\n1\n");
        world.flow("f", List.of("s=in"), List.of("one=first", "two=second"), """
            source(output(id as integer), allowSchemaDrift: false) ~> s
            s filter(id > 0) ~> some
            some sink(saveOrder: 1, partitionFileNames: ['x.csv']) ~> one
            some sink(saveOrder: 2, partitionFileNames: ['x.csv']) ~> two""");
        try (LocalServices services = world.services();
                FlowRun run = FlowRun.open(services, flow(services), settings(services, CANCELLED))) {
            assertThatThrownBy(run::write).isInstanceOfSatisfying(LazuliException.class, e ->
                assertThat(e.code()).isEqualTo(CommonError.CANCELLED));
        }
        assertThat(world.files()).containsExactly("in/a.csv");
    }

    private static FlowDefinition flow(LocalServices services) {
        return FlowDefinition.of(services.workspace().dataFlow("f", Place.UNKNOWN));
    }

    private static FlowSettings settings(LocalServices services, Execution execution) {
        Scope scope = Scope.at(services.clock().instant());
        DatasetResolver datasets = new DatasetResolver(services.workspace(), services.configuration());
        LinkedServiceResolver linkedServices = new LinkedServiceResolver(services.workspace(), services.configuration());
        return new FlowSettings(JsonMapper.shared().createObjectNode(), JsonMapper.shared().createObjectNode(),
            reference -> datasets.resolve(reference, scope), reference -> linkedServices.resolve(reference, scope), "run", execution,
            Place.UNKNOWN, "f", false, true);
    }
}
