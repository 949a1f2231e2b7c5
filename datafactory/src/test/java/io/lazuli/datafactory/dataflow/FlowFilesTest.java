package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowFilesTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = new FlowWorld(folder).csv("list", "lists", "").csv("in", "in", "").csv("out", "out", "")
            .file("in/a.csv", "id\n1\n").file("in/b.csv", "id\n2\n").file("in/c.csv", "id\n3\n");
    }

    private String rows(String source, String dataset, String format) {
        world.flow("f", List.of("s=" + dataset), List.of("out=out"), "source(" + source + ") ~> s\n" + """
            s sort(asc(id, true)) ~> o
            o sink(partitionFileNames:['x.%s']) ~> out""".formatted(format));
        assertThat(world.run("f").message()).isEmpty();
        return world.text("out/x." + format);
    }

    @Test
    void readsTheFilesThatAListNames() {
        world.file("lists/l.txt", "in/a.csv\n\n  in/c.csv  \n");
        assertThat(rows("output(id as integer), fileList: true", "list", "csv")).isEqualTo("id\n1\n3\n");
        world.file("in/l.txt", "b.csv\n");
        assertThat(rows("output(id as integer), fileList: true, wildcardPaths: ['in/*.txt']", "in", "csv")).isEqualTo("id\n2\n");
    }

    @Test
    void aListMayBeginWithAByteOrderMarkAndIsUtf8() throws IOException {
        world.file("lists/l.txt", "\uFEFFin/a.csv\r\nin/c.csv");
        assertThat(rows("output(id as integer), fileList: true", "list", "csv")).isEqualTo("id\n1\n3\n");
        Files.write(world.lake().resolve("lists/l.txt"), "in/b\u00E4.csv".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(world.run("f").message()).contains("The file list 'lists/l.txt' is not UTF-8", "MALFORMED_DATA");
    }

    @Test
    void aListThatNamesWhatIsNotThereFails() {
        world.file("lists/l.txt", "in/z.csv\n").flow("f", List.of("s=list"), List.of("out=out"), """
            source(output(id as integer), fileList: true) ~> s
            s sink() ~> out""");
        assertThat(world.run("f").message()).contains("The file list 'lists/l.txt' names 'in/z.csv', which is not there");
    }

    @Test
    void optionsThatAreLeftEmptyAreNone() {
        String empty = "fileList: false, wildcardPaths: [''], rowUrlColumn: '', partitionRootPath: '', moveFiles: []";
        assertThat(rows("output(id as integer), " + empty, "in", "csv")).isEqualTo("id\n1\n2\n3\n");
    }

    @Test
    void namesOfXmlGetThePrefixesOfTheirNamespaces() {
        world.dataset("xml", "Xml", "xml").dataset("out", "Json", "out")
            .file("xml/a.xml", "<r xmlns:a='urn:a'><id>1</id><a:x a:k='1'>5</a:x></r>");
        world.flow("f", List.of("s=xml"), List.of("out=out"), """
            source(allowSchemaDrift: true, namespacePrefixes: ['urn:a' -> 'p'], validationMode: 'None') ~> s
            s sink(partitionFileNames:['x.json']) ~> out""");
        assertThat(world.run("f").message()).isEmpty();
        assertThat(world.text("out/x.json")).isEqualTo("{\"r\":{\"id\":1,\"p:x\":{\"p:@k\":1,\"p:_value_\":5}}}");
    }

    @Test
    void validatesXmlWhereItIsAsked() {
        world.dataset("xml", "Xml", "xml").file("xml/a.xml", "<r><id>1</id></r>").flow("f", List.of("s=xml"), List.of("out=out"), """
            source(allowSchemaDrift: true, validationMode: 'xsd') ~> s
            s sink() ~> out""");
        assertThat(world.run("f").message()).contains("Data flow 'f', line 1: source 's': ", "a.xml, line 1", "element 'r'");
    }

    @Test
    void aRowThatIsBrokenIsToldWithItsFileAndItsSource() {
        world.file("in/b.csv", "id\n2\n\"3\"4\n").flow("f", List.of("s=in"), List.of("out=out"), """
            source(output(id as integer)) ~> s
            s derive(twice = id * 2) ~> d
            d filter(id > 0) ~> f
            f sink() ~> out""");
        assertThat(world.run("f").message()).contains("Data flow 'f', line 1: source 's': ", "b.csv, row 2 (line 3)")
            .doesNotContain("d filter");
    }
}
