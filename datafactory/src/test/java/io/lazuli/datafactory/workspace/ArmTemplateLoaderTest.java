package io.lazuli.datafactory.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmTemplateLoaderTest {
    private static final String TEMPLATE = """
        {"parameters": {"factoryName": {"type": "string"}, "lake_url": {"type": "string", "defaultValue": "https://a.dfs.core.windows.net"},
           "secret": {"type": "secureString"}},
         "variables": {"factoryId": "[concat('Microsoft.DataFactory/factories/', parameters('factoryName'))]"},
         "resources": [
          {"name": "[concat(parameters('factoryName'), '/Load')]", "type": "Microsoft.DataFactory/factories/pipelines",
           "properties": {"description": "[variables('factoryId')]", "activities": [
             {"name": "Set", "type": "SetVariable", "typeProperties": {"value": "[[not an expression]", "other": "@concat('it''s')"}}]}},
          {"name": "[concat(parameters('factoryName'), '/Lake')]", "type": "Microsoft.DataFactory/factories/linkedServices",
           "properties": {"type": "AzureBlobFS",
            "typeProperties": {"url": "[parameters('lake_url')]", "accountKey": "[parameters('secret')]"}}},
          {"name": "[concat(parameters('factoryName'), '/default')]", "type": "Microsoft.DataFactory/factories/globalparameters",
           "properties": {"Environment": {"type": "string", "value": "dev"}}}]}""";

    @TempDir
    private Path folder;

    @Test
    void readsAnExportedFactoryWithItsParameters() throws IOException {
        Files.writeString(folder.resolve("ARMTemplateForFactory.json"), TEMPLATE);
        Files.writeString(folder.resolve("ARMTemplateParametersForFactory.json"),
            "{\"parameters\": {\"factoryName\": {\"value\": \"contoso\"}, \"lake_url\": {\"value\": \"https://b.dfs.core.windows.net\"}}}");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.name()).isEqualTo("contoso");
        assertThat(workspace.linkedServices().get("Lake").typeProperties().path("url").asString())
            .isEqualTo("https://b.dfs.core.windows.net");
        assertThat(workspace.globalParameters().get("Environment").asString()).isEqualTo("dev");
        ActivityDefinition set = workspace.pipelines().get("Load").activities().getFirst();
        assertThat(set.typeProperties().get("value").asString()).isEqualTo("[not an expression]");
        assertThat(set.typeProperties().get("other").asString()).isEqualTo("@concat('it''s')");
        assertThat(set.place().jsonPath()).isEqualTo("$.resources[0].properties.activities[0]");
        assertThat(workspace.artifacts().of(ArtifactKind.PIPELINE).get("Load").properties().get("description").asString())
            .isEqualTo("Microsoft.DataFactory/factories/contoso");
    }

    @Test
    void warnsOfParametersWithoutValue() throws IOException {
        Path template = folder.resolve("some template.json");
        Files.writeString(template, TEMPLATE);

        Workspace workspace = WorkspaceLoader.load(template);

        assertThat(workspace.linkedServices().get("Lake").typeProperties().get("accountKey").asString())
            .isEqualTo("[parameters('secret')]");
        assertThat(workspace.artifacts().warnings()).extracting(LazuliException::getMessage)
            .contains("The template parameter 'secret' has no value");
    }

    @Test
    void readsThePartsOfALinkedTemplate() throws IOException {
        String part = "{\"parameters\": {\"factoryName\": {\"type\": \"string\"}}, \"resources\": [{\"name\": "
            + "\"[concat(parameters('factoryName'), '/%s')]\", \"type\": \"Microsoft.DataFactory/factories/pipelines\", "
            + "\"properties\": {\"activities\": []}}]}";
        Path linked = Files.createDirectory(folder.resolve("linkedTemplates"));
        Files.writeString(linked.resolve("ArmTemplate_0.json"), part.formatted("First"));
        Files.writeString(linked.resolve("ArmTemplate_1.json"), part.formatted("Second"));
        Files.writeString(linked.resolve("ArmTemplateParameters_master.json"),
            "{\"parameters\": {\"factoryName\": {\"value\": \"contoso\"}}}");

        Workspace workspace = WorkspaceLoader.load(folder);

        assertThat(workspace.name()).isEqualTo("contoso");
        assertThat(workspace.pipelines()).containsOnlyKeys("First", "Second");
    }

    @Test
    void reportsATemplateExpressionThatIsWrongAndGoesOn() throws IOException {
        Path template = folder.resolve("t.json");
        Files.writeString(template, """
            {"resources": [
             {"name": "f/A", "type": "Microsoft.DataFactory/factories/pipelines", "properties": {"description": "[concat('a' 'b')]"}},
             {"name": "f/B", "type": "Microsoft.DataFactory/factories/pipelines", "properties": {"activities": []}}]}""");

        Workspace workspace = WorkspaceLoader.load(template);

        assertThat(workspace.pipelines()).containsOnlyKeys("B");
        assertThat(workspace.artifacts().problems()).extracting(problem -> problem.place().jsonPath() + " " + problem.getMessage())
            .containsExactly("$.resources[0].properties.description Template expression: ',' is expected here");
    }

    @Test
    void readsCommentsAndLeavesOtherResourcesAlone() throws IOException {
        Path template = folder.resolve("t.json");
        Files.writeString(template, """
            {"resources": [ // the site comes first
             {"name": "site", "type": "Microsoft.Web/sites", "properties": {"key": "[reference('other').key]"}},
             /* a factory */ {"name": "contoso", "type": "Microsoft.DataFactory/factories"},
             {"name": "contoso/Load", "type": "Microsoft.DataFactory/factories/pipelines", "properties": {"activities": []}}]}""");

        Workspace workspace = WorkspaceLoader.load(template);

        assertThat(workspace.pipelines()).containsOnlyKeys("Load");
        assertThat(workspace.artifacts().problems()).isEmpty();
    }

    @Test
    void readsTheResourcesWithinAFactory() throws IOException {
        Path template = folder.resolve("t.json");
        Files.writeString(template, """
            {"variables": {"account": "[concat('store', uniqueString(resourceGroup().id))]"},
             "resources": [{"name": "contoso", "type": "Microsoft.DataFactory/factories", "resources": [
              {"name": "Store", "type": "linkedservices", "properties": {"type": "AzureBlobStorage", "typeProperties": {"connectionString":
               "[concat('AccountName=', variables('account'), ';AccountKey=', listKeys(variables('account'), '2021-08-01').keys[0].value)]"
              }}}]}]}""");

        Workspace workspace = WorkspaceLoader.load(template);

        assertThat(workspace.name()).isEqualTo("contoso");
        assertThat(workspace.linkedServices().get("Store").typeProperties().path("connectionString").asString())
            .matches("AccountName=store[a-z0-9]{13};AccountKey=local");
    }
}
