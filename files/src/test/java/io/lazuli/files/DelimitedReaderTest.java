package io.lazuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelimitedReaderTest {
    private static final DelimitedFormat CSV =
        new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE);

    @TempDir
    private Path folder;

    @Test
    void readsQuotesEscapesAndLineBreaksWithinQuotes() throws IOException {
        assertThat(rows("a,b,c\r\n1,\"x, \\\"y\\\" \\\\ \\n\r\nz\",C:\\temp\n", CSV))
            .containsExactly(row("1", "x, \"y\" \\ \\n\r\nz", "C:\\temp"));
    }

    @Test
    void readsDoubledQuotesWhenTheQuoteIsTheEscape() throws IOException {
        assertThat(rows("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", format(",", "\"", "\"", "", true)))
            .containsExactly(row("say \"hi\"", "\""));
    }

    @Test
    void takesQuotesInTheMiddleOfAValueAsText() throws IOException {
        assertThat(rows("a,b\n5\" pipe,it's \"so\"\n", CSV)).containsExactly(row("5\" pipe", "it's \"so\""));
    }

    @Test
    void escapesTheDelimiterWhenThereIsNoQuote() throws IOException {
        assertThat(rows("1\\,5,\"q\",a\\\\b,c\\d\n", format(",", "", "\\", "", false)))
            .containsExactly(row("1,5", "\"q\"", "a\\b", "c\\d"));
    }

    @Test
    void splitsByDelimitersOfSeveralCharacters() throws IOException {
        assertThat(rows("1||2|3||\"a||b\"##4||5||6##", format("||", "\"", "\\", "##", false)))
            .containsExactly(row("1", "2|3", "a||b"), row("4", "5", "6"));
    }

    @Test
    void keepsOtherLineBreaksWhenTheRowDelimiterIsGiven() throws IOException {
        assertThat(rows("1,2\r\n3,4\r\n", format(",", "\"", "\\", "\n", false))).containsExactly(row("1", "2\r"), row("3", "4\r"));
    }

    @Test
    void takesEveryKindOfLineBreakByDefaultAndSkipsEmptyLines() throws IOException {
        assertThat(rows("a,b\r1,2\n\n\r\n3,4\r\n5,6", CSV)).containsExactly(row("1", "2"), row("3", "4"), row("5", "6"));
    }

    @Test
    void skipsLinesThatHaveCharactersBeforeTheHeader() throws IOException {
        DelimitedFormat format = new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 2, true, false, Compression.NONE);
        assertThat(rows("Report \"of\n\nsomething\na,b\n1,2\n", format)).containsExactly(row("1", "2"));
    }

    @Test
    void takesALineAsOneColumnWithoutADelimiter() throws IOException {
        assertThat(rows("\"a,b\nc;d\n", format("", "\"", "\\", "", false))).containsExactly(row("\"a,b"), row("c;d"));
    }

    @Test
    void givesNullForTheNullValueAndForMissingColumns() throws IOException {
        DelimitedFormat format = new DelimitedFormat(",", "\"", "\\", "", true, "NULL", "UTF-8", 0, true, false, Compression.NONE);
        assertThat(rows("a,b,c\nNULL,,\"NULL\"\n1\n", format)).containsExactly(row(null, "", null), row("1", null, null));
        assertThat(rows("a,b\n,\"\"\n", CSV)).containsExactly(row(null, null));
    }

    @Test
    void failsOnARowWithTooManyColumnsWithFileRowAndLine() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n\"x\ny\",2\n1,2,3\n", CSV))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
            .hasMessage("in/data.csv, row 3 (line 5): found more columns (3) than expected column count 2");
    }

    @Test
    void leavesOutWhatARowHasBeyondTheColumnsWhereTheFormatSaysSo() throws IOException {
        assertThat(rows("a,b\n1,2,3,4\n5\n6,\"7\",8\n", CSV.droppingExtraValues()))
            .containsExactly(row("1", "2"), row("5", null), row("6", "7"));
    }

    @Test
    void filesWithoutAHeaderHaveTheColumnsThatTheFormatAsksForHoweverShortTheirFirstRow() throws IOException {
        DelimitedFormat three = format(",", "\"", "\\", "", false).droppingExtraValues().withLeastColumns(3);
        assertThat(rows("1\n2,x,y\n3,x,y,z\n", three)).containsExactly(row("1", null, null), row("2", "x", "y"), row("3", "x", "y"));
        assertThat(rows("1,2,3,4\n5\n", three)).containsExactly(row("1", "2", "3", "4"), row("5", null, null, null));
    }

    @Test
    void failsOnQuotesThatDoNotMatch() {
        assertThatThrownBy(() -> rows("a,b\n1,\"open\n2,3\n", CSV)).hasMessageContaining("line 2").hasMessageContaining("is not closed");
        assertThatThrownBy(() -> rows("a,b\n\"x\"y,2\n", CSV)).hasMessageContaining("row 1").hasMessageContaining("closing quote");
    }

    @Test
    void leavesOutBadRowsAndTellsOfThem() throws IOException {
        SourceFile file = file("a,b\n1,2\n1,2,3\n\"x\"y,4\n5,6\n", "UTF-8");
        List<BadRow> bad = new ArrayList<>();
        Schema columns = DelimitedReader.describe(List.of(file), CSV);
        List<List<Object>> rows = read(DelimitedReader.tolerantRows(List.of(file), CSV, columns, Optional.empty(), bad::add));
        assertThat(rows).containsExactly(row("1", "2"), row("5", "6"));
        assertThat(bad).extracting(BadRow::row, BadRow::line).containsExactly(
            tuple(2L, 3L), tuple(3L, 4L));
        assertThat(bad.getFirst().values()).containsExactly("1", "2", "3");
    }

    @Test
    void refusesHeadersWithoutANameOrWithOneTwice() {
        assertThatThrownBy(() -> rows("a,,c\n1,2,3\n", CSV)).hasMessageContaining("column 2 has no name");
        assertThatThrownBy(() -> rows("a,a\n1,2\n", CSV)).hasMessageContaining("'a'");
    }

    @Test
    void findsColumnsOfSeveralFilesByNameAndGivesTheirPath() throws IOException {
        Path first = Files.writeString(folder.resolve("1.csv"), "a,b\n1,2\n");
        Path second = Files.writeString(folder.resolve("2.csv"), "b,c\n3,4\n");
        List<SourceFile> files = List.of(new SourceFile(first, "x/1.csv"), new SourceFile(second, "x/2.csv"));
        Schema columns = DelimitedReader.describe(files, CSV);
        assertThat(columns.names()).containsExactly("a", "b", "c");
        assertThat(read(DelimitedReader.rows(files, CSV, columns, Optional.of("path"))))
            .containsExactly(row("1", "2", null, "x/1.csv"), row(null, "3", "4", "x/2.csv"));
    }

    @Test
    void readsOtherEncodings() throws IOException {
        DelimitedFormat format = new DelimitedFormat(",", "\"", "\\", "", true, "", "windows-1252", 0, true, false, Compression.NONE);
        SourceFile file = file("größe,preis\n5,3 €\n", "windows-1252");
        assertThat(read(DelimitedReader.rows(List.of(file), format, DelimitedReader.describe(List.of(file), format), Optional.empty())))
            .containsExactly(row("5", "3 €"));
    }

    @Test
    void readsBackWhateverIsWrittenWithQuotesAndEscapes() throws IOException {
        Random random = new Random(20_260_101);
        String alphabet = "ab,;\"\\\r\n |é😀";
        for (int round = 0; round < 300; round++) {
            List<List<Object>> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            int columns = 1 + random.nextInt(4);
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                Object[] row = new Object[columns];
                for (int column = 0; column < columns; column++) {
                    String value = random.ints(random.nextInt(6), 0, alphabet.codePointCount(0, alphabet.length()))
                        .map(index -> alphabet.codePointAt(alphabet.offsetByCodePoints(0, index)))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
                    row[column] = value.isEmpty() ? null : value;
                    text.append(column == 0 ? "" : ",").append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
                }
                rows.add(Arrays.asList(row));
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            assertThat(rows(text.toString(), format(",", "\"", "\\", "", false))).isEqualTo(rows);
        }
    }

    private static DelimitedFormat format(String delimiter, String quote, String escape, String rowDelimiter, boolean header) {
        return new DelimitedFormat(delimiter, quote, escape, rowDelimiter, header, "", "UTF-8", 0, true, false, Compression.NONE);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private SourceFile file(String text, String encoding) throws IOException {
        return new SourceFile(Files.write(folder.resolve("data.csv"), text.getBytes(Charset.forName(encoding))), "in/data.csv");
    }

    private List<List<Object>> rows(String text, DelimitedFormat format) throws IOException {
        List<SourceFile> files = List.of(file(text, "UTF-8"));
        return read(DelimitedReader.rows(files, format, DelimitedReader.describe(files, format), Optional.empty()));
    }

    private static List<List<Object>> read(RowSource source) {
        List<List<Object>> rows = new ArrayList<>();
        try (RowCursor cursor = source.open()) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < source.schema().size(); i++) {
                    row.add(cursor.value(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
