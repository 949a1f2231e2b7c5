package io.lazuli.cli.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.connector.DatasetResolver;
import io.lazuli.datafactory.connector.LinkedServiceResolver;
import io.lazuli.datafactory.dataflow.FlowDefinition;
import io.lazuli.datafactory.dataflow.FlowRun;
import io.lazuli.datafactory.dataflow.FlowSettings;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which data flow a command works on, and with which parameters. */
final class FlowOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private WorkspaceOptions options;

    @Mixin
    private EngineOptions engine;

    @Parameters(paramLabel = "FLOW", description = "The data flow's name.")
    private String name;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of the flow: an expression of data flows such as 5 or "
        + "toDate('2024-01-31'); for a parameter of type string also the text itself. May be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--dataset-param", paramLabel = "STREAM.NAME=VALUE",
        description = "A parameter of the dataset of a source or sink. May be repeated.")
    private Map<String, String> datasetParameters = new LinkedHashMap<>();

    @Option(names = "--linked-service-param", paramLabel = "STREAM.NAME=VALUE",
        description = "A parameter of the linked service of an inline source or sink. May be repeated.")
    private Map<String, String> linkedServiceParameters = new LinkedHashMap<>();

    String name() {
        return name;
    }

    /** The services of this process; the caller closes them. */
    LocalServices services() {
        DuckDbEngine.load();
        return options.services(engine);
    }

    /** The flow with its sources open; the caller closes it. */
    FlowRun open(LocalServices services, Execution execution) {
        return open(services, execution, definition(services));
    }

    /** The same, of what a stream or sink needs. */
    FlowRun open(LocalServices services, Execution execution, String stream) {
        return open(services, execution, definition(services).upTo(stream));
    }

    private FlowDefinition definition(LocalServices services) {
        ObjectNode linkedServices = JsonMapper.shared().createObjectNode();
        byStream("--linked-service-param", linkedServiceParameters).properties()
            .forEach(stream -> linkedServices.putObject(stream.getKey()).set("linkedService", stream.getValue()));
        return FlowDefinition.of(services.workspace().dataFlow(name, Place.UNKNOWN))
            .withLinkedServiceParameters(linkedServices, Place.UNKNOWN);
    }

    private FlowRun open(LocalServices services, Execution execution, FlowDefinition definition) {
        Scope scope = Scope.at(services.clock().instant());
        DatasetResolver datasets = new DatasetResolver(services.workspace(), services.configuration());
        LinkedServiceResolver linkedServices = new LinkedServiceResolver(services.workspace(), services.configuration());
        FlowSettings settings = new FlowSettings(given(), byStream("--dataset-param", datasetParameters),
            reference -> datasets.resolve(reference, scope),
            reference -> linkedServices.resolve(reference, scope), UUID.randomUUID().toString(), execution, Place.UNKNOWN,
            "dataflow/" + name, false, false);
        FlowRun run = FlowRun.open(services, definition, settings);
        run.warnings().forEach(warning -> command.commandLine().getErr().println("WARNING " + warning.getMessage()));
        return run;
    }

    private ObjectNode given() {
        ObjectNode given = JsonMapper.shared().createObjectNode();
        parameters.forEach(given::put);
        return given;
    }

    /** {@code STREAM.NAME=VALUE} as an object for each stream. */
    private static ObjectNode byStream(String option, Map<String, String> values) {
        ObjectNode given = JsonMapper.shared().createObjectNode();
        values.forEach((path, value) -> {
            int dot = path.indexOf('.');
            if (dot <= 0) {
                throw failure(CommonError.INVALID_ARGUMENT, "%s is STREAM.NAME=VALUE, not '%s=%s'", option, path, value);
            }
            JsonNode of = given.path(path.substring(0, dot));
            ObjectNode stream = of instanceof ObjectNode there ? there : given.putObject(path.substring(0, dot));
            stream.put(path.substring(dot + 1), value);
        });
        return given;
    }
}
