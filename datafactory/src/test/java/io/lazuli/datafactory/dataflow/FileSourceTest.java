package io.lazuli.datafactory.dataflow;

import static io.lazuli.datafactory.dataflow.FlowWorld.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that read files of the lake. */
class FileSourceTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = FlowWorld.withPeople(folder);
    }

    @Test
    void readsWildcardsWithTheirPathsAndMovesTheFilesAfterwards() {
        world.file("in/2024/b.csv", "id,name\n7,Di\n").file("in/2024/_notes.txt", "x").flow("f", List.of("s=in"), List.of("out=out"), """
            source(output(id as integer, name as string), wildcardPaths:['in/**/*.csv'], rowUrlColumn: 'path', allowSchemaDrift: true,
                moveFiles: ['in','done']) ~> s
            s sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f");
        assertThat(world.text("out/x.csv"))
            .isEqualTo("id,name,path\n1,Ann,/in/a.csv\n2,Bob,/in/a.csv\n3,Cy,/in/a.csv\n7,Di,/in/2024/b.csv\n");
        assertThat(world.files()).containsExactly("done/2024/b.csv", "done/a.csv", "in/2024/_notes.txt", "out/x.csv");
    }

    @Test
    void noFilesAreAnErrorUnlessTheyMayBeMissing() {
        world.csv("none", "nowhere", "").flow("f", List.of("s=none"), List.of("out=out"), PEOPLE
            + "s sink(partitionFileNames:['x.csv']) ~> out");
        assertThat(world.run("f").message()).contains("Source 's' finds no files at 'data/nowhere'");
        world.flow("f", List.of("s=none"), List.of("out=out"),
            "source(output(id as integer), ignoreNoFilesFound: true) ~> s\ns sink(partitionFileNames:['x.csv']) ~> out");
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo("id\n");
    }

    @Test
    void inlineSourcesAndSinksNameTheirFormat() {
        world.flow("f", List.of("s=lake"), List.of("out=lake"), """
            source(output(id as integer, name as string), format: 'delimited', fileSystem: 'data', folderPath: 'in', fileName: 'a.csv',
                columnDelimiter: ',', escapeChar: '\\\\', quoteChar: '\\"', columnNamesAsHeader: true) ~> s
            s sink(format: 'parquet', fileSystem: 'data', folderPath: 'pq', partitionFileNames:['x.parquet']) ~> out""");
        world.succeed("f");
        world.flow("g", List.of("s=lake"), List.of("out=out"), """
            source(format: 'parquet', fileSystem: 'data', folderPath: 'pq', allowSchemaDrift: true) ~> s
            s sink(partitionFileNames:['y.csv']) ~> out""");
        world.succeed("g");
        assertThat(world.text("out/y.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n3,Cy\n");
        world.flow("h", List.of("s=lake"), List.of("out=out"), """
            source(format: 'iceberg', fileSystem: 'data', folderPath: 'd') ~> s
            s sink() ~> out""");
        assertThat(world.run("h").message()).contains("The inline format 'iceberg' is not supported");
    }

    @Test
    void takesTheFirstRowsOfALimitedSource() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE.replace("allowSchemaDrift: false", "allowSchemaDrift: false, limit: 2")
            + "s sink(partitionFileNames:['x.csv']) ~> out");
        world.succeed("f", "{}");
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n");
    }

    @Test
    void readsJsonThatGoesBeyondItsGrammar() {
        world.dataset("loose", "Json", "loose").file("loose/a.json", """
            /* people */ [{id: 1, 'name': 'O\\'Neil', tags: ['a', "b"]}, // the first
            {id: 2, name: "x\\-y", price: 1.10}]
            """).file("loose/b.json", "{id: 3}\n{id: 4}\n");
        String script = """
            source(output(id as integer, name as string, tags as string[], price as decimal(10,2)), %s) ~> s
            s derive(tags = toString(size(tags))) ~> d
            d sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.csv'], partitionBy('hash', 1)) ~> out""";
        world.flow("f", List.of("s=loose"), List.of("out=out"), script.formatted(
            "asComments: true, singleQuoted: true, unquotedColumnNames: true, backslashEscape: true"));
        assertThat(world.run("f", "{}").message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name,tags,price\n1,O'Neil,2,\n2,x-y,,1.10\n3,,,\n4,,,\n");
        world.flow("f", List.of("s=loose"), List.of("out=out"), script.formatted("singleQuoted: true, unquotedColumnNames: true"));
        assertThat(world.run("f", "{}").message()).contains("a.json: malformed JSON at line 1");
    }
}
