package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arithmetic that fails does so on Spark and on DuckDB for the same values, and for no others. */
class FailingArithmeticTest {
    private static final List<DataType> FRACTIONS =
        List.of(ScalarType.FLOAT64, ScalarType.FLOAT32, new DecimalType(10, 2), new DecimalType(38, 6));
    private static final Expression NONE = column("none");
    private static final Expression ZERO = column("zero");
    private static final Expression LEAST = column("least");
    private static final Expression NUMBER = column("n");
    private static final Values ROWS = rows();

    private final BothEngines engines = BothEngines.open();

    private static Expression column(String name) {
        return new ColumnReference(name, ScalarType.INT32);
    }

    private static Values rows() {
        List<List<Expression>> rows = new ArrayList<>();
        for (int number : new int[] {-1, 2, 2, 7}) {
            rows.add(List.of(new Literal(null, ScalarType.INT32), Literal.int32(0), Literal.int32(Integer.MIN_VALUE),
                Literal.int32(number)));
        }
        return new Values(Schema.of(new Field("none", ScalarType.INT32), new Field("zero", ScalarType.INT32),
            new Field("least", ScalarType.INT32), new Field("n", ScalarType.INT32)), rows);
    }

    private static Plan project(List<Expression> expressions) {
        List<NamedExpression> columns = new ArrayList<>();
        expressions.forEach(expression -> columns.add(new NamedExpression("x" + columns.size(), expression)));
        return new Project(ROWS, columns);
    }

    private static List<Expression> divisions(Expression dividend, Expression divisor) {
        List<Expression> results = new ArrayList<>(List.of(Call.of(MathOperators.REMAINDER, dividend, divisor),
            Call.of(MathOperators.DIVIDE_INTEGERS, dividend, divisor)));
        for (DataType type : FRACTIONS) {
            for (Operator operator : List.of(MathOperators.DIVIDE, MathOperators.REMAINDER)) {
                results.add(Call.of(operator, Cast.strict(dividend, type), Cast.strict(divisor, type)));
            }
        }
        return results;
    }

    @Test
    void nullDividedByZeroIsNull() {
        List<Expression> results = new ArrayList<>();
        for (Expression none : List.of(NONE, new Literal(null, ScalarType.INT32), Call.of(MathOperators.ADD, NONE, NUMBER))) {
            results.addAll(divisions(none, ZERO));
            results.addAll(divisions(none, Literal.int32(0)));
        }
        results.addAll(divisions(NUMBER, NONE));
        assertThat(engines.onDuckDb(project(results))).hasSize(4).containsOnly(Collections.nCopies(results.size(), null));
        engines.same(project(results));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNotNullIsNotDividedByZero(boolean spark) {
        for (Expression division : divisions(NUMBER, ZERO)) {
            assertThatThrownBy(() -> engines.exactly(project(List.of(division)), spark)).as(division.toString())
                .hasFieldOrPropertyWithValue("code", AlgebraError.DIVISION_BY_ZERO);
        }
    }

    @Test
    void theLeastNumberDividedByMinusOneLeavesNothing() {
        Plan plan = project(List.of(Call.of(MathOperators.REMAINDER, LEAST, NUMBER),
            Call.of(MathOperators.REMAINDER, LEAST, Literal.int32(-1))));
        assertThat(engines.onDuckDb(plan)).contains(List.of(0, 0), List.of(-2, 0));
        engines.same(plan);
    }

    @Test
    void rowsThatAnAggregateLeavesOutDoNotFail() {
        Expression large = Call.of(MathOperators.MULTIPLY, NUMBER, Literal.int32(1 << 29));
        Optional<Expression> two = Optional.of(Call.of(ComparisonOperators.EQUAL, NUMBER, Literal.int32(2)));
        List<NamedExpression> columns = new ArrayList<>();
        for (Operator operator : List.of(AggregateOperators.SUM_WRAPPING, AggregateOperators.MAX, AggregateOperators.COUNT,
            AggregateOperators.ANY_VALUE, CollectingOperators.COLLECT, CollectingOperators.FIRST)) {
            List<SortKey> order = operator.equals(CollectingOperators.COLLECT) || operator.equals(CollectingOperators.FIRST)
                ? List.of(new SortKey(large, false, true)) : List.of();
            columns.add(new NamedExpression(operator.name(), new AggregateCall(operator, List.of(large), false, order, two,
                operator.resultType(List.of(ScalarType.INT32)))));
        }
        columns.add(new NamedExpression("different",
            new AggregateCall(AggregateOperators.COUNT, List.of(large), true, List.of(), two, ScalarType.INT64)));
        Plan plan = new Aggregate(ROWS, List.of(), columns);
        int value = 1 << 30;
        assertThat(engines.onDuckDb(plan)).containsExactly(List.of(1L << 31, value, 2L, value, List.of(value, value), value, 1L));
        engines.same(plan);
    }
}
