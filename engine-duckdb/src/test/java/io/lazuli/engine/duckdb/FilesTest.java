package io.lazuli.engine.duckdb;

import static io.lazuli.engine.duckdb.World.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FilesTest {
    private static final JsonFormat JSON = new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE);
    private static final ParquetFormat PARQUET = new ParquetFormat("snappy");

    @TempDir
    private Path folder;
    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void write(Plan rows, FileFormat format, String name) {
        world.session.execute(new WriteFile(rows, format, folder.resolve(name)), Execution.UNWATCHED);
    }

    private List<List<Object>> throughParquet(Plan plan) {
        write(plan, PARQUET, "copy.parquet");
        return world.rows(world.scan(world.files(PARQUET, "copy.parquet")));
    }

    @Test
    void copiesDelimitedTextTheFastWayAndTheExactWayAlike() {
        world.file("a.csv", "id,name\r\n1,\"a, x\"\r\n2,\r\n\r\n3,c\r\n");
        Plan scan = world.scan(world.files(World.CSV, "a.csv"));
        assertThat(world.engine.explain(scan)).contains("read_csv");
        List<List<Object>> expected = List.of(List.of("1", "a, x"), Arrays.asList("2", null), List.of("3", "c"));
        assertThat(throughParquet(scan)).isEqualTo(expected);
        assertThat(world.rows(scan)).isEqualTo(expected);
    }

    @Test
    void fallsBackToTheExactWayForShortRowsAndEscapes() {
        world.file("short.csv", "id,name\n1\n2,b\n");
        assertThat(throughParquet(world.scan(world.files(World.CSV, "short.csv"))))
            .isEqualTo(List.of(Arrays.asList("1", null), List.of("2", "b")));
    }

    @Test
    void readsEscapedQuotes() {
        world.file("escape.csv", "id,name\n1,\"a \\\"b\\\" \\\\\"\n");
        assertThat(world.rows(world.scan(world.files(World.CSV, "escape.csv")))).isEqualTo(List.of(List.of("1", "a \"b\" \\")));
    }

    @Test
    void tellsFileAndLineOfARowWithTooManyColumns() {
        world.file("long.csv", "id,name\n1,a\n2,b,c\n");
        Plan scan = world.scan(world.files(World.CSV, "long.csv"));
        assertThatThrownBy(() -> throughParquet(scan)).isInstanceOfSatisfying(LazuliException.class, e -> {
            assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA);
            assertThat(e.getMessage()).contains("long.csv", "line 3", "more columns");
        });
    }

    @Test
    void addsThePathColumnAndUnitesColumnsByName() {
        world.file("a.csv", "id,x\n1,2\n");
        world.file("b.csv", "y,id\n3,4\n");
        FileSource source = new FileSource(List.of(new SourceFile(folder.resolve("a.csv"), "in/a.csv"),
            new SourceFile(folder.resolve("b.csv"), "in/b.csv")), World.CSV, Optional.of("path"));
        assertThat(world.rows(world.scan(source))).isEqualTo(
            List.of(Arrays.asList("1", "2", null, "in/a.csv"), Arrays.asList("4", null, "3", "in/b.csv")));
    }

    @Test
    void unitesParquetFilesAndTellsTheirPaths() {
        write(World.values(Schema.of(field("id", ScalarType.INT32)), 1), PARQUET, "a[1].parquet");
        write(World.values(Schema.of(field("id", ScalarType.INT64), field("x", ScalarType.STRING)), 2L, "q"), PARQUET, "b*.parquet");
        FileSource source = new FileSource(List.of(new SourceFile(folder.resolve("a[1].parquet"), "A"),
            new SourceFile(folder.resolve("b*.parquet"), "B")), PARQUET, Optional.of("path"));
        assertThat(world.engine.describe(source)).isEqualTo(Schema.of(
            field("id", ScalarType.INT64), field("x", ScalarType.STRING), field("path", ScalarType.STRING)));
        assertThat(world.rows(world.scan(source))).isEqualTo(List.of(Arrays.asList(1L, null, "A"), List.of(2L, "q", "B")));
    }

    @Test
    void infersJsonAsTheUnionOfAllDocuments() {
        world.file("a.json", "{\"id\":1,\"at\":\"2020-01-01\",\"n\":{\"z\":[1,2]},\"mixed\":1}\n"
            + "{\"id\":2.5,\"Id\":true,\"mixed\":{\"q\":null}}");
        world.file("b.json", "[{\"none\":null},\n{\"id\":3}]");
        FileSource source = world.files(JSON, "a.json", "b.json");
        StructType nested = new StructType(List.of(field("z", new ArrayType(ScalarType.INT64))));
        assertThat(world.engine.describe(source)).isEqualTo(Schema.of(field("id", ScalarType.FLOAT64), field("at", ScalarType.STRING),
            field("n", nested), field("mixed", ScalarType.VARIANT), field("Id", ScalarType.BOOLEAN), field("none", ScalarType.STRING)));
        assertThat(world.rows(world.scan(source))).isEqualTo(List.of(
            Arrays.asList(1.0, "2020-01-01", Map.of("z", List.of(1L, 2L)), "1", null, null),
            Arrays.asList(2.5, null, null, "{\"q\":null}", true, null),
            Arrays.asList(null, null, null, null, null, null), Arrays.asList(3.0, null, null, null, null, null)));
    }

    @Test
    void readsJsonInOtherEncodingsAndCompressions() throws IOException {
        for (String encoding : List.of("UTF-16LE", "windows-1252")) {
            for (Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.BZIP2, Compression.DEFLATE)) {
                JsonFormat format = new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, encoding, compression);
                String name = encoding + compression;
                write(World.values(Schema.of(field("é", ScalarType.STRING)), "ü"), format, name);
                assertThat(world.rows(world.scan(world.files(format, name)))).isEqualTo(List.of(List.of("ü")));
            }
        }
    }

    @Test
    void tellsWhatIsMalformed() {
        world.file("bad.json", "{\"a\":1}\n{\"a\":}\n");
        world.file("bad.parquet", "PAR1 no");
        world.file("text.parquet", "id,name\n1,a\n2,b\n");
        for (FileSource source : List.of(world.files(JSON, "bad.json"), world.files(PARQUET, "bad.parquet"),
            world.files(PARQUET, "text.parquet"))) {
            assertThatThrownBy(() -> world.rows(world.scan(source))).isInstanceOfSatisfying(LazuliException.class, e -> {
                assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA);
                assertThat(e.getMessage()).contains(source.files().getFirst().name());
            });
        }
    }

    @Test
    void writesDelimitedTextAsAzureDoes() throws IOException {
        Schema schema = Schema.of(field("a", ScalarType.STRING), field("b", ScalarType.BOOLEAN), field("c", new DecimalType(5, 2)),
            field("d", ScalarType.TIMESTAMP), field("e", ScalarType.FLOAT64));
        write(World.values(schema, "x,\"y\"\\", true, new BigDecimal("1.50"), LocalDateTime.of(2020, 1, 2, 3, 4, 5), 1e20,
            "", null, null, null, 0.1), World.CSV, "out.csv");
        assertThat(Files.readString(folder.resolve("out.csv"))).isEqualTo("a,b,c,d,e\r\n"
            + "\"x,\\\"y\\\"\\\\\",True,1.50,2020-01-02 03:04:05.0000000,1E+20\r\n\"\",,,,0.1\r\n");
    }

    @Test
    void writesJsonInBothShapes() throws IOException {
        Schema schema = Schema.of(field("a", ScalarType.INT32), field("b", ScalarType.STRING));
        Plan rows = World.values(schema, 1, "é\n", 2, null);
        write(rows, JSON, "set.json");
        write(rows, new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, "UTF-8", Compression.NONE), "array.json");
        write(World.values(schema), new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, "UTF-8", Compression.NONE), "empty.json");
        assertThat(Files.readString(folder.resolve("set.json"))).isEqualTo("{\"a\":1,\"b\":\"é\\n\"}\r\n{\"a\":2,\"b\":null}");
        assertThat(Files.readString(folder.resolve("array.json"))).isEqualTo("[{\"a\":1,\"b\":\"é\\n\"},\r\n{\"a\":2,\"b\":null}]");
        assertThat(Files.readString(folder.resolve("empty.json"))).isEqualTo("[]");
    }

    static Stream<DelimitedFormat> delimitedFormats() {
        List<DelimitedFormat> formats = new ArrayList<>();
        for (String delimiter : List.of(",", "\t", "||", "♥")) {
            for (String escape : List.of("\\", "\"")) {
                for (String row : List.of("", "\n", ";;")) {
                    for (boolean all : List.of(true, false)) {
                        for (Compression compression : List.of(Compression.NONE, Compression.GZIP)) {
                            formats.add(new DelimitedFormat(
                                delimiter, "\"", escape, row, true, "NULL", "UTF-8", 0, true, all, compression));
                        }
                    }
                }
            }
        }
        return formats.stream();
    }

    @ParameterizedTest
    @MethodSource("delimitedFormats")
    void textsComeBackFromDelimitedFiles(DelimitedFormat format) {
        List<String> parts = List.of("", "a", ",", "\"", "\\", "\n", "\r\n", "|", "♥", ";;", " ", "\t");
        List<Object> cells = new ArrayList<>();
        for (String one : parts) {
            for (String other : parts) {
                cells.addAll(Arrays.asList(one + other, one + "x" + other, null));
            }
        }
        Schema schema = Schema.of(field("a", ScalarType.STRING), field("b", ScalarType.STRING), field("c", ScalarType.STRING));
        Plan rows = World.values(schema, cells.toArray());
        write(rows, format, "out.csv");
        Plan scan = new Scan(world.files(format, "out.csv"), schema);
        List<List<Object>> expected = world.rows(rows);
        assertThat(world.rows(scan)).isEqualTo(expected);
        assertThat(throughParquet(scan)).isEqualTo(expected);
    }

    @Test
    void readsOtherEncodings() throws IOException {
        Files.write(folder.resolve("l.csv"), "id,n\n1,é\n".getBytes(Charset.forName("ISO-8859-1")));
        DelimitedFormat latin = new DelimitedFormat(",", "\"", "\"", "", true, "", "ISO-8859-1", 0, true, false, Compression.NONE);
        assertThat(throughParquet(world.scan(world.files(latin, "l.csv")))).isEqualTo(List.of(List.of("1", "é")));
    }

    @Test
    void bothReadersOfDelimitedTextAgreeOnAnyText() {
        Random random = new Random(7);
        String alphabet = "aab,,,\"\"\n\n\r ";
        DelimitedFormat doubled = new DelimitedFormat(",", "\"", "\"", "", true, "", "UTF-8", 0, true, false, Compression.NONE);
        Schema schema = Schema.of(field("x", ScalarType.STRING), field("y", ScalarType.STRING));
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder("x,y\n");
            int length = random.nextInt(14);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            world.file("any.csv", text.toString());
            for (DelimitedFormat format : List.of(World.CSV, doubled)) {
                Plan scan = new Scan(world.files(format, "any.csv"), schema);
                assertThat(outcome(() -> throughParquet(scan))).as(text.toString()).isEqualTo(outcome(() -> world.rows(scan)));
            }
        }
    }

    private static Object outcome(Supplier<Object> work) {
        try {
            return work.get();
        } catch (LazuliException e) {
            return e.code();
        }
    }
}
