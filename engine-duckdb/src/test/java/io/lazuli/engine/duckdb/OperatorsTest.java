package io.lazuli.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.OperatorTable;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {
    static Stream<Operator> operators() {
        return OperatorCatalogue.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorHasARendering(Operator operator) {
        assertThatCode(() -> OperatorTable.of(operator)).doesNotThrowAnyException();
    }

    @Test
    void powersOfShortFloatsAreShortFloats(@TempDir Path folder) {
        Expression power = Call.of(MathOperators.POWER, new Literal(9.9f, ScalarType.FLOAT32), new Literal(3.3f, ScalarType.FLOAT32));
        try (World world = new World(folder)) {
            assertThat(world.value(Call.of(MathOperators.REMAINDER, power, new Literal(1f, ScalarType.FLOAT32))))
                .isEqualTo((float) Math.pow(9.9f, 3.3f) % 1f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 86_400_000, 0, 7, -1000, 100_000_000, Integer.MIN_VALUE})
    void timesOfColumnsMoveAsJavaMovesThem(int millis, @TempDir Path folder) {
        List<LocalDateTime> times = List.of(LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.of(-2, 5, 5, 5, 5),
            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000), LocalDateTime.of(9999, 12, 31, 12, 0));
        List<Long> counts = new ArrayList<>(List.of(0L, 1L, -1L, 34_722_222L, 34_722_223L, 3_000_000_000_000_000L, 9_000_000_000_000_000L,
            9_100_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE));
        counts.addAll(List.of(-34_722_222L, -34_722_223L, -3_000_000_000_000_001L, 105_000_000L, 106_000_000L, -110_000_000L));
        Operator operator = JavaImplementedOperators.named("add_units_in_range");
        List<List<Expression>> rows = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        times.forEach(time -> counts.forEach(count -> {
            rows.add(List.of(new Literal(time, ScalarType.TIMESTAMP), Literal.int64(count)));
            expected.add(JavaImplementedOperators.evaluate(operator.name(), time, count, millis));
        }));
        Schema schema = Schema.of(new Field("t", ScalarType.TIMESTAMP), new Field("n", ScalarType.INT64));
        Expression moved = Call.of(operator, new ColumnReference("t", ScalarType.TIMESTAMP), new ColumnReference("n", ScalarType.INT64),
            Literal.int32(millis));
        try (World world = new World(folder)) {
            assertThat(world.rows(new Project(new Values(schema, rows), List.of(new NamedExpression("m", moved))))
                .stream().map(List::getFirst).toList()).isEqualTo(expected);
        }
    }
}
