package io.lazuli.datafactory.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DatasetResolverTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeWorkspace() throws IOException {
        write("linkedService/Sql.json", """
            {"name": "Sql", "properties": {"type": "AzureSqlDatabase", "parameters": {"db": {"type": "String"}},
             "typeProperties": {"server": "contoso.database.windows.net", "database": "@{linkedService().db}",
              "password": {"type": "SecureString", "value": "**********"}}}}""");
        write("dataset/Table.json", """
            {"name": "Table", "properties": {"type": "AzureSqlTable",
             "linkedServiceName": {"referenceName": "Sql", "type": "LinkedServiceReference",
              "parameters": {"db": {"value": "@dataset().database", "type": "Expression"}}},
             "parameters": {"database": {"type": "string"}, "table": {"type": "string", "defaultValue": "orders"}},
             "schema": [{"name": "id"}],
             "typeProperties": {"schema": "dbo", "table": {"value": "@concat('t_', dataset().table)", "type": "Expression"}}}}""");
    }

    @Test
    void fillsInTheParametersOfDatasetAndLinkedService() {
        ResolvedDataset dataset = resolve("table", "{\"database\": {\"value\": \"@item().name\", \"type\": \"Expression\"}}");

        assertThat(dataset.typeProperties()).hasToString("{\"schema\":\"dbo\",\"table\":\"t_orders\"}");
        assertThat(dataset.schema()).hasToString("[{\"name\":\"id\"}]");
        assertThat(dataset.linkedService().typeProperties()).hasToString("{\"server\":\"contoso.database.windows.net\","
            + "\"database\":\"sales\",\"password\":{\"type\":\"SecureString\",\"value\":\"**********\"}}");
    }

    @Test
    void seesWhatTheActivitySeesThatUsesIt() throws IOException {
        write("dataset/File.json", """
            {"name": "File", "properties": {"type": "AzureSqlTable",
             "linkedServiceName": {"referenceName": "Sql", "type": "LinkedServiceReference", "parameters": {"db": "@item().name"}},
             "typeProperties": {"table": "@concat(item().name, '_', variables('part'), '_', activity('Find').output.year)"}}}""");

        assertThat(resolve("File", "{}").typeProperties()).hasToString("{\"table\":\"sales_north_2024\"}");
    }

    @Test
    void saysWhichParametersAreMissing() {
        assertFails("Table", "{}", DataFactoryError.MISSING_PARAMETER, "Dataset 'Table' needs a value for parameter 'database'");
    }

    @Test
    void suggestsTheNearestParameter() {
        assertFails("Table", "{\"databse\": \"x\"}", DataFactoryError.UNKNOWN_PARAMETER,
            "Dataset 'Table' has no parameter 'databse'; did you mean 'database'?");
    }

    @Test
    void takesNoNoticeOfParametersThatWereDeclaredOnce() {
        assertThat(resolve("Table", "{\"database\": \"x\", \"environment\": \"dev\"}").typeProperties())
            .hasToString("{\"schema\":\"dbo\",\"table\":\"t_orders\"}");
    }

    @Test
    void suggestsTheNearestDataset() {
        assertFails("Tabel", "{}", DataFactoryError.BROKEN_REFERENCE, "$.inputs[0].referenceName",
            "There is no dataset named 'Tabel' in the workspace; did you mean 'Table'?");
    }

    @Test
    void takesTheNamesThatTheConfigurationGives() throws IOException {
        Files.writeString(folder.resolve("lazuli.yaml"), "linked-services: {sql: {server: other, database: copy}}");

        assertThat(resolve("Table", "{\"database\": \"x\"}").linkedService().typeProperties().toString())
            .contains("\"server\":\"other\",\"database\":\"copy\"");
    }

    private void assertFails(String name, String parameters, DataFactoryError code, String message) {
        assertFails(name, parameters, code, "$.inputs[0]", message);
    }

    private void assertFails(String name, String parameters, DataFactoryError code, String path, String message) {
        assertThatThrownBy(() -> resolve(name, parameters)).isInstanceOfSatisfying(LazuliException.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.place().jsonPath()).isEqualTo(path);
        }).hasMessage(message);
    }

    private ResolvedDataset resolve(String name, String parameters) {
        Workspace workspace = WorkspaceLoader.load(folder);
        ObjectNode given = (ObjectNode) JSON.readTree(parameters);
        Reference reference = new Reference(name, "DatasetReference", given, Place.of(null, "$.inputs[0]"));
        return new DatasetResolver(workspace, ConfigurationFile.load(folder)).resolve(reference, new Scope() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public JsonNode item() {
                return JSON.readTree("{\"name\": \"sales\"}");
            }

            @Override
            public JsonNode variable(String name) {
                return JSON.valueToTree(name.equals("part") ? "north" : "none");
            }

            @Override
            public JsonNode activity(String name) {
                return JSON.readTree("{\"output\": {\"year\": 2024}}");
            }
        });
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
