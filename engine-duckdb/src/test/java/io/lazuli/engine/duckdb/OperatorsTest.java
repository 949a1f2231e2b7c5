package io.lazuli.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.OperatorTable;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
}
