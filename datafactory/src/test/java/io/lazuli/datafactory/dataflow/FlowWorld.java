package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.connector.sql.SqlBatch;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.PipelineRunner;
import io.lazuli.datafactory.run.RunListener;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.run.RunStatus;
import io.lazuli.datafactory.standard.StandardActivities;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.languages.tsql.session.BatchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A workspace of a test with a lake, a database and data flows, which a pipeline runs for real. */
final class FlowWorld {
    static final String DATABASE = "flows.database.windows.net/shop";
    /** The source of the files of {@link #withPeople}. */
    static final String PEOPLE = "source(output(id as integer, name as string), allowSchemaDrift: false) ~> s\n";

    private final Path folder;

    FlowWorld(Path folder) {
        this.folder = folder;
        json("linkedService/lake", """
            {"name": "lake", "properties": {"type": "AzureBlobFS", "typeProperties": {"url": "https://flows.dfs.core.windows.net"}}}""");
        json("linkedService/db", """
            {"name": "db", "properties": {"type": "AzureSqlDatabase", "typeProperties": {
              "connectionString": "Server=tcp:flows.database.windows.net;Initial Catalog=shop"}}}""");
    }

    /** One with three people in a file of the folder {@code in}, datasets for them and for two more folders, and one for a table. */
    static FlowWorld withPeople(Path folder) {
        return new FlowWorld(folder).csv("in", "in", "").csv("out", "out", "").csv("more", "more", "").table("people", "people")
            .file("in/a.csv", "id,name\n1,Ann\n2,Bob\n3,Cy\n");
    }

    void json(String path, String text) {
        write(folder.resolve(path + ".json"), text);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path lake() {
        return folder.resolve(".lazuli/lake/flows/data");
    }

    FlowWorld file(String path, String text) {
        write(lake().resolve(path), text);
        return this;
    }

    String text(String path) {
        try {
            return Files.readString(lake().resolve(path)).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of the lake's container, by path. */
    List<String> files() {
        try (Stream<Path> all = Files.walk(lake())) {
            return all.filter(Files::isRegularFile).map(file -> lake().relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder of CSV files with a header; more properties begin with a comma. */
    FlowWorld csv(String name, String folderPath, String more) {
        json("dataset/" + name, """
            {"name": "%s", "properties": {"type": "DelimitedText", "linkedServiceName": {"referenceName": "lake",
              "type": "LinkedServiceReference"}, "typeProperties": {"location": {"type": "AzureBlobFSLocation", "fileSystem": "data",
              "folderPath": "%s"}, "columnDelimiter": ",", "firstRowAsHeader": true%s}}}""".formatted(name, folderPath, more));
        return this;
    }

    FlowWorld dataset(String name, String type, String folderPath) {
        json("dataset/" + name, """
            {"name": "%s", "properties": {"type": "%s", "linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
              "typeProperties": {"location": {"type": "AzureBlobFSLocation", "fileSystem": "data", "folderPath": "%s"}}}}"""
            .formatted(name, type, folderPath));
        return this;
    }

    FlowWorld table(String name, String table) {
        json("dataset/" + name, """
            {"name": "%s", "properties": {"type": "AzureSqlTable", "linkedServiceName": {"referenceName": "db",
              "type": "LinkedServiceReference"}, "typeProperties": {"schema": "dbo", "table": "%s"}}}""".formatted(name, table));
        return this;
    }

    /** A flow whose sources and sinks are {@code name=dataset}, or {@code name} for one without. */
    FlowWorld flow(String name, List<String> sources, List<String> sinks, String script) {
        return flow(name, sources, sinks, "", script);
    }

    /** {@code library} is the name of one whose functions the script calls, or empty. */
    FlowWorld flow(String name, List<String> sources, List<String> sinks, String library, String script) {
        ObjectNode flow = JsonMapper.shared().createObjectNode().put("name", name);
        ObjectNode properties = flow.putObject("properties").put("type", "MappingDataFlow").putObject("typeProperties");
        ends(properties.putArray("sources"), sources);
        ends(properties.putArray("sinks"), sinks);
        properties.putArray("transformations");
        if (!library.isEmpty()) {
            properties.putArray("udfLibraries").addObject().put("referenceName", library).put("type", "DataFlowReference");
        }
        ArrayNode lines = properties.putArray("scriptLines");
        script.lines().forEach(lines::add);
        json("dataflow/" + name, flow.toPrettyString());
        return this;
    }

    private static void ends(ArrayNode array, List<String> ends) {
        for (String end : ends) {
            String[] parts = end.split("=");
            ObjectNode json = array.addObject().put("name", parts[0]);
            if (parts.length > 1 && parts[1].equals("lake")) {
                json.putObject("linkedService").put("referenceName", "lake").put("type", "LinkedServiceReference");
            } else if (parts.length > 1) {
                json.putObject("rejectedDataLinkedService").put("referenceName", "lake").put("type", "LinkedServiceReference");
                json.putObject("dataset").put("referenceName", parts[1]).put("type", "DatasetReference");
            }
        }
    }

    /** Runs a flow from a pipeline. */
    RunRecord run(String flow, String parameters) {
        return run(flow, parameters, "");
    }

    /** More properties of the activity begin with a comma. */
    RunRecord run(String flow, String parameters, String more) {
        json("pipeline/p", """
            {"name": "p", "properties": {"parameters": {"who": {"type": "String", "defaultValue": "Ann"}}, "activities": [
              {"name": "Flow", "type": "ExecuteDataFlow", "dependsOn": [], "typeProperties": {"dataflow": {"referenceName": "%s",
                "type": "DataFlowReference", "parameters": %s}, "compute": {"coreCount": 8, "computeType": "General"}%s}}]}}"""
            .formatted(flow, parameters, more));
        try (LocalServices services = services(); PipelineRunner runner =
            new PipelineRunner(services, StandardActivities.all(), RunListener.NOBODY)) {
            return runner.run(RunRequest.manual(UUID.randomUUID().toString(), "p", JsonMapper.shared().createObjectNode(),
                Clock.systemUTC().instant()));
        }
    }

    RunRecord run(String flow) {
        return run(flow, "{}");
    }

    /** Runs a flow; a run that fails fails the test. */
    void succeed(String flow) {
        succeed(flow, "{}");
    }

    void succeed(String flow, String parameters) {
        RunRecord run = run(flow, parameters);
        assertThat(run.message()).isEmpty();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** The activity's output; a run that fails fails the test. */
    JsonNode output(String flow, String parameters) {
        RunRecord run = run(flow, parameters);
        return run.activities().stream().filter(activity -> activity.name().equals("Flow")).findFirst()
            .orElseThrow(() -> new AssertionError(run.message())).output();
    }

    LocalServices services() {
        return new LocalServices(WorkspaceLoader.load(folder), ConfigurationFile.load(folder), folder.resolve(".lazuli"),
            () -> new DuckDbEngine(DuckDbSettings.of(folder.resolve(".lazuli"))), Clock.systemUTC(), System::getenv);
    }

    /** Runs T-SQL in the database and gives the last result's rows. */
    List<String> sql(String script) {
        try (LocalServices services = services()) {
            BatchResult result = services.databases().local(DATABASE).run(new SqlBatch(script, Map.of(), Optional.empty(), 1000),
                Execution.UNWATCHED);
            return result.resultSets().isEmpty() ? List.of() : result.resultSets().getLast().rows().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|"))).toList();
        }
    }
}
