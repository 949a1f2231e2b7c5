package io.lazuli.datafactory.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckerTest {
    private static DuckDbEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open(@TempDir Path data) {
        engine = new DuckDbEngine(DuckDbSettings.of(data));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void findsNothingInTheExample() {
        Workspace retail = WorkspaceLoader.load(Path.of("../examples/retail"));
        assertThat(new Checker(retail, LazuliConfiguration.STANDARD, () -> engine).check()).isEmpty();
    }

    @Test
    void reportsBrokenReferencesWithTheNearestName() throws IOException {
        linkedService("Lake", "AzureBlobFS");
        dataset("Orders", "Lake", "{}");
        dataset("Customers", "Lak", "{}");
        pipeline("""
            {"name": "Copy", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Order", "type": "DatasetReference"}}},
            {"name": "Call", "type": "ExecutePipeline",
             "typeProperties": {"pipeline": {"referenceName": "Lod", "type": "PipelineReference"}}},
            {"name": "Flow", "type": "ExecuteDataFlow",
             "typeProperties": {"dataflow": {"referenceName": "F", "type": "DataFlowReference"}}}""");

        assertThat(errors()).containsExactly(
            "BROKEN_REFERENCE There is no linked service named 'Lak' in the workspace; did you mean 'Lake'?",
            "BROKEN_REFERENCE There is no dataset named 'Order' in the workspace; did you mean 'Orders'?",
            "BROKEN_REFERENCE There is no pipeline named 'Lod' in the workspace; did you mean 'Load'?",
            "BROKEN_REFERENCE There is no data flow named 'F' in the workspace");
    }

    @Test
    void reportsParametersThatAreMissingUnknownOrMistyped() throws IOException {
        linkedService("Lake", "AzureBlobFS");
        dataset("Orders", "Lake", "{'day': {'type': 'string'}, 'count': {'type': 'int', 'defaultValue': 1}}");
        pipeline("""
            {"name": "A", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"dya": "x"}}}},
            {"name": "B", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"day": "@utcNow()", "count": "many"}}}}""");

        assertThat(errors()).containsExactly(
            "MISSING_PARAMETER The dataset 'Orders' needs a value for parameter 'day'",
            "UNKNOWN_PARAMETER The dataset 'Orders' has no parameter 'dya'; did you mean 'day'?",
            "WRONG_TYPE Parameter 'count' of the dataset 'Orders' is of type int, and \"many\" is not");
    }

    @Test
    void sparesWhatOnlyTheDeploymentOfATemplateWillTell() throws IOException {
        Path template = folder.resolve("template.json");
        Files.writeString(template, """
            {"parameters": {"settings": {"type": "object"}, "declared": {"type": "object"}}, "resources": [
             {"name": "f/Load", "type": "Microsoft.DataFactory/factories/pipelines", "properties": {
              "parameters": "[parameters('declared')]", "activities": [
               {"name": "A", "type": "Copy", "typeProperties": "[parameters('settings')]"},
               {"name": "B", "type": "Fail",
                "typeProperties": {"message": "@pipeline().parameters.some", "errorCode": "@wrong()"}}]}}]}""");

        List<Finding> findings = new Checker(WorkspaceLoader.load(template), LazuliConfiguration.STANDARD, () -> engine).check();

        assertThat(findings).extracting(Finding::message).containsExactly(
            "The template parameter 'declared' has no value", "The template parameter 'settings' has no value",
            "There is no function 'wrong'");
    }

    @Test
    void warnsOfParametersThatWereDeclaredOnce() throws IOException {
        linkedService("Lake", "AzureBlobFS");
        dataset("Orders", "Lake", "{'day': {'type': 'string', 'defaultValue': 'x'}}");
        pipeline("""
            {"name": "A", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"environment": "dev"}}}}""");

        assertThat(check()).filteredOn(finding -> finding.severity() != Severity.INFO)
            .extracting(finding -> finding.severity() + " " + finding.message())
            .containsExactly("WARNING The dataset 'Orders' has no parameter 'environment'");
    }

    @Test
    void reportsMistakesInExpressionsWithTheirPlace() throws IOException {
        pipeline("""
            {"name": "Wait", "type": "Wait", "typeProperties": {"waitTimeInSeconds":
             {"value": "@add(1, 2", "type": "Expression"}}},
            {"name": "Fail", "type": "Fail", "typeProperties": {"message": "@conat('a')", "errorCode": "@{toUpper('a', 'b')}"}}""");

        List<Finding> findings = check();

        assertThat(findings).extracting(finding -> finding.code().name()).containsExactly(
            "SYNTAX_ERROR", "WRONG_ARGUMENT_COUNT", "UNKNOWN_FUNCTION");
        assertThat(findings.get(2).message()).isEqualTo("There is no function 'conat'; did you mean 'concat'?");
        assertThat(findings.get(2).place().jsonPath()).isEqualTo("$.properties.activities[1].typeProperties.message");
        assertThat(findings.get(2).place().position()).contains("1:2");
    }

    @Test
    void reportsNamesThatExpressionsCannotSee() throws IOException {
        pipeline("""
            {"name": "First", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "Beside", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "Then", "type": "Fail", "dependsOn": [{"activity": "First", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {
              "message": "@{activity('first').status} @{activity('Beside').status} @{activity('Fist').status}",
              "errorCode": "@{variables('x')} @{pipeline().parameters.y} @{item()} @{dataset().z}"}}""");

        assertThat(errors()).containsExactly(
            "VARIABLE_NOT_FOUND There is no variable 'x'",
            "PARAMETER_NOT_FOUND There is no parameter 'y'",
            "NOT_AVAILABLE_HERE item() is only available inside ForEach and Filter",
            "NOT_AVAILABLE_HERE dataset() is only available inside a dataset",
            "ACTIVITY_NOT_UPSTREAM The activity 'Beside' need not have run before this one: no chain of dependencies leads to it",
            "ACTIVITY_NOT_FOUND There is no activity 'Fist' in the pipeline; did you mean 'First'?");
    }

    @Test
    void whatRanInsideABranchIsVisibleAfterItButNotWhatRanInALoopOfItems() throws IOException {
        pipeline("""
            {"name": "If", "type": "IfCondition", "typeProperties": {"expression": "@bool(1)", "ifTrueActivities": [
              {"name": "Inner", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}}]}},
            {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
              {"name": "Round", "type": "Wait", "typeProperties": {"waitTimeInSeconds": "@item()"}}]}},
            {"name": "Fail", "type": "Fail", "dependsOn": [{"activity": "If", "dependencyConditions": ["Succeeded"]},
              {"activity": "Each", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"message": "@{activity('Inner').status}", "errorCode": "@{activity('Round').status}"}}""");

        assertThat(errors()).containsExactly(
            "ACTIVITY_NOT_UPSTREAM The activity 'Round' need not have run before this one: no chain of dependencies leads to it");
    }

    @Test
    void reportsCyclesDuplicatesAndUnknownDependencies() throws IOException {
        pipeline("""
            {"name": "A", "type": "Wait", "dependsOn": [{"activity": "B", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "B", "type": "Wait", "dependsOn": [{"activity": "A", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "b", "type": "Wait", "dependsOn": [{"activity": "C", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}}""");

        assertThat(errors()).containsExactly(
            "DEPENDENCY_CYCLE Activities wait for each other: A → B → A",
            "BROKEN_REFERENCE There is no activity 'C' beside this one; did you mean 'A'?",
            "DUPLICATE_NAME The pipeline has another activity named 'b'");
    }

    @Test
    void reportsNestingThatAzureRefuses() throws IOException {
        pipeline("""
            {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
              {"name": "Fine", "type": "Switch", "typeProperties": {"on": "x", "defaultActivities": [
                {"name": "Deep", "type": "IfCondition", "typeProperties": {"expression": "@bool(1)"}}]}},
              {"name": "Again", "type": "Until", "typeProperties": {"expression": "@bool(1)", "activities": []}}]}}""");

        assertThat(errors()).extracting(message -> message.substring(0, message.indexOf(';'))).containsExactly(
            "INVALID_NESTING A Switch cannot hold IfCondition activities",
            "INVALID_NESTING A ForEach cannot hold Until activities");
    }

    @Test
    void checksTheVariablesThatActivitiesSet() throws IOException {
        write("pipeline/Load.json", """
            {"name": "Load", "properties": {"variables": {"n": {"type": "String"}, "list": {"type": "Array"}}, "activities": [
              {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
                {"name": "Set", "type": "SetVariable", "typeProperties": {"variableName": "n", "value": "@concat(variables('n'), 'x')"}}]}},
              {"name": "Number", "type": "SetVariable", "typeProperties": {"variableName": "n", "value": "@add(1, 2)"}},
              {"name": "Append", "type": "AppendVariable", "typeProperties": {"variableName": "n", "value": "x"}},
              {"name": "Unknown", "type": "SetVariable", "typeProperties": {"variableName": "lst", "value": "x"}},
              {"name": "Return", "type": "SetVariable", "typeProperties": {"variableName": "pipelineReturnValue", "setSystemVariable": true,
               "value": []}}]}}""");

        assertThat(check()).extracting(finding -> finding.severity() + " " + finding.code().name()).containsExactly(
            "ERROR SELF_REFERENCE", "WARNING VARIABLE_RACE", "ERROR WRONG_TYPE", "ERROR WRONG_TYPE", "ERROR VARIABLE_NOT_FOUND");
    }

    @Test
    void reportsUnknownTypesAndProperties() throws IOException {
        linkedService("Lake", "AzureBlobFs");
        write("dataset/Orders.json", """
            {"name": "Orders", "properties": {"type": "DelimitedText", "linkedServiceName":
             {"referenceName": "Lake", "type": "LinkedServiceReference"}, "typeProperties": {"columnDelimeter": ",",
              "location": {"type": "AzureBlobFSLocation", "fileSytem": "x"}, "firstRowAsHeader": "maybe"}}}""");
        pipeline("""
            {"name": "A", "type": "Cpy", "dependOn": [], "typeProperties": {}}""");

        assertThat(check()).filteredOn(finding -> finding.severity() != Severity.INFO)
            .extracting(finding -> finding.severity() + " " + finding.message()).containsExactly(
                "WARNING A DelimitedText has no property 'columnDelimeter'; did you mean 'columnDelimiter'?",
                "WARNING 'firstRowAsHeader' of a DelimitedText is expected to be true or false, not \"maybe\"",
                "WARNING A AzureBlobFSLocation has no property 'fileSytem'; did you mean 'fileSystem'?",
                "WARNING There is no type of linked service named 'AzureBlobFs'; did you mean 'AzureBlobFS'?",
                "WARNING An activity has no property 'dependOn'; did you mean 'dependsOn'?",
                "ERROR There is no type of activity named 'Cpy'; did you mean 'Copy'?");
    }

    @Test
    void reportsPipelinesThatCallEachOther() throws IOException {
        call("A", "B");
        call("B", "A");

        assertThat(errors()).containsExactly("PIPELINE_CYCLE Pipelines call each other in a circle: A → B → A");
    }

    @Test
    void tellsWhatIsUnusedAndWhatHasNoLocalForm() throws IOException {
        linkedService("Crm", "Salesforce");
        pipeline("""
            {"name": "Clean", "type": "DatabricksNotebook", "typeProperties": {"notebookPath": "/x"}}""");

        assertThat(check()).extracting(finding -> finding.severity() + " " + finding.message()).containsExactly(
            "INFO Nothing refers to the linked service 'Crm'",
            "INFO Linked service 'Crm' of type Salesforce has no local form until lazuli.yaml gives it a stand-in",
            "INFO 1 activity of type DatabricksNotebook can run through a stand-in only; lazuli.yaml gives none");
    }

    @Test
    void reportsUnreadableFilesAndGoesOn() throws IOException {
        write("pipeline/Broken.json", "{");
        call("A", "Broken");

        assertThat(check()).extracting(finding -> finding.code().name()).containsExactly("MALFORMED_ARTIFACT");
    }

    @Test
    void countsActivitiesAndParametersAgainstAzuresLimits() throws IOException {
        StringBuilder waits = new StringBuilder();
        for (int i = 0; i < 121; i++) {
            waits.append(i == 0 ? "" : ",").append("{\"name\": \"W").append(i)
                .append("\", \"type\": \"Wait\", \"typeProperties\": {\"waitTimeInSeconds\": 1}}");
        }
        pipeline(waits.toString());

        assertThat(errors()).containsExactly("LIMIT_EXCEEDED The pipeline has 121 activities; at most 120 are allowed");
    }

    private List<String> errors() {
        return check().stream().filter(finding -> finding.severity() == Severity.ERROR)
            .map(finding -> finding.code().name() + " " + finding.message()).toList();
    }

    @Test
    void findsValuesOfOptionsAndPartitionsOfDataFlowsThatDoNotFit() throws IOException {
        for (String wrong : List.of("keyGenerate(output(sk as long), startAt: 'x')", "sort(asc(id, 5))",
            "filter(id > 0, partitionBy('hsh', 2))")) {
            flow("f", "source(output(id as integer)) ~> s\ns " + wrong + " ~> k\nk sink() ~> out");
            assertThat(mistakes()).as(wrong).anyMatch(mistake -> mistake.startsWith("ERROR Data flow 'f', line 2: "));
        }
        flow("f", "source(output(id as integer)) ~> s\ns sink(batchSize: 'many') ~> out");
        assertThat(mistakes()).contains("ERROR Data flow 'f', line 2: Option 'batchSize' is a whole number, not 'many'");
        flow("f", "source(output(id as integer)) ~> s\ns sink(partitionBy('hash', 2, town)) ~> out");
        assertThat(mistakes()).contains("ERROR Data flow 'f', line 2: Column 'town' is not found; there are [id]");
    }

    private void flow(String name, String script) throws IOException {
        linkedService("Lake", "AzureBlobFS");
        dataset("Orders", "Lake", "{'day': {'type': 'string', 'defaultValue': 'x'}}");
        write("dataflow/" + name + ".json", """
            {"name": "%s", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "dataset": {"referenceName": "Orders", "type": "DatasetReference"}}],
              "sinks": [{"name": "out", "dataset": {"referenceName": "Orders", "type": "DatasetReference"}}],
              "scriptLines": [%s]}}}""".formatted(name,
            script.lines().map(line -> "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"").collect(Collectors.joining(", "))));
        pipeline("""
            {"name": "Run it", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "%s",
              "type": "DataFlowReference", "parameters": {"lest": "5"}}}}""".formatted(name));
    }

    private List<String> mistakes() {
        return check().stream().filter(finding -> finding.severity() != Severity.INFO)
            .map(finding -> finding.severity() + " " + finding.message().lines().findFirst().orElse("")).toList();
    }

    @Test
    void readsTheScriptsOfDataFlows() throws IOException {
        flow("Clean", """
            parameters{
                least as integer
            }
            source(output(id as integer, name as string), allowSchemaDrift: true) ~> s
            s filter(id > $least && lenght(name) > 1) ~> f
            f sink() ~> out""");
        assertThat(mistakes()).containsExactlyInAnyOrder(
            "ERROR Data flow 'Clean', line 5: Function 'lenght' is not known; did you mean 'length'?",
            "ERROR The data flow 'Clean' has no parameter 'lest'; did you mean 'least'?",
            "ERROR The data flow 'Clean' needs a value for parameter 'least'");
    }

    @Test
    void checksWhatIsGivenToTheDatasetsOfDataFlows() throws IOException {
        flow("Clean", """
            source(output(id as integer), allowSchemaDrift: true) ~> s
            s sink() ~> out""");
        dataset("Orders", "Lake", "{'day': {'type': 'string'}, 'hour': {'type': 'int', 'defaultValue': 1}}");
        pipeline("""
            {"name": "A", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"s": {"day": "@utcNow()", "hour": "early"}, "out": {"dya": "x"}, "oud": {}}}}},
            {"name": "B", "type": "ExecuteDataFlow", "typeProperties": {}}""");
        assertThat(mistakes()).containsExactlyInAnyOrder(
            "ERROR Parameter 'hour' of the dataset 'Orders' of 's' is of type int, and \"early\" is not",
            "ERROR The dataset 'Orders' of 'out' has no parameter 'dya'; did you mean 'day'?",
            "ERROR The dataset 'Orders' of 'out' needs a value for parameter 'day'",
            "WARNING The data flow 'Clean' has no source or sink 'oud'; did you mean 'out'?",
            "ERROR An ExecuteDataFlow needs the property 'dataflow'");
    }

    @Test
    void valuesForDataFlowsThatAnExpressionGivesAreKnownWhenItRuns() throws IOException {
        flow("Clean", """
            source(output(id as integer), allowSchemaDrift: true) ~> s
            s sink() ~> out""");
        dataset("Orders", "Lake", "{'day': {'type': 'string'}}");
        pipeline("""
            {"name": "A", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"value": "@json('{}')", "type": "Expression"}}}},
            {"name": "B", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": "@json('{}')", "linkedServiceParameters": "@json('{}')"}}},
            {"name": "C", "type": "ExecuteDataFlow", "typeProperties": {"dataflow": {"referenceName": "Clean", "type": "DataFlowReference",
              "datasetParameters": {"s": {"value": "@json('{}')", "type": "Expression"}, "out": "@json('{}')"},
              "linkedServiceParameters": {"s": {}, "oud": {}}}}}""");
        assertThat(mistakes()).containsExactly(
            "ERROR linkedServiceParameters: data flow 'Clean' has no 'oud'; did you mean 'out'?");
    }

    @Test
    void knowsTheColumnsOfDataFlows() throws IOException {
        flow("Clean", """
            source(output(id as integer, name as string), allowSchemaDrift: true) ~> s
            s derive(upper = upper(nam), other = toString(byName('drifted'))) ~> d
            d sink() ~> out
            d sink() ~> more""");
        assertThat(mistakes()).contains(
            "ERROR Data flow 'Clean', line 2: Column 'nam' is not found; there are [id, name]; did you mean 'name'?",
            "ERROR Data flow 'Clean', line 4: The sink 'more' has neither a dataset nor a linked service among the flow's sinks");
    }

    @Test
    void onlyWarnsWhereTheDataTellsTheColumns() throws IOException {
        flow("Clean", """
            source(allowSchemaDrift: true) ~> s
            s filter(id > 1) ~> f
            f sink() ~> out""");
        assertThat(mistakes()).anyMatch(finding -> finding.startsWith("WARNING Data flow 'Clean', line 2: Column 'id' is not found"));
    }

    private List<Finding> check() {
        return new Checker(WorkspaceLoader.load(folder), LazuliConfiguration.STANDARD, () -> engine).check();
    }

    private void call(String caller, String called) throws IOException {
        write("pipeline/" + caller + ".json", "{\"name\": \"" + caller + "\", \"properties\": {\"activities\": [{\"name\": \"Call\", "
            + "\"type\": \"ExecutePipeline\", \"typeProperties\": {\"pipeline\": {\"referenceName\": \"" + called
            + "\", \"type\": \"PipelineReference\"}}}]}}");
    }

    private void pipeline(String activities) throws IOException {
        write("pipeline/Load.json", "{\"name\": \"Load\", \"properties\": {\"activities\": [" + activities + "]}}");
    }

    private void linkedService(String name, String type) throws IOException {
        write("linkedService/" + name + ".json",
            "{\"name\": \"" + name + "\", \"properties\": {\"type\": \"" + type + "\", \"typeProperties\": {}}}");
    }

    private void dataset(String name, String linkedService, String parameters) throws IOException {
        write("dataset/" + name + ".json", "{\"name\": \"" + name + "\", \"properties\": {\"type\": \"Json\", \"parameters\": "
            + parameters.replace('\'', '"') + ", \"linkedServiceName\": {\"referenceName\": \"" + linkedService
            + "\", \"type\": \"LinkedServiceReference\"}, \"typeProperties\": {\"location\": {\"type\": \"AzureBlobFSLocation\"}}}}");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
