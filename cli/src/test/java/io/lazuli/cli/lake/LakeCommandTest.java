package io.lazuli.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LakeCommandTest {
    @TempDir
    private Path workspace;
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(workspace.resolve("local/sub"));
        Files.writeString(workspace.resolve("local/a.csv"), "id,name\n1,ä\n");
        Files.writeString(workspace.resolve("local/sub/b.csv"), "id\n2\n");
        write("linkedService/lake.json", """
            {"name": "lake", "properties": {"type": "AzureBlobFS", "typeProperties": {"url": "https://contoso.dfs.core.windows.net"}}}""");
        write("dataset/orders.json", """
            {"name": "orders", "properties": {"type": "DelimitedText", "parameters": {"file": {"type": "string"}},
              "linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
              "typeProperties": {"firstRowAsHeader": true, "columnDelimiter": ",", "location": {"type": "AzureBlobFSLocation",
                "fileSystem": "raw", "fileName": {"value": "@dataset().file", "type": "Expression"}}}}}""");
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(workspace.resolve(path).getParent());
        Files.writeString(workspace.resolve(path), content);
    }

    private String run(int code, String... arguments) {
        out.getBuffer().setLength(0);
        error.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--workspace", workspace.toString()));
        int actual = Lazuli.commandLine(new PrintWriter(out, true), new PrintWriter(error, true)).execute(all.toArray(String[]::new));
        assertThat(actual).as("%s%s", out, error).isEqualTo(code);
        return out.toString();
    }

    private String local(String path) {
        return workspace.resolve("local").resolve(path).toString();
    }

    @Test
    void copiesIntoTheLakeAndShowsWhatIsThere() {
        run(0, "lake", "cp", local("a.csv"), "contoso/raw/in/");
        assertThat(run(0, "lake", "cat", "abfss://raw@contoso.dfs.core.windows.net/in/a.csv")).isEqualTo("id,name\n1,ä\n");
        assertThat(run(0, "lake", "ls")).isEqualTo("contoso\n");
        assertThat(run(0, "lake", "ls", "contoso")).isEqualTo("raw\n");
        assertThat(run(0, "lake", "ls", "contoso/raw")).contains("in/");
        assertThat(JsonMapper.shared().readTree(run(0, "lake", "ls", "contoso/raw/in", "--output", "json")).path(0).path("size").asInt())
            .isEqualTo(13);
    }

    @Test
    void copiesFoldersInAndOut() {
        run(0, "lake", "cp", "-r", local(""), "https://contoso.blob.core.windows.net/raw/all");
        assertThat(run(0, "lake", "ls", "-r", "contoso/raw")).contains("all/a.csv").contains("all/sub/b.csv");
        run(0, "lake", "cp", "-r", "contoso/raw/all", local("back"));
        assertThat(workspace.resolve("local/back/sub/b.csv")).hasContent("id\n2");
        run(3, "lake", "cp", local(""), "contoso/raw/again");
        assertThat(error.toString()).contains("--recursive");
    }

    @Test
    void makesAndRemovesFolders() {
        run(0, "lake", "mkdir", "contoso/raw/new/folder");
        run(3, "lake", "rm", "contoso/raw/new");
        assertThat(error.toString()).contains("--recursive removes it");
        run(0, "lake", "rm", "-r", "contoso/raw/new");
        run(3, "lake", "ls", "contoso/raw/new");
        assertThat(error.toString()).startsWith("NOT_FOUND");
        run(3, "lake", "ls", "Contoso/raw");
        assertThat(error.toString()).startsWith("INVALID_NAME");
    }

    @Test
    void listsAFolderInWhichALinkLeadsNowhere() throws IOException {
        run(0, "lake", "cp", local("a.csv"), "contoso/raw/in/");
        Path folder = workspace.resolve(".lazuli/lake/contoso/raw/in");
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        assertThat(run(0, "lake", "ls", "contoso/raw/in").lines()).singleElement().asString().endsWith("  in/a.csv");
        assertThat(run(0, "lake", "ls", "-r", "contoso/raw").lines()).singleElement().asString().endsWith("  in/a.csv");
        run(3, "lake", "cat", "contoso/raw/in/dangling");
        assertThat(error.toString()).isEqualToIgnoringNewLines("NOT_FOUND: There is no 'contoso/raw/in/dangling' in the lake");
    }

    @Test
    void saysWhichPathIsTheNearestToOneThatIsNotThere() {
        run(0, "lake", "cp", local("a.csv"), "contoso/raw/in/orders.csv");
        for (String command : List.of("ls", "cat", "rm")) {
            run(3, "lake", command, "contoso/raw/in/order.csv");
            assertThat(error.toString()).isEqualToIgnoringNewLines(
                "NOT_FOUND: There is no 'contoso/raw/in/order.csv' in the lake; did you mean 'contoso/raw/in/orders.csv'?");
        }
        run(3, "lake", "cat", "contoso/raw/in");
        assertThat(error.toString()).isEqualToIgnoringNewLines("INVALID_ARGUMENT: 'contoso/raw/in' is a folder; 'lazuli lake ls' lists it");
        run(3, "lake", "ls", "contoso/raq/in");
        assertThat(error.toString()).contains("did you mean 'contoso/raw'?");
        run(3, "lake", "ls", "contos/raw");
        assertThat(error.toString()).contains("did you mean 'contoso'?");
    }

    @Test
    void previewsRowsAndTypesOfADataset() {
        run(0, "lake", "cp", local("a.csv"), "contoso/raw/a.csv");
        assertThat(run(0, "preview", "orders", "--param", "file=a.csv")).isEqualTo("id      name\nString  String\n1       ä\n");
        assertThat(JsonMapper.shared().readTree(run(0, "preview", "orders", "--param", "file=a.csv", "--output", "json"))).hasToString(
            "{\"columns\":[{\"name\":\"id\",\"type\":\"String\"},{\"name\":\"name\",\"type\":\"String\"}],"
                + "\"rows\":[{\"id\":\"1\",\"name\":\"ä\"}]}");
        run(3, "preview", "order");
        assertThat(error.toString()).contains("did you mean 'orders'?");
    }
}
