package io.lazuli.datafactory.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.ActivityDefinition.Condition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Outcome;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void givesSqlPoolsThatArtifactsNameALinkedService() throws IOException {
        write("linkedService/contoso-WorkspaceDefaultStorage.json", """
            {"name": "contoso-WorkspaceDefaultStorage", "properties": {"type": "AzureBlobFS", "typeProperties": {}}}""");
        write("dataset/Facts.json", """
            {"name": "Facts", "properties": {"type": "SqlPoolTable", "sqlPool": {"referenceName": "dw", "type": "SqlPoolReference"},
             "typeProperties": {"schema": "dbo", "table": "Facts"}}}""");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.dataset("Facts", Place.UNKNOWN).linkedService().name()).isEqualTo("dw");
        assertThat(workspace.linkedService("dw", Place.UNKNOWN).typeProperties())
            .hasToString("{\"server\":\"contoso.sql.azuresynapse.net\",\"database\":\"dw\"}");
    }

    @Test
    void readsAGitFolderWhole() throws IOException {
        write("factory/contoso.json", """
            {"name": "contoso", "properties": {"globalParameters": {"Environment": {"type": "string", "value": "dev"}}}}""");
        write("linkedService/Lake.json", """
            {"name": "Lake", "properties": {"type": "AzureBlobFS",
             "typeProperties": {"url": "https://contosolake.dfs.core.windows.net"}}}""");
        write("dataset/Orders.json", """
            {"name": "Orders", "properties": {"type": "DelimitedText", "schema": [{"name": "id", "type": "String"}],
             "linkedServiceName": {"referenceName": "Lake", "type": "LinkedServiceReference"},
             "parameters": {"day": {"type": "string", "defaultValue": "2024-01-01"}}, "typeProperties": {"firstRowAsHeader": true}}}""");
        write("pipeline/Load.json", """
            {"name": "Load", "properties": {"concurrency": 2, "folder": {"name": "daily"}, "annotations": ["nightly"],
             "parameters": {"count": {"type": "int", "defaultValue": 3}}, "variables": {"total": {"type": "String"}},
             "activities": [
               {"name": "Wait", "type": "Wait", "state": "Inactive", "onInactiveMarkAs": "Skipped",
                "typeProperties": {"waitTimeInSeconds": 1}},
               {"name": "Pick", "type": "Switch", "dependsOn": [{"activity": "Wait", "dependencyConditions": ["Failed", "Skipped"]}],
                "typeProperties": {"on": "x", "cases": [{"value": "x", "activities": [{"name": "Inner", "type": "Fail"}]}],
                 "defaultActivities": [{"name": "Other", "type": "Fail"}]}}]}}""");
        write("trigger/Nightly.json", """
            {"name": "Nightly", "properties": {"type": "TumblingWindowTrigger", "runtimeState": "Started",
             "pipeline": {"pipelineReference": {"referenceName": "Load", "type": "PipelineReference"}, "parameters": {"count": 5}}}}""");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.name()).isEqualTo("contoso");
        assertThat(workspace.folder()).isEqualTo(folder);
        assertThat(workspace.globalParameters().get("Environment").asString()).isEqualTo("dev");
        assertThat(workspace.linkedServices().get("Lake").type()).isEqualTo("AzureBlobFS");
        assertThat(workspace.dataset("orders", Place.UNKNOWN).linkedService().name()).isEqualTo("Lake");
        assertThat(workspace.triggers().get("Nightly").pipelines().getFirst().parameters().get("count").intValue()).isEqualTo(5);
        Pipeline pipeline = workspace.pipeline("Load", Place.UNKNOWN);
        assertThat(pipeline.concurrency()).hasValue(2);
        assertThat(pipeline.folder()).isEqualTo("daily");
        assertThat(pipeline.annotations()).containsExactly("nightly");
        assertThat(pipeline.parameters().get("count").defaultValue().intValue()).isEqualTo(3);
        assertThat(pipeline.variables()).containsKey("total");
        ActivityDefinition wait = pipeline.activities().getFirst();
        assertThat(wait.inactive()).isTrue();
        assertThat(wait.onInactiveMarkAs()).isEqualTo(Outcome.SKIPPED);
        ActivityDefinition pick = pipeline.activities().get(1);
        assertThat(pick.dependsOn().getFirst().conditions()).containsExactly(Condition.FAILED, Condition.SKIPPED);
        assertThat(pick.branches().keySet()).containsExactly("cases[0].activities", "defaultActivities");
        assertThat(pick.branches().get("cases[0].activities").getFirst().place().jsonPath())
            .isEqualTo("$.properties.activities[1].typeProperties.cases[0].activities[0]");
    }

    @Test
    void findsTheWorkspaceInASubFolder() throws IOException {
        pipeline("src/factory-a/pipeline/Load.json", "Load");

        assertThat(WorkspaceLoader.load(folder).folder()).isEqualTo(folder.resolve("src/factory-a"));
    }

    @Test
    void followsTheRootFolderOfThePublishConfiguration() throws IOException {
        pipeline("a/pipeline/Load.json", "Load");
        pipeline("b/pipeline/Other.json", "Other");
        write("publish_config.json", "{\"rootFolder\": \"/b\"}");

        assertThat(WorkspaceLoader.load(folder).pipelines()).containsOnlyKeys("Other");
    }

    @Test
    void namesTheWorkspacesWhenThereAreSeveral() throws IOException {
        pipeline("a/pipeline/Load.json", "Load");
        pipeline("b/pipeline/Load.json", "Load");

        assertThatThrownBy(() -> WorkspaceLoader.load(folder))
            .hasMessage("There are several workspaces here, name one of them: a, b");
    }

    @Test
    void saysWhatAWorkspaceIsWhenThereIsNone() {
        assertThatThrownBy(() -> WorkspaceLoader.load(folder)).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.code()).isEqualTo(CommonError.NOT_FOUND)).hasMessageContaining("linkedService");
    }

    @Test
    void readsSynapseFoldersInAnyCase() throws IOException {
        pipeline("Pipeline/Load.json", "Load");
        write("Notebook/Clean.json", "not read");
        write("linkedService/contoso-WorkspaceDefaultStorage.json",
            "{\"name\": \"contoso-WorkspaceDefaultStorage\", \"properties\": {\"type\": \"AzureBlobFS\"}}");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.name()).isEqualTo("contoso");
        assertThat(workspace.artifacts().of(ArtifactKind.NOTEBOOK)).containsOnlyKeys("Clean");
    }

    @Test
    void readsEveryUnicodeEncoding() throws IOException {
        String text = "{\"name\": \"Grüße\", \"properties\": {\"activities\": []}}";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path file = folder.resolve("pipeline/Grüße.json");
            Files.createDirectories(file.getParent());
            Files.write(file, ("\uFEFF" + text).getBytes(charset));

            assertThat(WorkspaceLoader.load(folder).pipelines()).as(charset.name()).containsOnlyKeys("Grüße");
        }
    }

    @Test
    void aBrokenFileDoesNotHideTheOthers() throws IOException {
        pipeline("pipeline/Good.json", "Good");
        write("pipeline/Broken.json", "{\"name\": \"Broken\",\n \"properties\": {,}}");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.pipelines()).containsOnlyKeys("Good");
        assertThatThrownBy(() -> workspace.pipeline("Broken", Place.UNKNOWN)).isInstanceOfSatisfying(LazuliException.class, failure -> {
            assertThat(failure.code()).isEqualTo(DataFactoryError.MALFORMED_ARTIFACT);
            assertThat(failure.place().position()).contains("2:17");
            assertThat(failure.place().file()).isEqualTo(folder.resolve("pipeline/Broken.json"));
        });
    }

    @Test
    void refusesAPipelineWithAnActivityThatHasNoName() throws IOException {
        write("pipeline/Load.json", "{\"name\": \"Load\", \"properties\": {\"activities\": [{\"type\": \"Wait\"}, {\"name\": 3}]}}");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.artifacts().of(ArtifactKind.PIPELINE).get("Load").problems())
            .extracting(problem -> problem.place().jsonPath() + " " + problem.getMessage())
            .containsExactly(
                "$.properties.activities[0] The property 'name' is missing here",
                "$.properties.activities[1] The property 'type' is missing here",
                "$.properties.activities[1].name A text is expected here, not 3");
        assertThatThrownBy(() -> workspace.pipeline("Load", Place.UNKNOWN)).hasMessage("The property 'name' is missing here");
    }

    @Test
    void namesTheNearestConditionOfADependency() throws IOException {
        write("pipeline/Load.json", "{\"name\": \"Load\", \"properties\": {\"activities\": [{\"name\": \"A\", \"type\": \"Wait\", "
            + "\"dependsOn\": [{\"activity\": \"B\", \"dependencyConditions\": [\"Suceeded\"]}]}]}}");

        assertThat(WorkspaceLoader.load(folder).artifacts().of(ArtifactKind.PIPELINE).get("Load").problems())
            .extracting(problem -> problem.place().jsonPath() + " " + problem.getMessage())
            .containsExactly("$.properties.activities[0].dependsOn[0].dependencyConditions[0] "
                + "One of [Succeeded, Failed, Skipped, Completed] is expected here, not 'Suceeded'; did you mean 'Succeeded'?");
    }

    @Test
    void noticesNamesThatDifferInCaseOnly() throws IOException {
        pipeline("pipeline/Load.json", "Load");
        pipeline("pipeline/Load2.json", "LOAD");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.pipelines()).containsOnlyKeys("Load");
        assertThat(workspace.artifacts().problems()).extracting(LazuliException::code).containsExactly(DataFactoryError.DUPLICATE_NAME);
        assertThat(workspace.artifacts().warnings()).extracting(LazuliException::getMessage)
            .containsExactly("The pipeline is named 'LOAD', but its file is 'Load2.json'");
    }

    @Test
    void looksForNothingInTheDataDirectoryNorInHiddenFolders() throws IOException {
        pipeline("data/lake/contoso/raw/pipeline/Blob.json", "Blob");
        write("data/lake/contoso/ARMTemplateForFactory.json", "{}");
        pipeline(".git/pipeline/Hidden.json", "Hidden");
        write(".git/TemplateForWorkspace.json", "{}");
        Path data = folder.resolve("data");

        assertThatThrownBy(() -> WorkspaceLoader.load(folder, () -> List.of(data))).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.code()).isEqualTo(CommonError.NOT_FOUND));

        pipeline("work/pipeline/Load.json", "Load");
        assertThat(WorkspaceLoader.load(folder, () -> List.of(data)).pipelines()).containsOnlyKeys("Load");
    }

    @Test
    void looksForNothingInTheDataDirectoryByWhateverName() throws IOException {
        pipeline("data/raw/pipeline/Blob.json", "Blob");
        pipeline("mapped/raw/pipeline/Blob.json", "Blob");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));

        assertThatThrownBy(() -> WorkspaceLoader.load(folder, () -> List.of(link, folder.resolve("mapped"))))
            .isInstanceOfSatisfying(LazuliException.class, failure -> assertThat(failure.code()).isEqualTo(CommonError.NOT_FOUND));
    }

    @Test
    void findsTheTemplateThatABuildHasExported() throws IOException {
        pipeline("target/classes/pipeline/Copied.json", "Copied");
        write("target/export/ARMTemplateForFactory.json", """
            {"resources": [{"name": "contoso/Load", "type": "Microsoft.DataFactory/factories/pipelines",
             "properties": {"activities": []}}]}""");

        assertThat(WorkspaceLoader.load(folder).pipelines()).containsOnlyKeys("Load");
    }

    @Test
    void suggestsTheNearestName() throws IOException {
        pipeline("pipeline/Load.json", "Load");

        assertThatThrownBy(() -> WorkspaceLoader.load(folder).pipeline("Laod", Place.UNKNOWN))
            .hasMessage("There is no pipeline named 'Laod' in the workspace; did you mean 'Load'?");
    }

    private void pipeline(String file, String name) throws IOException {
        write(file, "{\"name\": \"" + name + "\", \"properties\": {\"activities\": []}}");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
