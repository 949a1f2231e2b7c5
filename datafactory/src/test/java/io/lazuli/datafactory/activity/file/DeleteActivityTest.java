package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The tree and the table of cases are those of the documentation of the Delete activity. */
class DeleteActivityTest {
    @TempDir
    private Path folder;
    private FileWorld world;

    @BeforeEach
    void makeWorld() throws IOException {
        world = new FileWorld(folder);
        for (String path : List.of("Folder_A_1/1.txt", "Folder_A_1/2.txt", "Folder_A_1/3.csv", "Folder_A_2/4.txt", "Folder_A_2/5.csv",
            "Folder_A_2/Folder_B_1/6.txt", "Folder_A_2/Folder_B_1/7.csv", "Folder_A_2/Folder_B_2/8.txt")) {
            world.write("data/Root/" + path, "x");
        }
        world.dataset("folder", "Binary", "Root/Folder_A_2", "", "{}")
            .dataset("pattern", "Binary", "Root/Folder_A_2", "*.txt", "{}")
            .dataset("missing", "Binary", "Root/Folder_A_2", "9.txt", "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode run(String dataset, String more) throws InterruptedException {
        return world.run(new DeleteActivity(), "{'dataset': {'referenceName': '" + dataset + "', 'type': 'DatasetReference'}" + more + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "folder  | false |        | 2 | Folder_B_1/6.txt Folder_B_1/7.csv Folder_B_2/8.txt",
        "pattern | false |        | 1 | 5.csv Folder_B_1/6.txt Folder_B_1/7.csv Folder_B_2/8.txt",
        "pattern | true  |        | 3 | 5.csv Folder_B_1/7.csv",
        "folder  | true  | *.csv  | 2 | 4.txt Folder_B_1/6.txt Folder_B_2/8.txt"})
    void deletesWhatTheDocumentationsTableSays(String dataset, boolean recursive, String names, int deleted, String left) throws Exception {
        String wildcard = names == null ? "" : ", 'wildcardFileName': '" + names + "'";
        ObjectNode output = run(dataset, ", 'storeSettings': {'recursive': " + recursive + wildcard + "}");
        assertThat(output.path("filesDeleted").asInt()).isEqualTo(deleted);
        assertThat(output.path("isWildcardUsed").asBoolean()).isEqualTo(dataset.equals("pattern") || names != null);
        assertThat(world.files("data/Root/Folder_A_2")).containsExactly(left.split(" "));
        assertThat(world.files("data/Root/Folder_A_1")).hasSize(3);
    }

    @Test
    void deletesTheFolderItselfWhenRecursive() throws Exception {
        assertThat(run("folder", ", 'storeSettings': {'recursive': true}").path("filesDeleted").asInt()).isEqualTo(5);
        assertThat(world.file("data/Root/Folder_A_2")).doesNotExist();
        assertThat(world.file("data/Root/Folder_A_1")).exists();
    }

    @Test
    void deletesNoSubfoldersByDefault() throws Exception {
        assertThat(run("folder", "").path("filesDeleted").asInt()).isEqualTo(2);
    }

    @Test
    void writesALogOfWhatItDeleted() throws Exception {
        ObjectNode output = run("pattern", ", 'enableLogging': true, 'storeSettings': {'recursive': true}, 'logStorageSettings': "
            + "{'linkedServiceName': {'referenceName': 'AzureBlobStorage', 'type': 'LinkedServiceReference'}, 'path': 'logs/delete'}");
        assertThat(output.path("logPath").asString())
            .isEqualTo("https://contoso.blob.core.windows.net/logs/delete/5c698705-a6e2-40bf-911e-e0a927de3f07");
        assertThat(Files.readString(world.file("logs/delete/5c698705-a6e2-40bf-911e-e0a927de3f07/log.csv"))).isEqualTo(
            "Name,Category,Status,Error\r\nRoot/Folder_A_2/4.txt,File,Deleted,\r\nRoot/Folder_A_2/Folder_B_1/6.txt,File,Deleted,\r\n"
                + "Root/Folder_A_2/Folder_B_2/8.txt,File,Deleted,\r\n");
    }

    @Test
    void failsForAFileThatIsNotThere() {
        assertThatThrownBy(() -> run("missing", "")).isInstanceOf(ActivityFailure.class)
            .hasMessageStartingWith("Failed to execute delete activity with data source 'AzureBlobFS' and error '");
    }

    @Test
    void tellsWhatItWasAskedToDelete() throws Exception {
        ObjectNode output = run("pattern", ", 'storeSettings': {'recursive': true, 'maxConcurrentConnections': 3}");
        output.remove("executionDuration");
        assertThat(output.toString()).isEqualTo("{\"datasetName\":\"pattern\",\"type\":\"AzureBlobFS\",\"path\":\"data/Root/Folder_A_2\","
            + "\"wildcard\":\"*.txt\",\"recursive\":true,\"isWildcardUsed\":true,\"maxConcurrentConnections\":3,\"filesDeleted\":3,"
            + "\"effectiveIntegrationRuntime\":\"AutoResolveIntegrationRuntime (Local)\","
            + "\"durationInQueue\":{\"integrationRuntimeQueue\":0}}");
    }
}
