package io.lazuli.datafactory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check finds in the activities of pipelines: their expressions, order and nesting. */
class PipelineCheckTest {
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
    void reportsMistakesInExpressionsWithTheirPlace() {
        workspace.pipeline("""
            {"name": "Wait", "type": "Wait", "typeProperties": {"waitTimeInSeconds":
             {"value": "@add(1, 2", "type": "Expression"}}},
            {"name": "Fail", "type": "Fail", "typeProperties": {"message": "@conat('a')", "errorCode": "@{toUpper('a', 'b')}"}}""");

        List<Finding> findings = workspace.check();

        assertThat(findings).extracting(finding -> finding.code().name()).containsExactly(
            "SYNTAX_ERROR", "WRONG_ARGUMENT_COUNT", "UNKNOWN_FUNCTION");
        assertThat(findings.get(2).message()).isEqualTo("There is no function 'conat'; did you mean 'concat'?");
        assertThat(findings.get(2).place().jsonPath()).isEqualTo("$.properties.activities[1].typeProperties.message");
        assertThat(findings.get(2).place().position()).contains("1:2");
    }

    @Test
    void reportsNamesThatExpressionsCannotSee() {
        workspace.pipeline("""
            {"name": "First", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "Beside", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "Then", "type": "Fail", "dependsOn": [{"activity": "First", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {
              "message": "@{activity('first').status} @{activity('Beside').status} @{activity('Fist').status}",
              "errorCode": "@{variables('x')} @{pipeline().parameters.y} @{item()} @{dataset().z}"}}""");

        assertThat(workspace.errors()).containsExactly(
            "VARIABLE_NOT_FOUND There is no variable 'x'",
            "PARAMETER_NOT_FOUND There is no parameter 'y'",
            "NOT_AVAILABLE_HERE item() is only available inside ForEach and Filter",
            "NOT_AVAILABLE_HERE dataset() is only available inside a dataset",
            "ACTIVITY_NOT_UPSTREAM The activity 'Beside' need not have run before this one: no chain of dependencies leads to it",
            "ACTIVITY_NOT_FOUND There is no activity 'Fist' in the pipeline; did you mean 'First'?");
    }

    @Test
    void warnsOfDatasetsThatReadWhatOneActivitySees() {
        workspace.write("dataset/File.json", """
            {"name": "File", "properties": {"type": "Json",
             "linkedServiceName": {"referenceName": "Lake", "type": "LinkedServiceReference"},
             "typeProperties": {"location": {"type": "AzureBlobFSLocation", "fileSystem": "@{item()}", "folderPath": "@pipeline().RunId",
              "fileName": "@{activity('Find').output.name}@{variables('v')}@{pipeline().parameters.p}"}}}}""");
        workspace.linkedService("Lake", "AzureBlobFS");

        assertThat(workspace.mistakes()).containsExactlyInAnyOrder(Stream.of("item()", "activity()", "variables()", "pipeline().parameters")
            .map(what -> "WARNING " + what + " is here that of the activity that uses this, and works for no other; "
                + "declare a parameter here and pass it").toArray(String[]::new));
    }

    @Test
    void whatRanInsideABranchIsVisibleAfterItButNotWhatRanInALoopOfItems() {
        workspace.pipeline("""
            {"name": "If", "type": "IfCondition", "typeProperties": {"expression": "@bool(1)", "ifTrueActivities": [
              {"name": "Inner", "type": "Wait", "typeProperties": {"waitTimeInSeconds": 1}}]}},
            {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
              {"name": "Round", "type": "Wait", "typeProperties": {"waitTimeInSeconds": "@item()"}}]}},
            {"name": "Fail", "type": "Fail", "dependsOn": [{"activity": "If", "dependencyConditions": ["Succeeded"]},
              {"activity": "Each", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"message": "@{activity('Inner').status}", "errorCode": "@{activity('Round').status}"}}""");

        assertThat(workspace.errors()).containsExactly(
            "ACTIVITY_NOT_UPSTREAM The activity 'Round' need not have run before this one: no chain of dependencies leads to it");
    }

    @Test
    void reportsCyclesDuplicatesAndUnknownDependencies() {
        workspace.pipeline("""
            {"name": "A", "type": "Wait", "dependsOn": [{"activity": "B", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "B", "type": "Wait", "dependsOn": [{"activity": "A", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}},
            {"name": "b", "type": "Wait", "dependsOn": [{"activity": "C", "dependencyConditions": ["Succeeded"]}],
             "typeProperties": {"waitTimeInSeconds": 1}}""");

        assertThat(workspace.errors()).containsExactly(
            "DEPENDENCY_CYCLE Activities wait for each other: A → B → A",
            "BROKEN_REFERENCE There is no activity 'C' beside this one; did you mean 'A'?",
            "DUPLICATE_NAME The pipeline has another activity named 'b'");
    }

    @Test
    void reportsNestingThatAzureRefuses() {
        workspace.pipeline("""
            {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
              {"name": "Fine", "type": "Switch", "typeProperties": {"on": "x", "defaultActivities": [
                {"name": "Deep", "type": "IfCondition", "typeProperties": {"expression": "@bool(1)"}}]}},
              {"name": "Again", "type": "Until", "typeProperties": {"expression": "@bool(1)", "activities": []}}]}}""");

        assertThat(workspace.errors()).extracting(message -> message.substring(0, message.indexOf(';'))).containsExactly(
            "INVALID_NESTING A Switch cannot hold IfCondition activities",
            "INVALID_NESTING A ForEach cannot hold Until activities");
    }

    @Test
    void checksTheVariablesThatActivitiesSet() {
        workspace.write("pipeline/Load.json", """
            {"name": "Load", "properties": {"variables": {"n": {"type": "String"}, "list": {"type": "Array"}}, "activities": [
              {"name": "Each", "type": "ForEach", "typeProperties": {"items": "@createArray(1)", "activities": [
                {"name": "Set", "type": "SetVariable", "typeProperties": {"variableName": "n", "value": "@concat(variables('n'), 'x')"}}]}},
              {"name": "Number", "type": "SetVariable", "typeProperties": {"variableName": "n", "value": "@add(1, 2)"}},
              {"name": "Append", "type": "AppendVariable", "typeProperties": {"variableName": "n", "value": "x"}},
              {"name": "Unknown", "type": "SetVariable", "typeProperties": {"variableName": "lst", "value": "x"}},
              {"name": "Return", "type": "SetVariable", "typeProperties": {"variableName": "pipelineReturnValue", "setSystemVariable": true,
               "value": []}}]}}""");

        assertThat(workspace.check()).extracting(finding -> finding.severity() + " " + finding.code().name()).containsExactly(
            "ERROR SELF_REFERENCE", "WARNING VARIABLE_RACE", "ERROR WRONG_TYPE", "ERROR WRONG_TYPE", "ERROR VARIABLE_NOT_FOUND");
    }

    @Test
    void countsActivitiesAndParametersAgainstAzuresLimits() {
        StringBuilder waits = new StringBuilder();
        for (int i = 0; i < 121; i++) {
            waits.append(i == 0 ? "" : ",").append("{\"name\": \"W").append(i)
                .append("\", \"type\": \"Wait\", \"typeProperties\": {\"waitTimeInSeconds\": 1}}");
        }
        workspace.pipeline(waits.toString());

        assertThat(workspace.errors()).containsExactly("LIMIT_EXCEEDED The pipeline has 121 activities; at most 120 are allowed");
    }
}
