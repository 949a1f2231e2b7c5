package io.lazuli.datafactory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds in workspaces: references, parameters, types and properties. */
class CheckerTest {
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
    void findsNothingInTheExample() {
        assertThat(workspace.check(Path.of("../examples/retail"))).isEmpty();
    }

    @Test
    void reportsBrokenReferencesWithTheNearestName() {
        workspace.linkedService("Lake", "AzureBlobFS");
        workspace.dataset("Orders", "Lake", "{}");
        workspace.dataset("Customers", "Lak", "{}");
        workspace.pipeline("""
            {"name": "Copy", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Order", "type": "DatasetReference"}}},
            {"name": "Call", "type": "ExecutePipeline",
             "typeProperties": {"pipeline": {"referenceName": "Lod", "type": "PipelineReference"}}},
            {"name": "Flow", "type": "ExecuteDataFlow",
             "typeProperties": {"dataflow": {"referenceName": "F", "type": "DataFlowReference"}}}""");

        assertThat(workspace.errors()).containsExactly(
            "BROKEN_REFERENCE There is no linked service named 'Lak' in the workspace; did you mean 'Lake'?",
            "BROKEN_REFERENCE There is no dataset named 'Order' in the workspace; did you mean 'Orders'?",
            "BROKEN_REFERENCE There is no pipeline named 'Lod' in the workspace; did you mean 'Load'?",
            "BROKEN_REFERENCE There is no data flow named 'F' in the workspace");
    }

    @Test
    void reportsParametersThatAreMissingUnknownOrMistyped() {
        workspace.linkedService("Lake", "AzureBlobFS");
        workspace.dataset("Orders", "Lake", "{'day': {'type': 'string'}, 'count': {'type': 'int', 'defaultValue': 1}}");
        workspace.pipeline("""
            {"name": "A", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"dya": "x"}}}},
            {"name": "B", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"day": "@utcNow()", "count": "many"}}}}""");

        assertThat(workspace.errors()).containsExactly(
            "MISSING_PARAMETER The dataset 'Orders' needs a value for parameter 'day'",
            "UNKNOWN_PARAMETER The dataset 'Orders' has no parameter 'dya'; did you mean 'day'?",
            "WRONG_TYPE Parameter 'count' of the dataset 'Orders' is of type int, and \"many\" is not");
    }

    @Test
    void sparesWhatOnlyTheDeploymentOfATemplateWillTell() {
        Path template = folder.resolve("template.json");
        workspace.write("template.json", """
            {"parameters": {"settings": {"type": "object"}, "declared": {"type": "object"}}, "resources": [
             {"name": "f/Load", "type": "Microsoft.DataFactory/factories/pipelines", "properties": {
              "parameters": "[parameters('declared')]", "activities": [
               {"name": "A", "type": "Copy", "typeProperties": "[parameters('settings')]"},
               {"name": "B", "type": "Fail",
                "typeProperties": {"message": "@pipeline().parameters.some", "errorCode": "@wrong()"}}]}}]}""");

        List<Finding> findings = workspace.check(template);

        assertThat(findings).extracting(Finding::message).containsExactly(
            "The template parameter 'declared' has no value", "The template parameter 'settings' has no value",
            "There is no function 'wrong'");
    }

    @Test
    void warnsOfParametersThatWereDeclaredOnce() {
        workspace.linkedService("Lake", "AzureBlobFS");
        workspace.dataset("Orders", "Lake", "{'day': {'type': 'string', 'defaultValue': 'x'}}");
        workspace.pipeline("""
            {"name": "A", "type": "Lookup", "typeProperties": {"source": {"type": "JsonSource"},
             "dataset": {"referenceName": "Orders", "type": "DatasetReference", "parameters": {"environment": "dev"}}}}""");

        assertThat(workspace.check()).filteredOn(finding -> finding.severity() != Severity.INFO)
            .extracting(finding -> finding.severity() + " " + finding.message())
            .containsExactly("WARNING The dataset 'Orders' has no parameter 'environment'");
    }

    @Test
    void reportsUnknownTypesAndProperties() {
        workspace.linkedService("Lake", "AzureBlobFs");
        workspace.write("dataset/Orders.json", """
            {"name": "Orders", "properties": {"type": "DelimitedText", "linkedServiceName":
             {"referenceName": "Lake", "type": "LinkedServiceReference"}, "typeProperties": {"columnDelimeter": ",",
              "location": {"type": "AzureBlobFSLocation", "fileSytem": "x"}, "firstRowAsHeader": "maybe"}}}""");
        workspace.pipeline("""
            {"name": "A", "type": "Cpy", "dependOn": [], "typeProperties": {}}""");

        assertThat(workspace.check()).filteredOn(finding -> finding.severity() != Severity.INFO)
            .extracting(finding -> finding.severity() + " " + finding.message()).containsExactly(
                "WARNING A DelimitedText has no property 'columnDelimeter'; did you mean 'columnDelimiter'?",
                "WARNING 'firstRowAsHeader' of a DelimitedText is expected to be true or false, not \"maybe\"",
                "WARNING An AzureBlobFSLocation has no property 'fileSytem'; did you mean 'fileSystem'?",
                "WARNING There is no type of linked service named 'AzureBlobFs'; did you mean 'AzureBlobFS'?",
                "WARNING An activity has no property 'dependOn'; did you mean 'dependsOn'?",
                "ERROR There is no type of activity named 'Cpy'; did you mean 'Copy'?");
    }

    @Test
    void reportsPipelinesThatCallEachOther() {
        call("A", "B");
        call("B", "A");

        assertThat(workspace.errors()).containsExactly("PIPELINE_CYCLE Pipelines call each other in a circle: A → B → A");
    }

    @Test
    void tellsWhatIsUnusedAndWhatHasNoLocalForm() {
        workspace.linkedService("Crm", "Salesforce");
        workspace.pipeline("""
            {"name": "Clean", "type": "DatabricksNotebook", "typeProperties": {"notebookPath": "/x"}}""");

        assertThat(workspace.check()).extracting(finding -> finding.severity() + " " + finding.message()).containsExactly(
            "INFO Nothing refers to the linked service 'Crm'",
            "INFO Linked service 'Crm' of type Salesforce has no local form until lazuli.yaml gives it a stand-in",
            "INFO 1 activity of type DatabricksNotebook can run through a stand-in only; lazuli.yaml gives none");
    }

    @Test
    void reportsUnreadableFilesAndGoesOn() {
        workspace.write("pipeline/Broken.json", "{");
        call("A", "Broken");

        assertThat(workspace.check()).extracting(finding -> finding.code().name()).containsExactly("MALFORMED_ARTIFACT");
    }

    private void call(String caller, String called) {
        workspace.write("pipeline/" + caller + ".json", """
            {"name": "%s", "properties": {"activities": [{"name": "Call", "type": "ExecutePipeline",
             "typeProperties": {"pipeline": {"referenceName": "%s", "type": "PipelineReference"}}}]}}""".formatted(caller, called));
    }
}
