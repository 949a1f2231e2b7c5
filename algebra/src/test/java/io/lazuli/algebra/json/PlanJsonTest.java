package io.lazuli.algebra.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class PlanJsonTest {
    private static final Field ID = new Field("id", ScalarType.INT32);

    static Stream<Literal> constants() {
        StructType struct = new StructType(List.of(new Field("a b", ScalarType.STRING), ID));
        return Stream.of(new Literal(null, ScalarType.NULL), Literal.TRUE, new Literal((byte) -1, ScalarType.INT8),
            new Literal((short) 255, ScalarType.UINT8), new Literal((short) 7, ScalarType.INT16), Literal.int32(1), Literal.int64(1L << 62),
            new Literal(1.5f, ScalarType.FLOAT32), new Literal(Double.NaN, ScalarType.FLOAT64),
            new Literal(Double.NEGATIVE_INFINITY, ScalarType.FLOAT64), Literal.string("ä'\n\u0000"),
            new Literal(new byte[] {0, -1}, ScalarType.BINARY), new Literal(LocalDate.of(2024, 2, 29), ScalarType.DATE),
            new Literal(LocalTime.of(1, 2, 3, 4000), ScalarType.TIME), new Literal(LocalDateTime.MIN, ScalarType.TIMESTAMP),
            new Literal(Instant.parse("2024-02-29T13:14:15.123456Z"), ScalarType.INSTANT), new Literal(new UUID(1, 2), ScalarType.UUID),
            new Literal("{\"a\":1}", ScalarType.VARIANT), new Literal(new BigDecimal("1.50"), new DecimalType(10, 2)),
            new Literal(Arrays.asList("x", null), new ArrayType(ScalarType.STRING)),
            new Literal(Map.of("k", List.of(1)), new MapType(ScalarType.STRING, new ArrayType(ScalarType.INT32))),
            new Literal(Map.of("a b", "x", "id", 5), struct), new Literal(null, struct));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void readsBackConstantsOfEveryType(Literal constant) {
        Plan plan = new Project(Values.ONE_ROW, List.of(new NamedExpression("value", constant)));

        assertThat(throughText(plan)).isEqualTo(plan);
    }

    static Stream<FileFormat> formats() {
        return Stream.of(new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, "UTF-8", Compression.TAR_GZIP), new ParquetFormat("zstd"),
            new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, null, Compression.NONE,
                Set.of(JsonFormat.Leniency.COMMENTS, JsonFormat.Leniency.UNQUOTED_NAMES)),
            new AvroFormat("snappy", "r", null), new OrcFormat("none"),
            new ExcelFormat(null, 2, "A3", true, "", Compression.NONE), new ExcelFormat("S", null, null, false, "x", Compression.ZIP),
            new XmlFormat("UTF-8", "", "@", true, Map.of("urn:a", "a"), true, XmlFormat.ValidationMode.XSD, Compression.NONE));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsBackFilesOfEveryFormat(FileFormat format) {
        Plan plan = new Scan(new FileSource(List.of(new SourceFile(Path.of("/lake/a.x"), "a.x")), format, Optional.of("file")),
            Schema.of(ID));

        assertThat(throughText(plan)).isEqualTo(plan);
    }

    @Test
    void writesASharedPartOnce() {
        Plan shared = new Shared("one", new Values(Schema.of(ID), List.of(List.of(Literal.int32(1)))));
        Plan plan = new SetOperation(shared, shared, SetOperation.Kind.UNION, true);

        assertThat(PlanJson.write(plan).get("right").toString()).isEqualTo("{\"kind\":\"shared\",\"name\":\"one\"}");
        assertThat(throughText(plan)).isEqualTo(plan);
    }

    @Test
    void refusesRowsThatCodeMakes() {
        RowSource rows = new RowSource() {
            @Override
            public Schema schema() {
                return Schema.of(ID);
            }

            @Override
            public RowCursor open() {
                throw new AssertionError("nothing reads them");
            }
        };

        assertThatThrownBy(() -> PlanJson.write(new Scan(rows, rows.schema()))).hasMessageContaining("have no form in JSON");
    }

    @Test
    void tellsThePathOfWhatItDoesNotKnow() {
        Expression condition = Call.of(ComparisonOperators.EQUAL, ColumnReference.of(ID), Literal.int32(1));
        String json = PlanJson.write(new Filter(new Values(Schema.of(ID), List.of()), condition)).toString();

        assertThatThrownBy(() -> read(json.replace("\"values\"", "\"valeus\"")))
            .hasMessageStartingWith("$.input.kind: 'valeus' is not known").hasMessageContaining("values");
        assertThatThrownBy(() -> read(json.replace("\"equal\"", "\"equals\"")))
            .hasMessageStartingWith("$.condition.operator: 'equals' is not known");
        assertThatThrownBy(() -> read(json.replace("int32", "int31"))).hasMessageStartingWith("$.input.schema[0].type: 'int31'");
        assertThatThrownBy(() -> read(json.replace("\"value\":\"1\"", "\"value\":\"x\"")))
            .hasMessageStartingWith("$.condition.arguments[1].value: expected a value of type int32");
        assertThatThrownBy(() -> read(json.replace("\"rows\"", "\"lines\""))).hasMessageContaining("$.input: 'rows' is missing");
        assertThatThrownBy(() -> read("{\"kind\":\"shared\",\"name\":\"x\"}")).hasMessageStartingWith("$.name: expected");
    }

    private static Plan throughText(Plan plan) {
        return read(PlanJson.write(plan).toString());
    }

    private static Plan read(String json) {
        return PlanJson.read(JsonMapper.shared().readTree(json));
    }
}
