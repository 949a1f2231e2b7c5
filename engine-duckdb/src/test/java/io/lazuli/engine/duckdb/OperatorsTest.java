package io.lazuli.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.engine.duckdb.render.OperatorTable;
import java.util.stream.Stream;
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
}
