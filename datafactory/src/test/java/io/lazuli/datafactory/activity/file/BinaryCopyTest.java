package io.lazuli.datafactory.activity.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.file.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCopyTest {
    @TempDir
    private Path folder;
    private FileWorld world;

    @BeforeEach
    void makeWorld() throws IOException {
        world = new FileWorld(folder);
        world.write("data/in/File1.csv", "one\n");
        world.write("data/in/Sub/File2.csv", "two\n");
        world.dataset("in", "Binary", "in", "", "{}").dataset("file", "Binary", "in", "File1.csv", "{}")
            .dataset("out", "Binary", "out", "", "{}").dataset("named", "Binary", "out", "all.csv", "{}")
            .dataset("gzip", "Binary", "out", "", "{'compression': {'type': 'gzip'}}")
            .dataset("zip", "Binary", "out", "all.zip", "{'compression': {'type': 'ZipDeflate', 'level': 'Fastest'}}")
            .dataset("zipped", "Binary", "out", "all.zip", "{'compression': {'type': 'ZipDeflate'}}")
            .dataset("unzipped", "Binary", "unzipped", "", "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private BinaryCopy.Result copy(String from, String to, String source, String sink, String activity) throws InterruptedException {
        ResolvedDataset input = world.dataset(from);
        ResolvedDataset output = world.dataset(to);
        FileStores stores = world.services().files();
        return new BinaryCopy(BinaryCopy.Source.of(stores.open(input.linkedService()), input, settings(source)),
            new BinaryCopy.Sink(stores.open(output.linkedService()), output, settings(sink)), settings(activity)).copy("run");
    }

    private static Settings settings(String json) {
        return new Settings(FileWorld.JSON.readTree(json), "settings");
    }

    @Test
    void keepsTheHierarchyByDefault() throws Exception {
        BinaryCopy.Result result = copy("in", "out", "{}", "{}", "{'validateDataConsistency': true, 'preserve': ['Attributes']}");
        assertThat(world.files("data/out")).containsExactly("File1.csv", "Sub/File2.csv");
        assertThat(result.dataRead()).isEqualTo(8);
        assertThat(result.dataWritten()).isEqualTo(8);
        assertThat(result.filesWritten()).isEqualTo(2);
    }

    @Test
    void givesTheNameOfTheSinkToOneFileAndMakesItAFolderForMany() throws Exception {
        copy("file", "named", "{}", "{}", "{}");
        assertThat(world.files("data/out")).containsExactly("all.csv");
        Files.delete(world.file("data/out/all.csv"));
        copy("in", "named", "{}", "{}", "{}");
        assertThat(world.files("data/out")).containsExactly("all.csv/File1.csv", "all.csv/Sub/File2.csv");
    }

    @Test
    void flattensOrMergesWhenAsked() throws Exception {
        copy("in", "out", "{}", "{'storeSettings': {'copyBehavior': 'flattenHierarchy'}}", "{}");
        assertThat(world.files("data/out")).hasSize(2).allMatch(name -> name.matches("Data\\.run\\.[-0-9a-f]+\\.csv"));
        copy("in", "named", "{}", "{'storeSettings': {'copyBehavior': 'MergeFiles'}}", "{}");
        assertThat(Files.readString(world.file("data/out/all.csv"))).isEqualTo("one\ntwo\n");
    }

    @Test
    void compressesAndDecompresses() throws Exception {
        copy("in", "gzip", "{}", "{}", "{}");
        assertThat(world.files("data/out")).containsExactly("File1.csv.gz", "Sub/File2.csv.gz");
        try (var bytes = new GZIPInputStream(Files.newInputStream(world.file("data/out/File1.csv.gz")))) {
            assertThat(bytes.readAllBytes()).asString().isEqualTo("one\n");
        }
        copy("gzip", "unzipped", "{}", "{}", "{}");
        assertThat(world.files("data/unzipped")).containsExactly("File1.csv", "Sub/File2.csv");
    }

    @Test
    void packsFilesIntoAnArchiveAndUnpacksThemBelowItsName() throws Exception {
        copy("in", "zip", "{}", "{}", "{}");
        assertThat(world.files("data/out")).containsExactly("all.zip");
        copy("zipped", "unzipped", "{}", "{}", "{}");
        assertThat(world.files("data/unzipped")).containsExactly("all/File1.csv", "all/Sub/File2.csv");
        world.services().files().lake().container("contoso", "data").delete("unzipped");
        copy("zipped", "unzipped", "{'formatSettings': {'compressionProperties': {'preserveZipFileNameAsFolder': false}}}", "{}", "{}");
        assertThat(world.files("data/unzipped")).containsExactly("File1.csv", "Sub/File2.csv");
    }

    @Test
    void deletesTheSourcesAfterwardsWhenAsked() throws Exception {
        copy("in", "out", "{'storeSettings': {'wildcardFileName': '*1.csv', 'deleteFilesAfterCompletion': true}}", "{}", "{}");
        assertThat(world.files("data/in")).containsExactly("Sub/File2.csv");
        assertThat(world.files("data/out")).containsExactly("File1.csv");
    }

    @Test
    void leavesNothingBehindWhenAFileCannotBeWritten() throws Exception {
        Files.createDirectories(world.file("data/out/Sub/File2.csv"));
        assertThatThrownBy(() -> copy("in", "out", "{}", "{}", "{}")).hasMessageContaining("a folder of that name exists");
        assertThat(world.files("data/out")).isEmpty();
    }

    @Test
    void refusesWhatFilesDoNotHave() {
        assertThatThrownBy(() -> copy("in", "out", "{}", "{}", "{'preserve': ['ACL']}")).hasMessageContaining("ACL");
        assertThatThrownBy(() -> copy("in", "out", "{}", "{'storeSettings': {'metadata': [{'name': 'a', 'value': 'b'}]}}", "{}"))
            .hasMessageContaining("metadata");
    }
}
