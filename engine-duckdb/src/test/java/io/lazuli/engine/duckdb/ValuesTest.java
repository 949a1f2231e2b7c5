package io.lazuli.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value of every type goes through DuckDB in every direction and comes back as it was. */
class ValuesTest {
    private static final StructType STRUCT = new StructType(List.of(World.field("id", ScalarType.INT64),
        World.field("Id", ScalarType.STRING), World.field("at", ScalarType.INSTANT),
        World.field("list", new ArrayType(new DecimalType(10, 2)))));

    @TempDir
    private Path folder;

    static Stream<Arguments> values() {
        return Stream.of(
            Arguments.of(ScalarType.BOOLEAN, true), Arguments.of(ScalarType.INT8, (byte) -128), Arguments.of(ScalarType.UINT8, (short) 255),
            Arguments.of(ScalarType.INT16, Short.MIN_VALUE), Arguments.of(ScalarType.INT32, Integer.MIN_VALUE),
            Arguments.of(ScalarType.INT64, Long.MIN_VALUE), Arguments.of(ScalarType.FLOAT32, 0.1f),
            Arguments.of(ScalarType.FLOAT64, Double.MIN_VALUE), Arguments.of(ScalarType.FLOAT64, Double.NaN),
            Arguments.of(ScalarType.FLOAT64, Double.NEGATIVE_INFINITY), Arguments.of(ScalarType.FLOAT64, -0.0),
            Arguments.of(ScalarType.STRING, "it's \"q\" \\ \n % é 漢 😀"), Arguments.of(ScalarType.STRING, ""),
            Arguments.of(ScalarType.STRING, "a\0b"), Arguments.of(ScalarType.BINARY, new byte[] {0, -1, 39, 92}),
            Arguments.of(ScalarType.BINARY, new byte[0]), Arguments.of(ScalarType.DATE, LocalDate.of(1, 1, 1)),
            Arguments.of(ScalarType.DATE, LocalDate.of(9999, 12, 31)), Arguments.of(ScalarType.DATE, LocalDate.of(-44, 3, 15)),
            Arguments.of(ScalarType.TIME, LocalTime.of(23, 59, 59, 999_999_000)),
            Arguments.of(ScalarType.TIMESTAMP, LocalDateTime.of(1500, 2, 28, 1, 2, 3, 4000)),
            Arguments.of(ScalarType.INSTANT, Instant.parse("1969-12-31T23:59:59.999999Z")),
            Arguments.of(ScalarType.UUID, UUID.fromString("6f9619ff-8b86-d011-b42d-00cf4fc964ff")),
            Arguments.of(ScalarType.VARIANT, "{\"a\":[1,\"x\",null]}"), Arguments.of(new DecimalType(38, 4),
                new BigDecimal("-1234567890123456789012345678901234.5678")),
            Arguments.of(new DecimalType(4, 2), new BigDecimal("0.10")),
            Arguments.of(new ArrayType(ScalarType.STRING), Arrays.asList("a", null, "c'")),
            Arguments.of(new ArrayType(ScalarType.FLOAT64), List.of(Double.NaN, 1.5)),
            Arguments.of(new ArrayType(ScalarType.BINARY), List.of(new byte[] {0, -1}, new byte[] {65})),
            Arguments.of(new MapType(ScalarType.STRING, ScalarType.DATE), new LinkedHashMap<>(Map.of("k", LocalDate.of(2020, 2, 29)))),
            Arguments.of(STRUCT, struct(7L, "x", Instant.parse("2020-01-01T00:00:00.000001Z"), List.of(new BigDecimal("1.50")))),
            Arguments.of(new ArrayType(STRUCT), Arrays.asList(struct(null, null, null, null), null)));
    }

    private static Map<String, Object> struct(Long id, String other, Instant at, List<BigDecimal> list) {
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("id", id);
        struct.put("Id", other);
        struct.put("at", at);
        struct.put("list", list);
        return struct;
    }

    @ParameterizedTest
    @MethodSource("values")
    void literalsComeBack(DataType type, Object value) {
        try (World world = new World(folder)) {
            assertThat(world.value(new Literal(value, type))).usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class).isEqualTo(value);
            assertThat(world.value(new Literal(null, type))).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void rowsFromJavaComeBack(DataType type, Object value) {
        Schema schema = Schema.of(World.field("n", ScalarType.INT32), World.field("v", type));
        try (World world = new World(folder)) {
            List<List<Object>> given = List.of(Arrays.asList(1, value), Arrays.asList(2, null));
            assertThat(world.rows(new Scan(new ListSource(schema, given), schema))).usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class).isEqualTo(given);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void parquetFilesKeepThem(DataType type, Object value) {
        Schema schema = Schema.of(World.field("v", type));
        Values rows = World.values(schema, value, null);
        try (World world = new World(folder)) {
            world.session.execute(new WriteFile(rows, new ParquetFormat("snappy"), folder.resolve("v.parquet")), Execution.UNWATCHED);
            Scan scan = new Scan(world.files(new ParquetFormat("snappy"), "v.parquet"), schema);
            List<List<Object>> expected = new ArrayList<>();
            expected.add(Arrays.asList(value));
            expected.add(Arrays.asList((Object) null));
            assertThat(world.rows(scan)).usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class).isEqualTo(expected);
        }
    }

    /** Rows in memory. */
    record ListSource(Schema schema, List<List<Object>> rows) implements RowSource {
        @Override
        public RowCursor open() {
            return new RowCursor() {
                private int row = -1;

                @Override
                public Schema schema() {
                    return ListSource.this.schema;
                }

                @Override
                public boolean next() {
                    return ++row < rows.size();
                }

                @Override
                public Object value(int column) {
                    return rows.get(row).get(column);
                }

                @Override
                public void close() {
                    row = rows.size();
                }
            };
        }
    }
}
