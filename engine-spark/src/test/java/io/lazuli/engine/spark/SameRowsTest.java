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
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.LenientMathOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans give the same rows on Spark and on DuckDB. */
class SameRowsTest {
    private final BothEngines engines = BothEngines.open();

    private static final Expression NUMBER = new ColumnReference("n", ScalarType.INT32);
    private static final Expression TEXT = new ColumnReference("N", ScalarType.STRING);
    private static final Plan ROWS = rows("n", "N");

    private static Values rows(String number, String text) {
        Object[][] cells = {{7, "äpfel 😀"}, {-7, "it's a \\ {0}"}, {null, null}, {2, ""}, {2, ""}};
        List<List<Expression>> rows = new ArrayList<>();
        for (Object[] row : cells) {
            rows.add(List.of(new Literal(row[0], ScalarType.INT32), new Literal(row[1], ScalarType.STRING)));
        }
        return new Values(Schema.of(new Field(number, ScalarType.INT32), new Field(text, ScalarType.STRING)), rows);
    }

    private void same(Plan plan) {
        engines.same(plan);
    }

    private static Plan project(Expression... expressions) {
        List<NamedExpression> columns = new ArrayList<>();
        for (Expression expression : expressions) {
            columns.add(new NamedExpression("x" + columns.size(), expression));
        }
        return new Project(ROWS, columns);
    }

    @Test
    void calculatesWithNumbersAlike() {
        Literal two = Literal.int32(2);
        same(project(Call.of(MathOperators.ADD, NUMBER, two), Call.of(MathOperators.SUBTRACT, NUMBER, two),
            Call.of(MathOperators.DIVIDE_INTEGERS, NUMBER, two), Call.of(MathOperators.REMAINDER, NUMBER, two),
            Call.of(MathOperators.NEGATE, NUMBER), Call.of(MathOperators.ABS, NUMBER), Call.of(MathOperators.SIGN, NUMBER),
            Call.of(MathOperators.BIT_AND, NUMBER, two), Call.of(MathOperators.BIT_XOR, NUMBER, two),
            Call.of(MathOperators.BIT_NOT, NUMBER),
            Call.of(ComparisonOperators.LESS, NUMBER, two), Call.of(ComparisonOperators.NOT_DISTINCT, NUMBER, two)));
    }

    @Test
    void theFirstElementOfASliceWithoutLengthIsNotLookedFor() {
        Expression failing = Call.of(MathOperators.REMAINDER, NUMBER, Call.of(MathOperators.SUBTRACT, NUMBER, NUMBER));
        same(project(Call.of(ArrayOperators.ARRAY_SLICE, Call.of(StringOperators.SPLIT, TEXT, Literal.string("p")), failing,
            Literal.int32(0))));
    }

    @Test
    void signsOfNoNumbersAndPartsOfLineEndsAreAlike() {
        same(project(Call.of(MathOperators.SIGN, new Literal(Double.NaN, ScalarType.FLOAT64)),
            Call.of(MathOperators.SIGN, new Literal(-2.5f, ScalarType.FLOAT32)),
            Call.of(StringOperators.SPLIT, Literal.string("\t\n"), Literal.string("")),
            Call.of(StringOperators.SPLIT, TEXT, Literal.string(""))));
    }

    @Test
    void anEmptyTextIsNowhereInNull() {
        same(project(Call.of(StringOperators.POSITION, Literal.string(""), TEXT)));
    }

    @Test
    void whatIsEscapedInPatternsStandsForItself() {
        same(project(Call.of(ComparisonOperators.LIKE, Literal.string("w%"), Literal.string("\\w\\%")),
            Call.of(ComparisonOperators.LIKE, TEXT, Literal.string("%\\\\ {_}"))));
    }

    @Test
    void valuesThatCannotBecomeAnotherKindAreNull() {
        List<Literal> values = List.of(new Literal(LocalDate.of(2024, 1, 31), ScalarType.DATE), Literal.int32(1),
            new Literal(1.5, ScalarType.FLOAT64), new Literal(true, ScalarType.BOOLEAN));
        List<ScalarType> types = List.of(ScalarType.DATE, ScalarType.TIMESTAMP, ScalarType.INT32, ScalarType.INT64, ScalarType.FLOAT64,
            ScalarType.BOOLEAN, ScalarType.BINARY);
        same(project(values.stream().flatMap(value -> types.stream().map(type -> Cast.orNull(value, type))).toArray(Expression[]::new)));
        Expression moment = Cast.orNull(values.getFirst(), ScalarType.TIMESTAMP);
        same(project(types.stream().map(type -> Cast.orNull(moment, type)).toArray(Expression[]::new)));
    }

    @Test
    void theLeastNumbersLeadToNoOverflow() {
        Literal least = Literal.int32(Integer.MIN_VALUE);
        Call elements = Call.of(StringOperators.SPLIT, TEXT, Literal.string("p"));
        same(project(Call.of(ArrayOperators.ARRAY_ITEM, elements, least), Call.of(StringOperators.SUBSTRING, TEXT, least, Literal.int32(2)),
            Call.of(LenientMathOperators.REMAINDER_OR_NULL, least, Call.of(ComparisonOperators.COALESCE, NUMBER, Literal.int32(-1)))));
        same(project(Call.of(LenientMathOperators.REMAINDER_OR_NULL, Literal.int64(Long.MIN_VALUE), Literal.int64(-1))));
    }

    @Test
    void sumsKeepTheLowBits() {
        Expression large = Call.of(MathOperators.BIT_OR, Cast.strict(NUMBER, ScalarType.INT64), Literal.int64(1L << 62));
        assertThat(engines.onDuckDb(sum(large))).containsExactly(List.of((1L << 62) * 3 + 7 + 2 + 2 - 7));
        same(sum(large));
        WindowCall running = new WindowCall(AggregateOperators.SUM_WRAPPING, List.of(large), List.of(TEXT),
            List.of(new SortKey(NUMBER, true, true)), Optional.empty(), ScalarType.INT64);
        same(new Window(ROWS, List.of(new NamedExpression("running", running))));
    }

    private static Plan sum(Expression value) {
        return new Aggregate(ROWS, List.of(),
            List.of(new NamedExpression("sum", AggregateCall.of(AggregateOperators.SUM_WRAPPING, value))));
    }

    @Test
    void cutsAndComparesTextsByCodePointAlike() {
        Literal two = Literal.int32(2);
        Literal letter = Literal.string("ä");
        same(project(TEXT, Call.of(StringOperators.LENGTH, TEXT), Call.of(JavaImplementedOperators.named("upper_case"), TEXT),
            Call.of(StringOperators.REVERSE, TEXT), Call.of(StringOperators.SUBSTRING, TEXT, NUMBER, two),
            Call.of(StringOperators.POSITION, letter, TEXT), Call.of(StringOperators.REPLACE, TEXT, letter, TEXT),
            Call.of(StringOperators.TRIM_START, TEXT, letter), Call.of(StringOperators.REPEAT, TEXT, NUMBER),
            Call.of(StringOperators.SHA256, Call.of(StringOperators.ENCODE_UTF8, TEXT)),
            Call.of(TextSliceOperators.TAKE_LEFT, TEXT, NUMBER), Call.of(TextSliceOperators.TAKE_RIGHT, TEXT, NUMBER),
            Call.of(TextSliceOperators.STARTS_WITH, TEXT, letter), Call.of(TextSliceOperators.TRANSLATE, TEXT, letter, two("ab"))));
    }

    private static Literal two(String text) {
        return Literal.string(text);
    }

    @Test
    void filtersGroupsJoinsAndSortsAlike() {
        Expression positive = Call.of(ComparisonOperators.GREATER, NUMBER, Literal.int32(0));
        same(new Filter(ROWS, positive));
        same(new Distinct(ROWS));
        same(new Aggregate(ROWS, List.of(new NamedExpression("t", TEXT)), List.of(
            new NamedExpression("sum", AggregateCall.of(AggregateOperators.SUM, NUMBER)),
            new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS)))));
        for (Join.Kind kind : Join.Kind.values()) {
            same(new Join(ROWS, rows("m", "M"), kind,
                Call.of(ComparisonOperators.EQUAL, NUMBER, new ColumnReference("m", ScalarType.INT32))));
        }
        Plan sorted = new Sort(ROWS, List.of(new SortKey(NUMBER, false, true)));
        engines.sameInOrder(sorted);
    }

    @Test
    void failsOnOverflowAndDivisionByZero() {
        Expression overflow = Call.of(MathOperators.ADD, NUMBER, Literal.int32(Integer.MAX_VALUE));
        assertThatThrownBy(() -> engines.onSpark(project(overflow))).hasFieldOrPropertyWithValue("code",
            AlgebraError.CONVERSION_FAILED);
        Expression far = Cast.strict(new Literal(LocalDate.of(400_000, 1, 1), ScalarType.DATE), ScalarType.TIMESTAMP);
        assertThatThrownBy(() -> engines.onSpark(project(far))).hasFieldOrPropertyWithValue("code", AlgebraError.CONVERSION_FAILED)
            .hasMessage("A time or number is beyond the range of its type");
        Expression zero = Call.of(MathOperators.DIVIDE_INTEGERS, NUMBER, Literal.int32(0));
        assertThatThrownBy(() -> engines.onSpark(project(zero))).hasFieldOrPropertyWithValue("code",
            AlgebraError.DIVISION_BY_ZERO);
    }

    @Test
    void refusesByNameWhatItDoesNotHave() {
        assertThatThrownBy(() ->
            engines.spark.explain(project(Call.of(ComparisonOperators.COLLATION_KEY, TEXT)))).hasMessageContaining("'collation_key'");
    }
}
