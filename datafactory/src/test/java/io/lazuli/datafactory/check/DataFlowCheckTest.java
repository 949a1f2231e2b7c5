package io.lazuli.datafactory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds in data flows and in the activities that run them. */
class DataFlowCheckTest {
    @TempDir
    private Path folder;
    private CheckedWorkspace workspace;

    @BeforeEach
    void open() {
        workspace = new CheckedWorkspace(folder);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void findsValuesOfOptionsAndPartitionsOfDataFlowsThatDoNotFit() {
        for (String wrong : List.of("keyGenerate(output(sk as long), startAt: 'x')", "sort(asc(id, 5))",
            "filter(id > 0, partitionBy('hsh', 2))")) {
            flow("f", "source(output(id as integer)) ~> s\ns " + wrong + " ~> k\nk sink() ~> out");
            assertThat(workspace.mistakes()).as(wrong).anyMatch(mistake -> mistake.startsWith("ERROR Data flow 'f', line 2: "));
        }
        flow("f", "source(output(id as integer)) ~> s\ns sink(batchSize: 'many') ~> out");
        assertThat(workspace.mistakes()).contains("ERROR Data flow 'f', line 2: Option 'batchSize' is a whole number, not 'many'");
        flow("f", "source(output(id as integer)) ~> s\ns sink(partitionBy('hash', 2, town)) ~> out");
        assertThat(workspace.mistakes()).contains("ERROR Data flow 'f', line 2: Column 'town' is not found; there are [id]");
    }

    @Test
    void findsParametersWhoseColumnsAreNowhere() {
        String script = "parameters{ least as integer (di) }\nsource(output(id as integer)%s) ~> s\n"
            + "s filter(id > $least) ~> f\nf sink() ~> out";
        flow("f", script.formatted(""));
        String found = " Data flow 'f', line 3: Parameter '$least' is di, and nothing that refers to it has its columns: "
            + "Column 'di' is not found; there are [id]; did you mean 'id'?";
        assertThat(workspace.mistakes()).contains("ERROR" + found);
        flow("f", script.formatted(", allowSchemaDrift: true"));
        assertThat(workspace.mistakes()).contains("WARNING" + found);
    }

    @Test
    void readsTheScriptsOfDataFlows() {
        flow("Clean", """
            parameters{
                least as integer
            }
            source(output(id as integer, name as string), allowSchemaDrift: true) ~> s
            s filter(id > $least && lenght(name) > 1) ~> f
            f sink() ~> out""");
        assertThat(workspace.mistakes()).containsExactlyInAnyOrder(
            "ERROR Data flow 'Clean', line 5: Function 'lenght' is not known; did you mean 'length'?",
            "ERROR The data flow 'Clean' has no parameter 'lest'; did you mean 'least'?",
            "ERROR The data flow 'Clean' needs a value for parameter 'least'");
    }

    @Test
    void checksWhatIsGivenToTheDatasetsOfDataFlows() {
        flow("Clean", """
            source(output(id as integer), allowSchemaDrift: true) ~> s
            s sink() ~> out""");
        workspace.dataset("Orders", "Lake", "{'day': {'type': 'string'}, 'hour': {'type': 'int', 'defaultValue': 1}}");
        workspace.pipeline("""
            {"name": "A", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"s": {"day": "@utcNow()", "hour": "early"}, "out": {"dya": "x"}, "oud": {}}}}},
            {"name": "B", "type": "ExecuteDataFlow", "typeProperties": {}}""");
        assertThat(workspace.mistakes()).containsExactlyInAnyOrder(
            "ERROR Parameter 'hour' of the dataset 'Orders' of 's' is of type int, and \"early\" is not",
            "ERROR The dataset 'Orders' of 'out' has no parameter 'dya'; did you mean 'day'?",
            "ERROR The dataset 'Orders' of 'out' needs a value for parameter 'day'",
            "WARNING The data flow 'Clean' has no source or sink 'oud'; did you mean 'out'?",
            "ERROR An ExecuteDataFlow needs the property 'dataflow'");
    }

    @Test
    void valuesForDataFlowsThatAnExpressionGivesAreKnownWhenItRuns() {
        flow("Clean", """
            source(output(id as integer), allowSchemaDrift: true) ~> s
            s sink() ~> out""");
        workspace.dataset("Orders", "Lake", "{'day': {'type': 'string'}}");
        workspace.pipeline("""
            {"name": "A", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"value": "@json('{}')", "type": "Expression"}}}},
            {"name": "B", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": "@json('{}')", "linkedServiceParameters": "@json('{}')"}}},
            {"name": "C", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"s": {"value": "@json('{}')", "type": "Expression"}, "out": "@json('{}')"},
              "linkedServiceParameters": {"s": {}, "oud": {}}}}}""");
        assertThat(workspace.mistakes()).containsExactly(
            "ERROR linkedServiceParameters: data flow 'Clean' has no 'oud'; did you mean 'out'?");
    }

    @Test
    void knowsTheColumnsOfDataFlows() {
        flow("Clean", """
            source(output(id as integer, name as string), allowSchemaDrift: true) ~> s
            s derive(upper = upper(nam), other = toString(byName('drifted'))) ~> d
            d sink() ~> out
            d sink() ~> more""");
        assertThat(workspace.mistakes()).contains(
            "ERROR Data flow 'Clean', line 2: Column 'nam' is not found; there are [id, name]; did you mean 'name'?",
            "ERROR Data flow 'Clean', line 4: The sink 'more' has neither a dataset nor a linked service among the flow's sinks");
    }

    @Test
    void onlyWarnsWhereTheDataTellsTheColumns() {
        flow("Clean", """
            source(allowSchemaDrift: true) ~> s
            s filter(id > 1) ~> f
            f sink() ~> out""");
        assertThat(workspace.mistakes())
            .anyMatch(finding -> finding.startsWith("WARNING Data flow 'Clean', line 2: Column 'id' is not found"));
    }

    private void flow(String name, String script) {
        workspace.linkedService("Lake", "AzureBlobFS");
        workspace.dataset("Orders", "Lake", "{'day': {'type': 'string', 'defaultValue': 'x'}}");
        workspace.write("dataflow/" + name + ".json", """
            {"name": "%s", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "dataset": {"referenceName": "Orders", "type": "DatasetReference"}}],
              "sinks": [{"name": "out", "dataset": {"referenceName": "Orders", "type": "DatasetReference"}}],
              "scriptLines": [%s]}}}""".formatted(name,
            script.lines().map(line -> "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"").collect(Collectors.joining(", "))));
        workspace.pipeline("""
            {"name": "Run it", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "%s",
              "type": "DataFlowReference", "parameters": {"lest": "5"}}}}""".formatted(name));
    }
}
