package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DataFlowPreviewTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private int run(String... arguments) {
        return Lazuli.commandLine(new PrintWriter(out, true), new PrintWriter(error, true)).execute(arguments);
    }

    private void file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @BeforeEach
    void write() throws IOException {
        file("linkedService/lake.json", """
            {"name": "lake", "properties": {"type": "AzureBlobFS", "typeProperties": {"url": "https://preview.dfs.core.windows.net"}}}""");
        file(".lazuli/lake/preview/data/a.csv", "id,name\n1,Ann\n2,Bob\n");
        ObjectNode flow = JsonMapper.shared().createObjectNode().put("name", "f");
        ObjectNode properties = flow.putObject("properties").put("type", "MappingDataFlow").putObject("typeProperties");
        properties.putArray("sources").addObject().put("name", "s").putObject("linkedService").put("referenceName", "lake")
            .put("type", "LinkedServiceReference");
        properties.put("script", """
            parameters{ big as boolean (nam == 'BOB') }
            source(output(id as integer, name as string), format: 'delimited', fileSystem: 'data', fileName: 'a.csv', columnDelimiter: ',',
                columnNamesAsHeader: true) ~> s
            s split(id > 1, disjoint: false) ~> by@(large, small)
            by@large derive(name = upper(name)) ~> ready
            ready derive(x = upper(id)) ~> broken
            broken sink(store: 'cache', format: 'inline') ~> out
            source(format: 'parquet', fileSystem: 'data', folderPath: 'not there') ~> missing
            missing sink(store: 'cache', format: 'inline') ~> other
            by@small filter(isNull($big)) ~> lone
            lone sink(store: 'cache', format: 'inline') ~> third""");
        file("dataflow/f.json", flow.toPrettyString());
    }

    @Test
    void looksAtWhatAStreamNeedsAndAtNothingElse() {
        assertThat(run("dataflow", "preview", "f", "--at", "ready", "--workspace", folder.toString())).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("id       name\ninteger  string\n2        BOB\n");
        assertThat(run("dataflow", "preview", "f", "--at", "by@small", "--workspace", folder.toString())).isZero();
        assertThat(out.toString()).contains("1        Ann");
    }

    @Test
    void placesAMissingDatasetWhereTheCheckDoes() throws IOException {
        file("dataflow/g.json", """
            {"name": "g", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "dataset": {"referenceName": "orders", "type": "DatasetReference"}}],
              "script": "source(output(id as integer)) ~> s\\ns sink(store: 'cache', format: 'inline') ~> out"}}}""");
        assertThat(run("check", "--workspace", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("$.properties.typeProperties.sources[0].dataset.referenceName");
        assertThat(run("dataflow", "preview", "g", "--workspace", folder.toString())).isEqualTo(3);
        assertThat(error.toString()).isEqualToIgnoringNewLines("BROKEN_REFERENCE at " + folder.resolve("dataflow/g.json")
            + " $.properties.typeProperties.sources[0].dataset.referenceName: There is no dataset named 'orders' in the workspace");
    }

    @Test
    void tellsWhatIsWrongOnTheWay() {
        assertThat(run("dataflow", "preview", "f", "--at", "out", "--workspace", folder.toString())).isEqualTo(3);
        assertThat(error.toString()).contains("upper takes a string as its first argument, not an integer");
    }

    @Test
    void warnsOfParametersWhoseColumnsTheRestOfTheFlowMayHave() {
        assertThat(run("dataflow", "preview", "f", "--at", "lone", "--workspace", folder.toString())).isZero();
        assertThat(out.toString()).contains("1        Ann");
        String nowhere = "Data flow 'f', line 10: Parameter '$big' is (nam == 'BOB'), and nothing that refers to it has its columns: "
            + "Column 'nam' is not found; there are [id, name]; did you mean 'name'?";
        assertThat(error.toString()).contains("WARNING " + nowhere);
        assertThat(run("dataflow", "preview", "f", "--at", "third", "--workspace", folder.toString())).isEqualTo(3);
        assertThat(error.toString()).contains("COLUMN_NOT_FOUND", nowhere);
    }

    @Test
    void namesTheStreamsThatThereAre() {
        assertThat(run("dataflow", "preview", "f", "--at", "redy", "--workspace", folder.toString())).isEqualTo(3);
        assertThat(error.toString()).contains("Data flow 'f' has no transformation 'redy'; it has [s, by@large, by@small, ready, broken, "
            + "out, missing, other, lone, third]; did you mean 'ready'?");
    }
}
