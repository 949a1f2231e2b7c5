package io.lazuli.cli.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli run PIPELINE}. */
@Command(name = "run", description = "Runs a pipeline.", mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Mixin
    private EngineOptions engine;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String pipeline;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter; arrays and objects as JSON. May be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--params", paramLabel = "FILE", description = "A JSON file with an object of parameters.")
    private Path parametersFile;

    @Option(names = "--output", description = "text (default) or json: the run with its activities when it has ended.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        return new Session(spec, options, engine, output).run((runner, services, ended) -> {
            ObjectNode given = given(services.json());
            ended.add(runner.run(RunRequest.manual(UUID.randomUUID().toString(), pipeline, given, services.clock().instant())));
        });
    }

    private ObjectNode given(JsonMapper json) {
        ObjectNode given = parametersFile == null ? json.createObjectNode() : read(json);
        parameters.forEach(given::put);
        return given;
    }

    private ObjectNode read(JsonMapper json) {
        try {
            if (json.readTree(Files.readString(parametersFile)) instanceof ObjectNode object) {
                return object;
            }
            throw failure(CommonError.INVALID_ARGUMENT, Place.of(parametersFile, null), "Parameters are a JSON object of names and values");
        } catch (JacksonException problem) {
            throw failure(CommonError.SYNTAX_ERROR, Place.of(parametersFile, null)
                .within(problem.getLocation().getLineNr(), problem.getLocation().getColumnNr()), "This is not JSON: %s",
                problem.getOriginalMessage(), problem);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(parametersFile, null), "The file cannot be read: %s", problem.getMessage(),
                problem);
        }
    }
}
