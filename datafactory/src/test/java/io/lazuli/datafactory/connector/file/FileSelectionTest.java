package io.lazuli.datafactory.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tree and most cases are those of the documentation's "folder and file filter examples". */
class FileSelectionTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private static final String DATA = "{'type': 'AzureBlobFSLocation', 'fileSystem': 'data'}";
    private static final String BLOB = "{'type': 'AzureBlobStorageLocation', 'container': 'data', 'fileName': 'File9.csv'}";

    @TempDir
    private Path folder;
    private Lake lake;
    private FileStore store;

    @BeforeEach
    void makeFiles() throws IOException {
        lake = new Lake(folder, java.util.Map.of());
        for (String path : List.of("FolderA/File1.csv", "FolderA/File2.json", "FolderA/Subfolder1/File3.csv",
            "FolderA/Subfolder1/File4.json", "FolderA/Subfolder1/File5.csv", "AnotherFolderB/File6.csv", "Metadata/FileListToCopy.txt",
            "sales/year=2024/month=01/a.csv", "sales/year=2024/month=02/b.csv")) {
            Path file = folder.resolve("contoso/data").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        Files.writeString(folder.resolve("contoso/data/Metadata/FileListToCopy.txt"),
            "File1.csv\r\nSubfolder1/File3.csv\n\nSubfolder1/File5.csv");
        store = store("AzureBlobFS", "{'url': 'https://contoso.dfs.core.windows.net/'}");
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private FileStore store(String type, String properties) {
        return new FileStores(lake, name -> Optional.empty()).open(service(type, properties));
    }

    private static ResolvedLinkedService service(String type, String properties) {
        return new ResolvedLinkedService("lake", type, (ObjectNode) JSON.readTree(properties), Place.UNKNOWN);
    }

    private static FileLocation location(String json) {
        return FileLocation.of(new ResolvedDataset("files", "Binary", (ObjectNode) JSON.readTree("{'location': " + json + "}"),
            null, service("AzureBlobFS", "{}"), Place.UNKNOWN));
    }

    private List<String> select(String location, String settings) {
        return FileSelection.select(store, location(location), JSON.readTree(settings)).files().stream().map(FileEntry::name).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Folder*    |        | false | File1.csv File2.json",
        "Folder*    |        | true  | File1.csv File2.json Subfolder1/File3.csv Subfolder1/File4.json Subfolder1/File5.csv",
        "Folder*    | *.csv  | false | File1.csv",
        "Folder*    | *.csv  | true  | File1.csv Subfolder1/File3.csv Subfolder1/File5.csv",
        "*/Sub*     | *3.csv | true  | Subfolder1/File3.csv",
        "FolderA    | File?.csv | false | File1.csv",
        "FolderA    | File1?.csv | false | File1.csv",
        "folder*    | *      | true  | ",
        "Nowhere    | *      | true  | ",
        "Another*   | *      | true  | File6.csv"})
    void findsWhatFolderAndNamePatternsMean(String folders, String names, boolean recursive, String expected) {
        ObjectNode settings = JSON.createObjectNode().put("type", "AzureBlobFSReadSettings").put("recursive", recursive)
            .put("wildcardFolderPath", folders).put("wildcardFileName", names);
        List<FileEntry> files = FileSelection.select(store, location(DATA), settings).files();
        List<String> paths = files.stream().map(file -> file.path().replaceFirst("^[^/]*/", "")).toList();
        assertThat(paths).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void namesFilesRelativeToTheFolderBeforeTheFirstWildcard() {
        assertThat(select("{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': 'ignored'}",
            "{'wildcardFolderPath': 'FolderA/Sub*', 'wildcardFileName': '*.csv'}"))
            .containsExactly("Subfolder1/File3.csv", "Subfolder1/File5.csv");
    }

    @Test
    void takesAWholeFolderByDefaultWithItsSubfolders() {
        String location = "{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': '/FolderA/'}";
        assertThat(select(location, "{}")).hasSize(5);
        assertThat(select(location, "{'recursive': 'False'}")).containsExactly("File1.csv", "File2.json");
    }

    @Test
    void keepsTheFolderAfterThePrefixesLastSlash() {
        assertThat(select("{'type': 'AzureBlobFSLocation', 'fileSystem': 'data'}", "{'prefix': 'FolderA/Sub'}"))
            .containsExactly("Subfolder1/File3.csv", "Subfolder1/File4.json", "Subfolder1/File5.csv");
    }

    @Test
    void readsAListOfFilesRelativeToTheDatasetsFolder() {
        assertThat(select("{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': 'FolderA'}",
            "{'fileListPath': 'data/Metadata/FileListToCopy.txt'}"))
            .containsExactly("File1.csv", "Subfolder1/File3.csv", "Subfolder1/File5.csv");
    }

    @Test
    void filtersByModificationWithTheStartIncludedAndTheEndExcluded() throws IOException {
        Instant time = Instant.parse("2024-01-01T05:00:00Z");
        Files.setLastModifiedTime(folder.resolve("contoso/data/FolderA/File1.csv"), FileTime.from(time));
        Files.setLastModifiedTime(folder.resolve("contoso/data/FolderA/File2.json"), FileTime.from(time.plusSeconds(60)));
        String location = "{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': 'FolderA'}";
        assertThat(select(location, """
            {"recursive": false, "modifiedDatetimeStart": "2024-01-01T05:00:00Z", "modifiedDatetimeEnd": "01/01/2024 05:01:00"}"""))
            .containsExactly("File1.csv");
        assertThatThrownBy(() -> select(location, "{'modifiedDatetimeStart': 'yesterday'}"))
            .hasMessageContaining("modifiedDatetimeStart of storeSettings is 'yesterday'");
    }

    @Test
    void findsPartitionsBelowTheirRoot() {
        FileLocation location = location(
            "{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': 'sales/year=2024'}");
        FileSelection byDefault = FileSelection.select(store, location, JSON.readTree("{'enablePartitionDiscovery': true}"));
        assertThat(byDefault.partitionColumns()).containsExactly("month");
        FileSelection fromRoot = FileSelection.select(store, location,
            JSON.readTree("{'enablePartitionDiscovery': true, 'partitionRootPath': 'data/sales'}"));
        assertThat(fromRoot.partitionColumns()).containsExactly("year", "month");
        assertThat(fromRoot.files().get(1).partitions()).hasToString("{year=2024, month=02}");
    }

    @Test
    void failsForANamedFileThatIsNotThere() {
        assertThatThrownBy(() -> select(
            "{'type': 'AzureBlobFSLocation', 'fileSystem': 'data', 'folderPath': 'FolderA', 'fileName': 'File9.csv'}", "{}"))
            .hasMessageContaining("'PathNotFound'").hasMessageContaining("FolderA/File9.csv");
        store = store("AzureBlobStorage",
            "{'connectionString': {'type': 'SecureString', 'value': 'AccountName=contoso;AccountKey=x'}}");
        assertThatThrownBy(() -> select(BLOB, "{}"))
            .hasMessageContaining("The required Blob is missing. ContainerName: https://contoso.blob.core.windows.net/data, "
                + "ContainerExist: True");
    }

    @Test
    void readsOlderDatasetsWithWildcardsInTheirNames() {
        ResolvedDataset older = new ResolvedDataset("files", "AzureBlob",
            (ObjectNode) JSON.readTree("{'folderPath': 'data/FolderA', 'fileName': '*.csv'}"), null,
            service("AzureBlobStorage", "{}"), Place.UNKNOWN);
        JsonNode source = JSON.readTree("{'type': 'BlobSource', 'recursive': false}");
        assertThat(FileSelection.select(store, FileLocation.of(older), source).files())
            .extracting(FileEntry::name).containsExactly("File1.csv");
    }

    @Test
    void refusesStoresWithoutALocalForm() {
        assertThatThrownBy(() -> store("AmazonS3", "{}")).hasMessageContaining("AmazonS3").hasMessageContaining("lazuli.yaml");
        FileStore mapped = new FileStores(lake, name -> Optional.of(folder.resolve("contoso"))).open(service("AmazonS3", "{}"));
        store = mapped;
        assertThat(select("{'type': 'AmazonS3Location', 'bucketName': 'data', 'folderPath': 'AnotherFolderB'}", "{}"))
            .containsExactly("File6.csv");
    }
}
