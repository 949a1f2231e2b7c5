package io.lazuli.engine.duckdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Avro and ORC files keep: every type that both have, in every codec. */
class RoundTripTest {
    private static final Schema COLUMNS = Schema.of(new Field("flag", ScalarType.BOOLEAN), new Field("count", ScalarType.INT32),
        new Field("id", ScalarType.INT64), new Field("ratio", ScalarType.FLOAT32), new Field("amount", ScalarType.FLOAT64),
        new Field("price", new DecimalType(38, 9)), new Field("name", ScalarType.STRING), new Field("bytes", ScalarType.BINARY),
        new Field("day", ScalarType.DATE), new Field("at", ScalarType.TIMESTAMP), new Field("seen", ScalarType.INSTANT),
        new Field("tags", new ArrayType(ScalarType.STRING)), new Field("counts", new MapType(ScalarType.STRING, ScalarType.INT64)),
        new Field("lines", new ArrayType(new StructType(List.of(new Field("sku", ScalarType.STRING), new Field("price",
            new DecimalType(10, 2)))))));

    @TempDir
    private Path folder;

    static List<FileFormat> formats() {
        return List.of(avro("none"), avro("deflate"), avro("snappy"), avro("bzip2"), new OrcFormat("none"), new OrcFormat("zlib"),
            new OrcFormat("snappy"));
    }

    private static AvroFormat avro(String codec) {
        return new AvroFormat(codec, "Order", "com.contoso");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsBackRowsOfEveryType(FileFormat format) {
        Random random = new Random(7);
        List<List<Object>> rows = new ArrayList<>();
        rows.add(Arrays.asList(new Object[COLUMNS.size()]));
        rows.add(extremes());
        for (int i = 0; i < 1_500; i++) {
            rows.add(randomRow(random));
        }
        SourceFile file = write(format, COLUMNS, rows, "data");

        assertThat(Formats.reader(format).orElseThrow().describe(List.of(file), format)).isEqualTo(COLUMNS);
        List<List<Object>> back = read(format, file);
        assertThat(back).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(Arrays.deepEquals(back.get(i).toArray(), rows.get(i).toArray())).as("%s is %s", back.get(i), rows.get(i)).isTrue();
        }
    }

    private static List<Object> extremes() {
        return Arrays.asList(true, Integer.MIN_VALUE, Long.MAX_VALUE, Float.MIN_VALUE, -Double.MAX_VALUE,
            new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate(), 9), "", new byte[0], LocalDate.of(1, 1, 1),
            LocalDateTime.of(1, 1, 1, 0, 0, 0, 1_000), Instant.parse("9999-12-31T23:59:59.999999Z"), List.of(), Map.of(), List.of());
    }

    private static List<Object> randomRow(Random random) {
        List<Object> row = new ArrayList<>(List.of(random.nextBoolean(), random.nextInt(), random.nextLong(), random.nextFloat(),
            random.nextGaussian(), new BigDecimal(BigInteger.valueOf(random.nextLong()), 9), "größe 😀 " + random.nextInt(),
            new BigInteger(64, random).toByteArray(), LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000),
            LocalDateTime.of(1969, 12, 31, 23, 59, 57, random.nextInt(1_000_000) * 1_000),
            Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L)));
        row.add(Arrays.asList("a", null, "b"));
        row.add(new LinkedHashMap<>(Map.of("x", random.nextLong())));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("sku", random.nextBoolean() ? "s" : null);
        line.put("price", new BigDecimal("12.50"));
        row.add(List.of(line, line));
        row.set(random.nextInt(row.size()), null);
        return row;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writesAFileWithoutRows(FileFormat format) {
        SourceFile file = write(format, COLUMNS, List.of(), "empty");
        assertThat(Formats.reader(format).orElseThrow().describe(List.of(file), format)).isEqualTo(COLUMNS);
        assertThat(read(format, file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void joinsFilesByColumnNamesAndWidensTypes(FileFormat format) {
        SourceFile first = write(format, Schema.of(new Field("id", ScalarType.INT32), new Field("old", ScalarType.STRING)),
            List.of(List.of(1, "x")), "first");
        SourceFile second = write(format, Schema.of(new Field("new", ScalarType.DATE), new Field("id", ScalarType.INT64)),
            List.of(List.of(LocalDate.EPOCH, 2L)), "second");
        FormatReader reader = Formats.reader(format).orElseThrow();
        Schema columns = reader.describe(List.of(first, second), format);

        assertThat(columns).isEqualTo(Schema.of(new Field("id", ScalarType.INT64), new Field("old", ScalarType.STRING),
            new Field("new", ScalarType.DATE)));
        assertThat(ListRows.of(reader.rows(List.of(first, second), format, columns, Optional.of("path"))))
            .containsExactly(Arrays.asList(1L, "x", null, "in/first"), Arrays.asList(2L, null, LocalDate.EPOCH, "in/second"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void givesOnlyTheWantedColumnsInTheWantedOrder(FileFormat format) {
        SourceFile file = write(format, Schema.of(new Field("a", ScalarType.INT32), new Field("b", ScalarType.STRING)),
            List.of(List.of(1, "x")), "two");
        Schema wanted = Schema.of(new Field("b", ScalarType.STRING));
        assertThat(ListRows.of(Formats.reader(format).orElseThrow().rows(List.of(file), format, wanted, Optional.empty())))
            .containsExactly(List.of("x"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void failsOnDamagedFilesWithTheirNames(FileFormat format) throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "id,name\n1,no such format\n".repeat(20));
        SourceFile whole = write(format, COLUMNS, List.of(extremes(), extremes()), "whole");
        byte[] bytes = Files.readAllBytes(whole.path());
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 20));
        for (Path damaged : List.of(text, cut)) {
            SourceFile file = new SourceFile(damaged, "in/damaged");
            assertThatThrownBy(() -> read(format, file))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
                .hasMessageContaining("in/damaged");
        }
        SourceFile missing = new SourceFile(folder.resolve("none"), "in/none");
        assertThatThrownBy(() -> read(format, missing))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_FOUND));
    }

    @Test
    void refusesUnknownCodecsByName() {
        assertThatThrownBy(() -> write(avro("zstd"), COLUMNS, List.of(), "a")).hasMessageContaining("zstd").hasMessageContaining("snappy");
        assertThatThrownBy(() -> write(new OrcFormat("lz5"), COLUMNS, List.of(), "b")).hasMessageContaining("lz5");
    }

    private SourceFile write(FileFormat format, Schema columns, List<List<Object>> rows, String name) {
        Path file = folder.resolve(name + format.getClass().getSimpleName());
        Formats.writer(format).orElseThrow().write(new ListRows(columns, rows), format, file);
        return new SourceFile(file, "in/" + name);
    }

    private static List<List<Object>> read(FileFormat format, SourceFile file) {
        FormatReader reader = Formats.reader(format).orElseThrow();
        return ListRows.of(reader.rows(List.of(file), format, reader.describe(List.of(file), format), Optional.empty()));
    }
}
