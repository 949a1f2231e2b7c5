package io.lazuli.engine.duckdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.source.XmlFormat.ValidationMode;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlReaderTest {
    private static final XmlFormat XML = format(true, Map.of(), ValidationMode.NONE);

    @TempDir
    private Path folder;

    @Test
    void makesADocumentARowOfItsRootElement() throws IOException {
        SourceFile file = file("o.xml", """
            <?xml version="1.0"?>
            <orders date="2024-01-31">
              <order id="1"><sku unit="kg">A7</sku><amount>2.5</amount><paid>true</paid><note/></order>
              <order id="2"><sku unit="kg">B8</sku><amount>3</amount><paid>false</paid><zip>01234</zip></order>
            </orders>""");
        assertThat(describe(file, XML)).hasToString("Schema[fields=[orders struct<@date:string,order:array<struct<@id:int64,"
            + "sku:struct<@unit:string,_value_:string>,amount:float64,paid:boolean,note:string,zip:string>>>]]");
        assertThat(read(List.of(file), XML)).hasToString("[[{@date=2024-01-31, order=["
            + "{@id=1, sku={@unit=kg, _value_=A7}, amount=2.5, paid=true, note=null, zip=null}, "
            + "{@id=2, sku={@unit=kg, _value_=B8}, amount=3.0, paid=false, note=null, zip=01234}]}]]");
    }

    @Test
    void isAnArrayEverywhereWhatRepeatsAnywhere() throws IOException {
        SourceFile one = file("1.xml", "<r><i>1</i></r>");
        SourceFile two = file("2.xml", "<r><i>2</i><i>3</i></r>");
        assertThat(read(List.of(one, two), XML)).containsExactly(List.of(Map.of("i", List.of(1L))), List.of(Map.of("i", List.of(2L, 3L))));
    }

    @Test
    void isAStructureEverywhereWhatHasAttributesAnywhere() throws IOException {
        SourceFile file = file("1.xml", "<r><i>x</i><i a=\"b\">y</i></r>");
        assertThat(read(List.of(file), XML)).hasToString("[[{i=[{_value_=x, @a=null}, {_value_=y, @a=b}]}]]");
    }

    @Test
    void keepsTextWhenTypesAreNotDetected() throws IOException {
        SourceFile file = file("1.xml", "<r><i>1</i><b>true</b></r>");
        XmlFormat format = new XmlFormat("UTF-8", "", "@", true, Map.of(), false, ValidationMode.NONE, Compression.NONE);
        assertThat(read(List.of(file), format)).containsExactly(List.of(Map.of("i", "1", "b", "true")));
    }

    @Test
    void namesFieldsByNamespacePrefixes() throws IOException {
        SourceFile file = file("1.xml", "<s:r xmlns:s=\"urn:s\" xmlns=\"urn:d\"><i s:a=\"1\">2</i></s:r>");
        assertThat(read(List.of(file), XML)).hasToString("[[{i={@s:a=1, _value_=2}}]]");
        assertThat(describe(file, XML).names()).containsExactly("s:r");
        XmlFormat mapped = format(true, Map.of("urn:s", "x", "urn:d", "y"), ValidationMode.NONE);
        assertThat(describe(file, mapped).names()).containsExactly("x:r");
        assertThat(read(List.of(file), mapped)).hasToString("[[{y:i={x:@a=1, y:_value_=2}}]]");
        assertThat(describe(file, format(false, Map.of(), ValidationMode.NONE)).fields().getFirst().type().toString())
            .contains("@xmlns:s:string").contains("@xmlns:string");
    }

    @Test
    void readsNothingOutsideTheDocument() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        SourceFile file = file("evil.xml", "<!DOCTYPE r [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><r><i>a&e;b</i></r>");
        assertThat(read(List.of(file), XML)).containsExactly(List.of(Map.of("i", "ab")));
    }

    @Test
    void stopsEntitiesThatExpandWithoutEnd() throws IOException {
        StringBuilder entities = new StringBuilder("<!ENTITY e0 \"laugh\">");
        for (int i = 1; i < 12; i++) {
            entities.append("<!ENTITY e").append(i).append(" \"").append(("&e" + (i - 1) + ";").repeat(10)).append("\">");
        }
        SourceFile file = file("bomb.xml", "<!DOCTYPE r [" + entities + "]><r>&e11;</r>");
        assertThatThrownBy(() -> read(List.of(file), XML)).isInstanceOf(LazuliException.class).hasMessageContaining("bomb.xml");
    }

    @Test
    void failsOnMalformedDocumentsWithLineAndColumn() throws IOException {
        SourceFile file = file("1.xml", "<r>\n  <i>1</j>\n</r>");
        assertThatThrownBy(() -> read(List.of(file), XML))
            .isInstanceOfSatisfying(LazuliException.class, e -> {
                assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA);
                assertThat(e.place().line()).isEqualTo(2);
            }).hasMessageContaining("in/1.xml, line 2");
    }

    @Test
    void validatesAgainstTheSchemaBesideTheDocument() throws IOException {
        file("r.xsd", """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"><xs:complexType><xs:sequence>
            <xs:element name="i" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:schema>""");
        String start = "<r xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"r.xsd\">";
        XmlFormat xsd = format(true, Map.of(), ValidationMode.XSD);
        assertThat(read(List.of(file("good.xml", start + "<i>1</i></r>")), xsd)).hasSize(1);
        SourceFile bad = file("bad.xml", start + "<i>one</i></r>");
        assertThatThrownBy(() -> read(List.of(bad), xsd)).hasMessageContaining("in/bad.xml").hasMessageContaining("one");
    }

    @Test
    void validatesAgainstTheDtdOfTheDocument() throws IOException {
        file("r.dtd", "<!ELEMENT r (i)><!ELEMENT i (#PCDATA)>");
        XmlFormat dtd = format(true, Map.of(), ValidationMode.DTD);
        assertThat(read(List.of(file("good.xml", "<!DOCTYPE r SYSTEM \"r.dtd\"><r><i>1</i></r>")), dtd))
            .containsExactly(List.of(Map.of("i", 1L)));
        SourceFile bad = file("bad.xml", "<!DOCTYPE r SYSTEM \"r.dtd\"><r><j>1</j></r>");
        assertThatThrownBy(() -> read(List.of(bad), dtd)).hasMessageContaining("in/bad.xml");
        SourceFile outside = file("outside.xml", "<!DOCTYPE r SYSTEM \"../r.dtd\"><r><i>1</i></r>");
        assertThatThrownBy(() -> read(List.of(outside), dtd)).hasMessageContaining("../r.dtd".substring(3)).hasMessageContaining("folder");
    }

    @Test
    void readsTheEncodingThatTheDocumentDeclares() throws IOException {
        Path path = folder.resolve("latin.xml");
        Files.write(path, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><i>größe</i></r>".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(read(List.of(new SourceFile(path, "latin.xml")), XML)).containsExactly(List.of(Map.of("i", "größe")));
    }

    private static XmlFormat format(boolean namespaces, Map<String, String> prefixes, ValidationMode validation) {
        return new XmlFormat("UTF-8", "", "@", namespaces, prefixes, true, validation, Compression.NONE);
    }

    private SourceFile file(String name, String text) throws IOException {
        return new SourceFile(Files.writeString(folder.resolve(name), text), "in/" + name);
    }

    private static Schema describe(SourceFile file, XmlFormat format) {
        return new XmlReader().describe(List.of(file), format);
    }

    private static List<List<Object>> read(List<SourceFile> files, XmlFormat format) {
        XmlReader reader = new XmlReader();
        return ListRows.of(reader.rows(files, format, reader.describe(files, format), Optional.empty()));
    }
}
