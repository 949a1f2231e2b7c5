package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.spark.render.OperatorTable;
import io.lazuli.foundation.CommonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator runs on Spark or is refused by its name. */
class OperatorsTest {
    private static final Field ID = new Field("id", ScalarType.INT64);
    private static final Field GROUP = new Field("group", ScalarType.STRING);
    private static final Field TEXT = new Field("text", ScalarType.STRING);
    private static final Field NUMBER = new Field("number", ScalarType.FLOAT64);
    private static final Values ROWS = rows();

    private final BothEngines engines = BothEngines.open();

    private static Values rows() {
        Object[][] cells = {{1L, "a", "x", 1.5}, {2L, "a", null, 4.0}, {3L, "b", "y", null}, {4L, "a", "z", -2.25}, {5L, "b", "y", 9.0},
            {6L, null, "w", 3.0}};
        Schema schema = Schema.of(ID, GROUP, TEXT, NUMBER);
        List<List<Expression>> rows = new ArrayList<>();
        for (Object[] row : cells) {
            List<Expression> values = new ArrayList<>();
            for (int i = 0; i < row.length; i++) {
                values.add(new Literal(row[i], schema.fields().get(i).type()));
            }
            rows.add(values);
        }
        return new Values(schema, rows);
    }

    private static Stream<Operator> operators(Operator.Kind kind) {
        return OperatorCatalogue.all().stream().filter(operator -> operator.kind() == kind);
    }

    static Stream<Operator> aggregates() {
        return operators(Operator.Kind.AGGREGATE);
    }

    static Stream<Operator> windowFunctions() {
        return Stream.concat(operators(Operator.Kind.WINDOW), aggregates()).filter(operator ->
            !List.of("string_agg", "top_by", "min_by", "max_by").contains(operator.name()));
    }

    /** Arguments that the operator takes. */
    private static List<Expression> arguments(Operator operator) {
        Expression text = ColumnReference.of(TEXT);
        Expression number = ColumnReference.of(NUMBER);
        Expression id = ColumnReference.of(ID);
        return Stream.<List<Expression>>of(List.of(), List.of(Literal.int64(2)).stream().filter(_ -> operator.name().equals("ntile"))
            .<Expression>map(value -> value).toList(), List.of(number), List.of(text, Literal.string("-")), List.of(number, number),
            List.of(id), List.of(text, id), List.of(text, id, Literal.int32(2)), List.of(text, Literal.int64(1), Literal.string("none")),
            List.of(Cast.strict(number, new DecimalType(38, 2))))
            .filter(arguments -> operator.types().resultOf(types(arguments)) != null).findFirst().orElseThrow();
    }

    private static List<DataType> types(List<Expression> arguments) {
        return arguments.stream().map(Expression::type).toList();
    }

    @Test
    void everyScalarOperatorRunsOrIsDeclaredAsRefused() {
        assertThat(operators(Operator.Kind.SCALAR).filter(operator -> !OperatorTable.has(operator)).map(Operator::name).toList())
            .containsExactlyInAnyOrderElementsOf(OperatorTable.refused());
    }

    @Test
    void refusesOperatorsByName() {
        for (String name : OperatorTable.refused()) {
            Operator operator = OperatorCatalogue.find(name).orElseThrow();
            assertThatThrownBy(() -> OperatorTable.require(operator)).hasFieldOrPropertyWithValue("code", CommonError.NOT_SUPPORTED)
                .hasMessage("The Spark engine does not have the operator '" + name + "'");
        }
    }

    @ParameterizedTest
    @MethodSource("aggregates")
    void aggregatesGiveTheSameRows(Operator operator) {
        List<Expression> arguments = arguments(operator);
        AggregateCall plain = AggregateCall.of(operator, arguments.toArray(Expression[]::new));
        AggregateCall filtered = new AggregateCall(operator, arguments, false, List.of(),
            Optional.of(new Call(ComparisonOperators.GREATER,
                List.of(ColumnReference.of(ID), Literal.int64(2)), ScalarType.BOOLEAN)), plain.type());
        List<NamedExpression> calls = new ArrayList<>(List.of(new NamedExpression("plain", plain), new NamedExpression("some", filtered)));
        if (List.of("collect", "string_agg", "first", "last", "last_known").contains(operator.name())) {
            calls.add(new NamedExpression("sorted", new AggregateCall(operator, arguments, false,
                List.of(new SortKey(ColumnReference.of(ID), false, false)), Optional.empty(), plain.type())));
        }
        engines.same(new Aggregate(ROWS, List.of(new NamedExpression("k", ColumnReference.of(GROUP))), calls));
        engines.same(new Aggregate(ROWS, List.of(), calls));
    }

    @ParameterizedTest
    @MethodSource("windowFunctions")
    void windowsGiveTheSameRows(Operator operator) {
        List<Expression> arguments = arguments(operator);
        DataType type = operator.resultType(types(arguments));
        WindowCall.Frame frame =
            new WindowCall.Frame(WindowCall.Frame.Unit.ROWS, new WindowCall.Bound(-1L, true), new WindowCall.Bound(1L, false));
        boolean framed = operator.kind() == Operator.Kind.AGGREGATE || operator.name().endsWith("_value");
        WindowCall call = new WindowCall(operator, arguments, List.of(ColumnReference.of(GROUP)),
            List.of(new SortKey(ColumnReference.of(ID), false, true)), framed ? Optional.of(frame) : Optional.empty(), type);
        Plan window = new Window(ROWS, List.of(new NamedExpression("w", call)));
        assertThatCode(() -> engines.spark.explain(window)).doesNotThrowAnyException();
        if (operator != CollectingOperators.SKEWNESS) {
            engines.same(window);
        }
    }
}
