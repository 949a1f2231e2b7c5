package io.lazuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingsTest {
    static Iterable<String> names() {
        return Encodings.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsWhatItWritesInEveryEncoding(String name) throws IOException {
        String text = "id,name\n1,Contoso 99\n".repeat(10_000);
        Charset encoding = Encodings.charset(name);
        assertThat(read(write(text, encoding), encoding)).isEqualTo(text);
    }

    @Test
    void isLittleEndianWithAMarkForUtf16AsDotNet() throws IOException {
        assertThat(write("A", Encodings.charset("utf-16"))).containsExactly(0xFF, 0xFE, 'A', 0);
        assertThat(write("A", Encodings.charset("UTF-32BE"))).containsExactly(0, 0, 0xFE, 0xFF, 0, 0, 0, 'A');
        assertThat(write("A", Encodings.charset("UTF-8"))).containsExactly('A');
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void letsTheByteOrderMarkDecide(String marked) throws IOException {
        byte[] bytes = ("\uFEFF" + "größe 😀").getBytes(Charset.forName(marked));
        assertThat(read(bytes, StandardCharsets.ISO_8859_1)).isEqualTo("größe 😀");
    }

    @Test
    void knowsThePagesThatJavaNamesOtherwise() {
        assertThat(Encodings.charset("JOHAB").name()).isEqualTo("x-Johab");
        assertThat(Encodings.charset("CP875").name()).isEqualTo("x-IBM875");
        assertThat(Encodings.charset("IBM01140").name()).isEqualTo("IBM01140");
    }

    @Test
    void failsAtTheFirstByteThatIsNoText() {
        byte[] bytes = ("x".repeat(70_000) + "é").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(bytes, StandardCharsets.UTF_8))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
            .hasMessage("names.csv: byte 70001 is not text in encoding UTF-8");
    }

    @Test
    void failsOnACharacterThatTheTargetLacks() {
        assertThatThrownBy(() -> write("€", StandardCharsets.US_ASCII)).isInstanceOf(UnmappableCharacterException.class);
    }

    @Test
    void refusesUtf7AndNamesTheNearestOfAnUnknownEncoding() {
        assertThatThrownBy(() -> Encodings.charset("UTF-7"))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_SUPPORTED))
            .hasMessageContaining("UTF-7");
        assertThatThrownBy(() -> Encodings.charset("WINDOWS-1259")).hasMessageContaining("did you mean 'WINDOWS-125");
    }

    private static byte[] write(String text, Charset encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer writer = Encodings.writer(bytes, encoding)) {
            writer.write(text);
        }
        return bytes.toByteArray();
    }

    private static String read(byte[] bytes, Charset encoding) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = Encodings.reader(new ByteArrayInputStream(bytes), encoding, "names.csv")) {
            reader.transferTo(text);
        }
        return text.toString();
    }
}
