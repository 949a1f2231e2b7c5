package io.lazuli.datafactory.dataflow;

import static io.lazuli.datafactory.dataflow.FlowWorld.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that write into folders of the lake. */
class FileSinkTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = FlowWorld.withPeople(folder);
    }

    @Test
    void writesDatesAndTimesAsTextsIntoJson() {
        world.dataset("j", "Json", "j").flow("f", List.of("s=in"), List.of("j=j"), PEOPLE + """
            s filter(id == 1) ~> f
            f derive(d = toDate('2024-05-31'), in = @(t = toTimestamp('2024-05-31 08:15:00.5'), n = toDate(null())),
                all = [toDate('2024-05-31')]) ~> t
            t sink(partitionFileNames:['x.json']) ~> j""");
        world.succeed("f");
        assertThat(world.text("j/x.json")).isEqualTo("{\"id\":1,\"name\":\"Ann\",\"d\":\"2024-05-31\","
            + "\"in\":{\"t\":\"2024-05-31T08:15:00.500Z\",\"n\":null},\"all\":[\"2024-05-31\"]}");
    }

    @Test
    void truncateRemovesWhatTheFolderHad() {
        world.file("out/old.csv", "old\n").flow("f", List.of("s=in"), List.of("out=out"), PEOPLE
            + "s sink(truncate: true, partitionFileNames:['new.csv']) ~> out");
        world.succeed("f");
        assertThat(world.files()).containsExactly("in/a.csv", "out/new.csv");
    }

    @Test
    void readsBackTheValuesThatNameFolders() {
        world.flow("write", List.of("s=in"), List.of("out=out"), PEOPLE + """
            s derive(k = case(id == 1, 'a/b', id == 2, '5%20=x')) ~> d
            d sink(filePattern: 'n[n].csv', partitionBy('key', 0, k)) ~> out""");
        world.succeed("write");
        assertThat(world.files()).contains("out/k=__HIVE_DEFAULT_PARTITION__/n1.csv", "out/k=5%2520%3Dx/n2.csv", "out/k=a%2Fb/n3.csv");
        world.flow("read", List.of("s=out"), List.of("more=more"), """
            source(output(id as integer, name as string, k as string), partitionRootPath: 'out') ~> s
            s derive(k = iifNull(k, 'none')) ~> d
            d sort(asc(id)) ~> o
            o sink(partitionFileNames:['x.csv']) ~> more""");
        world.succeed("read");
        assertThat(world.text("more/x.csv")).isEqualTo("id,name,k\n1,Ann,a/b\n2,Bob,5%20=x\n3,Cy,none\n");
    }

    @Test
    void partitionsByKeyIntoFoldersAndByValueIntoFiles() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), PEOPLE + """
            s derive(odd = id % 2, file = 'more/' + name + '.csv') ~> d
            d select(mapColumn(id, odd)) ~> k
            k sink(filePattern: 'n[n].csv', partitionBy('key', 0, odd)) ~> out
            d select(mapColumn(id, file)) ~> v
            v sink(rowUrlColumn: 'file') ~> more""");
        world.succeed("f");
        assertThat(world.files()).containsExactly("in/a.csv", "more/Ann.csv", "more/Bob.csv", "more/Cy.csv", "out/odd=0/n1.csv",
            "out/odd=1/n2.csv");
        assertThat(world.text("out/odd=1/n2.csv")).isEqualTo("id\n1\n3\n");
        assertThat(world.text("more/Bob.csv")).isEqualTo("id\n2\n");
    }

    @Test
    void valuesNameFilesAndFoldersFromTheRootOfTheContainer() {
        world.flow("f", List.of("s=in"), List.of("out=out", "more=more"), PEOPLE + """
            s derive(file = '/elsewhere/' + name + '.csv', folder = 'odd/' + toString(id % 2)) ~> d
            d select(mapColumn(id, file)) ~> a
            a sink(rowUrlColumn: 'file') ~> out
            d select(mapColumn(id, folder)) ~> b
            b sink(rowFolderUrlColumn: 'folder', filePattern: 'n[n].csv') ~> more""");
        world.succeed("f");
        assertThat(world.files()).containsExactly("elsewhere/Ann.csv", "elsewhere/Bob.csv", "elsewhere/Cy.csv", "in/a.csv",
            "odd/0/n1.csv", "odd/1/n2.csv");
        assertThat(world.text("odd/1/n2.csv")).isEqualTo("id\n1\n3\n");
    }

    @Test
    void aRowWithoutAPathFailsAndLeavesNothing() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE + """
            s derive(file = iif(id == 2, toString(null()), name)) ~> d
            d sink(rowUrlColumn: 'file') ~> out""");
        assertThat(world.run("f").message()).contains("Column 'file' names a file or folder for each row, and is null or empty in a row");
        assertThat(world.files()).containsExactly("in/a.csv");
    }

    @Test
    void linesStandBeforeTheNamesOfColumns() {
        world.flow("f", List.of("s=in"), List.of("out=out"), PEOPLE
            + "s sink(partitionFileNames:['x.csv'], emptyLinesAsHeader: 1, header: ['# people, by name', '# 2024']) ~> out");
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo("\n# people, by name\n# 2024\nid,name\n1,Ann\n2,Bob\n3,Cy\n");
    }
}
