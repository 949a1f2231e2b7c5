package io.lazuli.datafactory.check;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A workspace of a test, of which it is told what the check finds. */
final class CheckedWorkspace implements AutoCloseable {
    private final Path folder;
    private DuckDbEngine engine;

    CheckedWorkspace(Path folder) {
        this.folder = folder;
    }

    private DuckDbEngine engine() {
        if (engine == null) {
            engine = new DuckDbEngine(DuckDbSettings.of(folder.resolve(".lazuli")));
        }
        return engine;
    }

    List<Finding> check() {
        return check(folder);
    }

    /** What is found in another workspace: a folder, or the template of one. */
    List<Finding> check(Path workspace) {
        return new Checker(WorkspaceLoader.load(workspace), LazuliConfiguration.STANDARD, this::engine).check();
    }

    /** The errors with their codes. */
    List<String> errors() {
        return check().stream().filter(finding -> finding.severity() == Severity.ERROR)
            .map(finding -> finding.code().name() + " " + finding.message()).toList();
    }

    /** The first lines of errors and warnings. */
    List<String> mistakes() {
        return check().stream().filter(finding -> finding.severity() != Severity.INFO)
            .map(finding -> finding.severity() + " " + finding.message().lines().findFirst().orElse("")).toList();
    }

    /** The pipeline {@code Load}, with activities in JSON. */
    void pipeline(String activities) {
        write("pipeline/Load.json", "{\"name\": \"Load\", \"properties\": {\"activities\": [" + activities + "]}}");
    }

    void linkedService(String name, String type) {
        write("linkedService/" + name + ".json",
            "{\"name\": \"" + name + "\", \"properties\": {\"type\": \"" + type + "\", \"typeProperties\": {}}}");
    }

    /** A dataset of JSON files; its parameters may have single quotes for double ones. */
    void dataset(String name, String linkedService, String parameters) {
        write("dataset/" + name + ".json", "{\"name\": \"" + name + "\", \"properties\": {\"type\": \"Json\", \"parameters\": "
            + parameters.replace('\'', '"') + ", \"linkedServiceName\": {\"referenceName\": \"" + linkedService
            + "\", \"type\": \"LinkedServiceReference\"}, \"typeProperties\": {\"location\": {\"type\": \"AzureBlobFSLocation\"}}}}");
    }

    void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
