package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class GetMetadataActivityTest {
    @TempDir
    private Path folder;
    private FileWorld world;

    @BeforeEach
    void makeWorld() throws IOException {
        world = new FileWorld(folder);
        Path file = world.write("data/in/orders.csv", "id,name\n1,a\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2017-02-23T06:17:09.5Z")));
        world.write("data/in/b/late.csv", "x");
        world.write("data/in/Z.csv", "x");
        world.dataset("file", "DelimitedText", "in", "orders.csv", "{'firstRowAsHeader': true}")
            .dataset("folder", "Binary", "in", "", "{}")
            .dataset("missing", "Binary", "in", "nothing.csv", "{}")
            .dataset("root", "Binary", "", "", "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode run(String dataset, String fields, String more) throws InterruptedException {
        ObjectNode output = world.run(new GetMetadataActivity(),
            "{'dataset': {'referenceName': '" + dataset + "', 'type': 'DatasetReference'}, 'fieldList': [" + fields + "]" + more + "}");
        assertThat(output.path("effectiveIntegrationRuntime").asString()).isNotEmpty();
        output.remove("effectiveIntegrationRuntime");
        output.remove("executionDuration");
        output.remove("durationInQueue");
        output.remove("created");
        // As read again: a number's class is no part of JSON.
        return (ObjectNode) FileWorld.JSON.readTree(output.toString());
    }

    @Test
    void tellsAllOfAFile() throws InterruptedException {
        assertThat(run("file", "'exists', 'itemName', 'itemType', 'size', 'lastModified', 'created', 'contentMD5'", "")).isEqualTo(
            FileWorld.JSON.readTree("""
                {'exists': true, 'itemName': 'orders.csv', 'itemType': 'File', 'size': 12, 'lastModified': '2017-02-23T06:17:09Z',
                 'contentMD5': 'l1cP4Xl7zz5Gm5oXufCr9A=='}"""));
    }

    @Test
    void tellsAFoldersChildren() throws InterruptedException {
        assertThat(run("folder", "'ItemName', 'itemType', 'childItems'", "")).isEqualTo(FileWorld.JSON.readTree("""
            {'itemName': 'in', 'itemType': 'Folder', 'childItems': [{'name': 'Z.csv', 'type': 'File'}, {'name': 'b', 'type': 'Folder'},
              {'name': 'orders.csv', 'type': 'File'}]}"""));
        assertThat(run("root", "'itemName', 'childItems'", "").toString())
            .isEqualTo("{\"itemName\":\"data\",\"childItems\":[{\"name\":\"in\",\"type\":\"Folder\"}]}");
    }

    @Test
    void givesOnlyFilesOfARangeOfModificationTimes() throws InterruptedException {
        assertThat(run("folder", "'childItems'", ", 'storeSettings': {'type': 'AzureBlobFSReadSettings', 'recursive': true, "
            + "'modifiedDatetimeEnd': '2018-01-01T00:00:00Z'}").toString())
            .isEqualTo("{\"childItems\":[{\"name\":\"orders.csv\",\"type\":\"File\"}]}");
    }

    @Test
    void saysThatAnItemIsMissingOnlyWhenAskedWhetherItExists() throws InterruptedException {
        assertThat(run("missing", "'exists', 'size', 'lastModified'", "").toString()).isEqualTo("{\"exists\":false}");
        assertThatThrownBy(() -> run("missing", "'size'", "")).isInstanceOfSatisfying(ActivityFailure.class, failure -> {
            assertThat(failure.errorCode()).isEqualTo("3500");
            assertThat(failure.failureType()).isEqualTo("UserError");
        }).hasMessageStartingWith("Field 'size' failed with error: '").hasMessageContaining("PathNotFound");
    }

    @Test
    void refusesFieldsThatTheItemCannotHave() {
        assertThatThrownBy(() -> run("file", "'childItems'", "")).hasMessageContaining("Cannot navigate through the provided data source");
        assertThatThrownBy(() -> run("folder", "'structure'", "")).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> run("file", "'childItem'", "")).hasMessageContaining("did you mean 'childItems'?");
        assertThatThrownBy(() -> run("file", "'size'", ", 'storeSettings': {'wildcardFileName': '*'}"))
            .hasMessageContaining("wildcardFileName");
    }
}
