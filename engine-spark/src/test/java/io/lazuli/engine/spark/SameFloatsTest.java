package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floats are the same to the last bit on Spark and on DuckDB: what functions make of them, zeros with a sign, and what is no number. */
class SameFloatsTest {
    private static final Expression X = new ColumnReference("x", ScalarType.FLOAT64);
    private static final Expression SMALL = Cast.orNull(X, ScalarType.FLOAT32);
    private static final double[] ZEROS = {0.0, -0.0};
    private static final double[] SIGNED_ZEROS = {-0.0, 0.0};
    private static final double[] SPECIAL = {Double.NaN, -1, 0, 0.3, Double.POSITIVE_INFINITY, -0.0};

    private final BothEngines engines = BothEngines.open();

    private static Values rows(String name, double... numbers) {
        List<List<Expression>> rows = new ArrayList<>();
        for (double number : numbers) {
            rows.add(List.of(new Literal(number, ScalarType.FLOAT64)));
        }
        return new Values(Schema.of(new Field(name, ScalarType.FLOAT64)), rows);
    }

    private static List<NamedExpression> columns(List<Expression> expressions) {
        List<NamedExpression> columns = new ArrayList<>();
        expressions.forEach(expression -> columns.add(new NamedExpression("c" + columns.size(), expression)));
        return columns;
    }

    private static Plan project(Plan rows, Expression... expressions) {
        return new Project(rows, columns(List.of(expressions)));
    }

    private static Expression text(Expression value) {
        return Cast.strict(value, ScalarType.STRING);
    }

    private List<List<Object>> same(Plan plan) {
        List<List<Object>> rows = engines.exactly(plan, false);
        assertThat(engines.exactly(plan, true)).containsExactlyInAnyOrderElementsOf(rows);
        return rows;
    }

    @Test
    void functionsHaveTheSameLastBit() {
        Random random = new Random(7);
        double[] numbers = DoubleStream.generate(() -> random.nextGaussian() * Math.exp(random.nextInt(9) - 5)).limit(500).toArray();
        List<Expression> results = new ArrayList<>(List.of(X));
        for (Operator operator : List.of(MathOperators.EXP, MathOperators.LN, MathOperators.LOG10, MathOperators.SIN, MathOperators.COS,
            MathOperators.TAN, MathOperators.ASIN, MathOperators.ACOS, MathOperators.ATAN, MathOperators.SQRT, LenientMathOperators.SINH,
            LenientMathOperators.COSH, LenientMathOperators.TANH, LenientMathOperators.DEGREES, LenientMathOperators.RADIANS,
            LenientMathOperators.LN_OR_NULL, LenientMathOperators.SQRT_OR_NAN, LenientMathOperators.ASIN_OR_NAN,
            LenientMathOperators.ACOS_OR_NAN, JavaImplementedOperators.named("cbrt"))) {
            results.add(Call.of(operator, X));
        }
        results.add(Call.of(LenientMathOperators.ATAN2, X, Call.of(MathOperators.SIN, X)));
        results.add(Call.of(MathOperators.POWER, Call.of(MathOperators.ABS, X), Call.of(MathOperators.COS, X)));
        Plan plan = new Project(rows("x", numbers), columns(results));
        assertThat(same(plan)).hasSize(numbers.length);
        same(new Project(rows("x", SPECIAL), columns(results)));
    }

    @Test
    void tellsAnglesAsTheyAreOnEveryMachine() {
        assertThat(same(project(rows("x", 1.1), Call.of(MathOperators.TAN, X), Call.of(LenientMathOperators.COSH, X),
            Call.of(MathOperators.SQRT, Call.of(MathOperators.ATAN, X))))).containsExactly(
                List.of(StrictMath.tan(1.1), StrictMath.cosh(1.1), StrictMath.sqrt(StrictMath.atan(1.1))));
    }

    @Test
    void wholeNumbersAndSignsHaveNoNegativeZero() {
        assertThat(same(project(rows("x", -0.0), Call.of(MathOperators.FLOOR, X), Call.of(MathOperators.CEILING, SMALL),
            Call.of(MathOperators.SIGN, X)))).containsExactly(List.of(0.0, 0.0f, 0.0));
        same(project(rows("x", SPECIAL), text(Call.of(MathOperators.CEILING, Call.of(MathOperators.NEGATE, X))),
            text(Call.of(MathOperators.FLOOR, X)), text(Call.of(MathOperators.ROUND, X, Literal.int32(-1))),
            text(Call.of(MathOperators.TRUNCATE, SMALL, Literal.int32(-1))), text(Call.of(MathOperators.POWER, SMALL, SMALL)),
            text(Call.of(MathOperators.SIGN, SMALL)), text(Call.of(MathOperators.NEGATE, X))));
    }

    @Test
    void powersTooLargeForAFloatAreInfinite() {
        Expression large = new Literal(1e30f, ScalarType.FLOAT32);
        assertThat(same(project(rows("x", 2), Call.of(MathOperators.POWER, large, SMALL)))).containsExactly(
            List.of(Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void zerosAreOneWhereOneOfEqualValuesStays(boolean plusFirst) {
        double[] zeros = plusFirst ? ZEROS : SIGNED_ZEROS;
        Plan rows = rows("x", zeros);
        Expression max = AggregateCall.of(AggregateOperators.MAX, SMALL);
        Expression min = AggregateCall.of(AggregateOperators.MIN, X);
        assertThat(same(new Aggregate(rows, List.of(), columns(List.of(min, max))))).containsExactly(List.of(0.0, 0.0f));
        assertThat(same(new Aggregate(rows, columns(List.of(SMALL)), List.of()))).containsExactly(List.of(0.0f));
        assertThat(same(new Distinct(rows))).containsExactly(List.of(0.0));
        assertThat(same(new SetOperation(rows, rows, SetOperation.Kind.UNION, false))).containsExactly(List.of(0.0));
        assertThat(same(new SetOperation(rows, rows, SetOperation.Kind.INTERSECT, false))).containsExactly(List.of(0.0));
        Expression greatest = new WindowCall(AggregateOperators.MAX, List.of(X), List.of(), List.of(), Optional.empty(), X.type());
        same(new Window(rows, List.of(new NamedExpression("most", greatest))));
        Expression first = new Literal(zeros[0], ScalarType.FLOAT64);
        Expression both = new Call(ConversionOperators.ARRAY, List.of(first, X), new ArrayType(ScalarType.FLOAT64));
        same(project(rows, Call.of(LenientMathOperators.GREATEST, first, X), Call.of(LenientMathOperators.LEAST, first, X),
            Call.of(ArrayOperators.ARRAY_DISTINCT, both), Call.of(ArrayOperators.ARRAY_INTERSECT, both, both), both));
    }

    @Test
    void theFirstAndLastZerosKeepTheirSigns() {
        StructType type = new StructType(List.of(new Field("f", ScalarType.FLOAT64), new Field("all", new ArrayType(ScalarType.FLOAT64))));
        Object unsigned = Map.of("f", 0.0, "all", List.of(0.0));
        List<Object> both = List.of(-0.0f, -0.0f, -0.0f, -0.0, unsigned, unsigned);
        Plan rows = rows("x", -0.0);
        assertThat(same(new Aggregate(rows, List.of(), columns(List.of(first(CollectingOperators.FIRST, SMALL),
            first(CollectingOperators.LAST, SMALL), AggregateCall.of(AggregateOperators.MIN_BY, SMALL, X),
            first(CollectingOperators.FIRST, X), first(CollectingOperators.LAST, pair(type, X)),
            AggregateCall.of(AggregateOperators.ANY_VALUE, pair(type, X))))))).containsExactly(both);
        assertThat(same(new Window(rows, columns(List.of(over(CollectingOperators.FIRST, SMALL), over(AggregateOperators.ANY_VALUE, X),
            over(CollectingOperators.LAST, pair(type, X))))))).containsExactly(List.of(-0.0, -0.0f, -0.0, unsigned));
    }

    @Test
    void theFirstAndLastZerosOfMapsHaveNoSign() {
        Expression map = Call.of(MapOperators.MAP, Call.of(ConversionOperators.ARRAY, Literal.string("a")),
            Call.of(ConversionOperators.ARRAY, X));
        Expression maps = Call.of(ConversionOperators.ARRAY, map);
        Map<String, Double> zero = Map.of("a", 0.0);
        Plan rows = rows("x", -0.0);
        assertThat(same(new Aggregate(rows, List.of(), columns(List.of(first(CollectingOperators.FIRST, map),
            first(CollectingOperators.LAST, maps), AggregateCall.of(AggregateOperators.ANY_VALUE, map),
            AggregateCall.of(AggregateOperators.MAX_BY, map, X), first(CollectingOperators.FIRST, new Literal(null, map.type())))))))
            .containsExactly(Arrays.asList(zero, List.of(zero), zero, zero, null));
        assertThat(same(new Window(rows, columns(List.of(over(CollectingOperators.FIRST, map), over(CollectingOperators.LAST, maps),
            over(AggregateOperators.ANY_VALUE, map)))))).containsExactly(List.of(-0.0, zero, List.of(zero), zero));
    }

    private static Expression first(Operator operator, Expression value) {
        return new AggregateCall(operator, List.of(value), false, List.of(new SortKey(X, true, true)), Optional.empty(), value.type());
    }

    private static Expression over(Operator operator, Expression value) {
        return new WindowCall(operator, List.of(value), List.of(), List.of(new SortKey(X, true, true)), Optional.empty(), value.type());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void zerosInsideTheLeastAndGreatestAreOne(boolean plusFirst) {
        Expression first = new Literal(plusFirst ? 0.0 : -0.0, ScalarType.FLOAT64);
        StructType type = new StructType(List.of(new Field("f", ScalarType.FLOAT64), new Field("all", new ArrayType(ScalarType.FLOAT64))));
        Expression one = pair(type, X);
        Expression other = pair(type, first);
        Plan rows = rows("x", plusFirst ? ZEROS : SIGNED_ZEROS);
        Object zero = Map.of("f", 0.0, "all", List.of(0.0));
        assertThat(same(new Aggregate(rows, List.of(), columns(List.of(AggregateCall.of(AggregateOperators.MIN, one),
            AggregateCall.of(AggregateOperators.MAX, one)))))).containsExactly(List.of(zero, zero));
        assertThat(same(project(rows, Call.of(LenientMathOperators.GREATEST, other, one), Call.of(LenientMathOperators.LEAST, one, other))))
            .containsOnly(List.of(zero, zero));
        Expression both = Call.of(ConversionOperators.ARRAY, one, other);
        assertThat(same(project(rows, Call.of(ArrayOperators.ARRAY_DISTINCT, both)))).containsOnly(List.of(List.of(zero)));
        Expression keys = Call.of(ConversionOperators.ARRAY, X);
        assertThat(same(project(rows, Call.of(MapOperators.MAP, keys, keys), text(Call.of(MapOperators.MAP, keys, keys)))).getFirst()
            .getFirst().toString()).startsWith("{0.0=");
    }

    private static Expression pair(StructType type, Expression value) {
        return new Call(ConversionOperators.STRUCTURE, List.of(value, Call.of(ConversionOperators.ARRAY, value)), type);
    }

    @Test
    void whatIsNoNumberIsReadWithinArrays() {
        Expression none = Call.of(MathOperators.NEGATE, Call.of(MathOperators.SQRT, X));
        assertThat(same(project(rows("x", -1), Call.of(ConversionOperators.ARRAY, none)))).containsExactly(
            List.of(List.of(Double.NaN)));
    }

    @Test
    void whatJsonHasNoNumberForIsAText() {
        DataType type = new ArrayType(ScalarType.FLOAT64);
        Expression array = new Call(ConversionOperators.ARRAY, List.of(X), type);
        Expression named = Call.of(ConversionOperators.ARRAY, Call.of(ConversionOperators.ARRAY, Literal.string("NaN,"), text(X)));
        assertThat(same(project(rows("x", Double.NaN, Double.NEGATIVE_INFINITY, -0.0), text(array), text(named),
            Cast.orNull(array, ScalarType.FLOAT64)))).containsExactly(Arrays.asList("[\"NaN\"]", "[[\"NaN,\",\"nan\"]]", null),
                Arrays.asList("[\"-Infinity\"]", "[[\"NaN,\",\"-inf\"]]", null), Arrays.asList("[-0.0]", "[[\"NaN,\",\"-0.0\"]]", null));
    }

    @Test
    void keysOfZerosInArraysAreOne() {
        DataType type = new ArrayType(ScalarType.FLOAT64);
        Expression array = new Call(ConversionOperators.ARRAY, List.of(X), type);
        assertThat(same(new Aggregate(rows("x", SIGNED_ZEROS), columns(List.of(array)), List.of()))).containsExactly(
            List.of(List.of(0.0)));
    }

    @Test
    void whatIsNoNumberIsOneValueHoweverItCameToBe() {
        Expression root = Call.of(MathOperators.SQRT, X);
        Expression rest = Call.of(MathOperators.SUBTRACT, X, X);
        Plan none = project(rows("x", Double.NaN, Double.NEGATIVE_INFINITY), root, rest);
        assertThat(same(none)).containsOnly(List.of(Double.NaN, Double.NaN));
        Expression bytes = Call.of(JavaImplementedOperators.named("float64_bytes"), root);
        Expression few = Call.of(JavaImplementedOperators.named("float32_bytes"), Cast.strict(root, ScalarType.FLOAT32));
        Expression binary = Call.of(JavaImplementedOperators.named("float64_binary"), root);
        assertThat(same(project(rows("x", Double.NaN, Double.NEGATIVE_INFINITY), bytes, few, binary, text(root)))).containsOnly(
            List.of("0x000000000000f87f", "0x0000c07f", "0x7ff8000000000000", "nan"));
        assertThat(same(new Distinct(project(none, new ColumnReference("c0", ScalarType.FLOAT64))))).hasSize(1);
        Plan other = rows("y", Double.NaN, -0.0);
        assertThat(same(new Join(project(rows("x", -1, 0), root), other, Join.Kind.INNER, Call.of(ComparisonOperators.EQUAL,
            new ColumnReference("c0", ScalarType.FLOAT64), new ColumnReference("y", ScalarType.FLOAT64))))).hasSize(2);
    }

    @Test
    void deviationsOfOneValueThatIsInfiniteAreNoNumber() {
        for (double number : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertThat(same(new Aggregate(rows("x", number), List.of(), columns(List.of(
                AggregateCall.of(AggregateOperators.VARIANCE_POPULATION, X), AggregateCall.of(AggregateOperators.STDDEV_POPULATION, X))))))
                    .containsExactly(List.of(Double.NaN, Double.NaN));
        }
        assertThat(same(new Aggregate(rows("x", -2.5), List.of(), columns(List.of(
            AggregateCall.of(AggregateOperators.VARIANCE_POPULATION, X)))))).containsExactly(List.of(0.0));
    }

    @Test
    void whatIsNoXmlHasNoParts() {
        Expression none = Literal.string("<a");
        Expression name = Literal.string("b");
        assertThat(same(project(rows("x", 1), Call.of(JavaImplementedOperators.named("xml_attribute"), none, name),
            Call.of(JavaImplementedOperators.named("xml_children"), none, name),
            Call.of(JavaImplementedOperators.named("xml_text"), none)))).containsExactly(Arrays.asList(null, null, null));
    }
}
