package io.lazuli.datafactory.run;

import static io.lazuli.datafactory.run.TestFactory.activity;

import io.lazuli.datafactory.activity.ActivityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The process that {@link KillTest} kills: runs the pipeline {@code main} of a folder, or resumes the run that is interrupted there. */
public final class KilledRun {
    private KilledRun() {
    }

    /** Writes the pipelines: loops, variables, branches, a called pipeline, and files as effects. */
    static TestFactory factory(Path folder) {
        String effect = activity("Effect", "Effect", "", "'text': '@{item()}'");
        String append = activity("Add", "AppendVariable", "Effect:Succeeded", "'variableName': 'list', 'value': '@item()'");
        TestFactory factory = new TestFactory(folder);
        factory.activities("child", activity("Loop", "ForEach", "", "'isSequential': true, 'items': '@range(0, 6)', 'activities': ["
            + effect + ", " + append + "]"),
            activity("Return", "SetVariable", "Loop:Succeeded", "'variableName': 'pipelineReturnValue', 'setSystemVariable': true, "
                + "'value': [{'key': 'sum', 'value': {'type': 'Expression', 'content': '@length(variables(`list`))'}}]"));
        factory.activities("main",
            activity("Moment", "SetVariable", "", "'variableName': 'text', 'value': '@guid()'"),
            activity("Each", "ForEach", "Moment:Succeeded", "'batchCount': 4, 'items': '@range(0, 16)', 'activities': ["
                + effect + ", " + append + "]"),
            activity("Ordered", "ForEach", "Each:Succeeded", "'isSequential': true, 'items': '@range(100, 8)', 'activities': [" + append
                .replace("{'activity': 'Effect', 'dependencyConditions': ['Succeeded']}", "") + "]"),
            activity("Call", "ExecutePipeline", "Ordered:Succeeded", "'pipeline': {'referenceName': 'child'}, 'waitOnCompletion': true"),
            activity("Again", "Until", "Call:Succeeded", "'expression': '@greaterOrEquals(variables(`count`), 3)', 'activities': ["
                + activity("Next", "SetVariable", "", "'variableName': 'count', 'value': '@add(length(variables(`counted`)), 1)'") + ", "
                + activity("Keep", "AppendVariable", "Next:Succeeded", "'variableName': 'counted', 'value': '@variables(`count`)'") + "]"),
            activity("End", "SetVariable", "Again:Succeeded", "'variableName': 'flag', 'value': '@equals("
                + "activity(`Call`).output.pipelineReturnValue.sum, 6)'"));
        Path file = folder.resolve("pipeline/main.json");
        try {
            Files.writeString(file, Files.readString(file).replace("\"variables\": {",
                "\"variables\": {\"counted\": {\"type\": \"Array\"}, "));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return factory.type("Effect", KilledRun::effect);
    }

    /** Writes one file per activity run; its name is the effect's key, so that doing it again changes nothing. */
    private static ObjectNode effect(ActivityContext context) {
        return context.once("write", () -> {
            try {
                Path folder = Files.createDirectories(context.services().dataDirectory().resolve("effects"));
                Files.writeString(folder.resolve(context.activityRunId()), context.properties().path("text").asString());
                return context.services().json().createObjectNode().put("written", context.properties().path("text").asString());
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    public static void main(String[] arguments) {
        TestFactory factory = factory(Path.of(arguments[0]));
        try (PipelineRunner runner = factory.runner()) {
            RunRecord known = new RunStore(factory.data(), TestFactory.JSON).list().stream()
                .filter(run -> run.request().parent() == null).findFirst().orElse(null);
            if (known == null) {
                runner.run(RunRequest.manual(UUID.randomUUID().toString(), "main", TestFactory.JSON.createObjectNode(),
                    Clock.systemUTC().instant()));
            } else {
                runner.resume(known.request().runId(), false);
            }
        }
    }
}
