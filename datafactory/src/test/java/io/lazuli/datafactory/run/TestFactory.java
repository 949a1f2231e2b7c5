package io.lazuli.datafactory.run;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.standard.StandardActivities;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A factory of a test: pipelines written as JSON, single quotes for double ones, run for real. */
final class TestFactory {
    static final JsonMapper JSON = LocalServices.mapper();

    private final Path folder;
    private final List<ActivityType> types = new ArrayList<>(StandardActivities.all());
    private RunListener listener = RunListener.NOBODY;

    TestFactory(Path folder) {
        this.folder = folder;
    }

    /** Writes a pipeline; {@code properties} is what stands in {@code properties}. */
    TestFactory pipeline(String name, String properties) {
        return file("pipeline/" + name + ".json", "{'name': '" + name + "', 'properties': {" + properties + "}}");
    }

    /** A pipeline of activities only, with a variable of each type. */
    TestFactory activities(String name, String... activities) {
        return pipeline(name, "'variables': {'text': {'type': 'String'}, 'list': {'type': 'Array'}, 'flag': {'type': 'Boolean'}, "
            + "'count': {'type': 'Integer'}}, 'activities': [" + String.join(", ", activities) + "]");
    }

    TestFactory file(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path.endsWith(".json") ? text.replace('\'', '"').replace('`', '\'') : text);
            return this;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Adds an activity type that only tests have. */
    TestFactory type(String name, Activity activity) {
        types.add(new ActivityType() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Shape typeProperties() {
                return Shape.ANYTHING;
            }

            @Override
            public Activity create(ActivityDefinition definition) {
                return activity;
            }
        });
        return this;
    }

    TestFactory listener(RunListener hears) {
        listener = hears;
        return this;
    }

    Path data() {
        return folder.resolve(".lazuli");
    }

    PipelineRunner runner() {
        return new PipelineRunner(services(), types, listener);
    }

    LocalServices services() {
        return new LocalServices(WorkspaceLoader.load(folder), ConfigurationFile.load(folder), data(), () -> {
            throw new IllegalStateException("These tests need no engine");
        }, Clock.systemUTC(), System::getenv);
    }

    RunRecord run(String pipeline) {
        return run(pipeline, "{}");
    }

    RunRecord run(String pipeline, String parameters) {
        try (PipelineRunner runner = runner()) {
            return runner.run(request(pipeline, parameters));
        }
    }

    static RunRequest request(String pipeline, String parameters) {
        return RunRequest.manual(UUID.randomUUID().toString(), pipeline, (ObjectNode) json(parameters), Clock.systemUTC().instant());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"').replace('`', '\''));
    }

    /** An activity; {@code depends} such as {@code A:Failed,Skipped B:Succeeded}, empty for none. */
    static String activity(String name, String type, String depends, String properties, String... more) {
        StringBuilder dependsOn = new StringBuilder();
        for (String dependency : depends.isEmpty() ? new String[0] : depends.split(" ")) {
            String[] parts = dependency.split(":");
            dependsOn.append(dependsOn.isEmpty() ? "" : ", ").append("{'activity': '").append(parts[0])
                .append("', 'dependencyConditions': ['").append(parts[1].replace(",", "', '")).append("']}");
        }
        return "{'name': '" + name + "', 'type': '" + type + "', 'dependsOn': [" + dependsOn + "], 'typeProperties': {" + properties + "}"
            + (more.length == 0 ? "" : ", " + String.join(", ", more)) + "}";
    }

    static String succeed(String name, String depends) {
        return activity(name, "SetVariable", depends, "'variableName': 'text', 'value': '" + name + "'");
    }

    static String fail(String name, String depends) {
        return activity(name, "Fail", depends, "'message': 'broken " + name + "', 'errorCode': '42'");
    }

    static ActivityRecord activity(RunRecord run, String key) {
        return run.activity(key).orElseThrow(() -> new AssertionError("No activity run '" + key + "' among "
            + run.activities().stream().map(ActivityRecord::key).toList()));
    }

    /** {@code Succeeded A, Failed B} in the order of the keys. */
    static String statuses(RunRecord run) {
        return String.join(", ", run.activities().stream().sorted(java.util.Comparator.comparing(ActivityRecord::key))
            .map(activity -> activity.statusLabel() + " " + activity.key()).toList());
    }
}
