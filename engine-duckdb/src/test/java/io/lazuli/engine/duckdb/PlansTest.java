package io.lazuli.engine.duckdb;

import static io.lazuli.engine.duckdb.World.column;
import static io.lazuli.engine.duckdb.World.field;
import static io.lazuli.engine.duckdb.World.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
    private static final Expression A = column("a", ScalarType.INT64);
    private static final Expression B = column("b", ScalarType.INT64);

    @TempDir
    private Path folder;
    private World world;

    @BeforeEach
    void open() {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static SortKey ascending(Expression expression) {
        return new SortKey(expression, true, true);
    }

    private static Expression greater(Expression left, long right) {
        return Call.of(ComparisonOperators.GREATER, left, Literal.int64(right));
    }

    @Test
    void keepsColumnsApartThatDifferInCase() {
        Schema schema = Schema.of(field("a", ScalarType.INT64), field("A", ScalarType.INT64));
        Plan plan = new Filter(World.values(schema, 1L, 2L, 3L, 4L), greater(column("A", ScalarType.INT64), 3));
        assertThat(world.rows(plan)).containsExactly(List.of(3L, 4L));
    }

    @Test
    void givesOneRowWithoutColumns() {
        assertThat(world.rows(Values.ONE_ROW)).containsExactly(List.of());
    }

    @Test
    void givesNoRowsOfNoValues() {
        assertThat(world.rows(World.values(Schema.of(field("a", ScalarType.DATE))))).isEmpty();
    }

    @Test
    void sortsWithNullsWhereTheKeySays() {
        Plan input = World.values(Schema.of(field("a", ScalarType.INT64)), 2L, null, 1L);
        assertThat(world.rows(new Sort(input, List.of(new SortKey(A, false, true))))).containsExactly(
            Arrays.asList((Object) null), List.of(2L), List.of(1L));
        assertThat(world.rows(new Sort(input, List.of(new SortKey(A, true, false))))).containsExactly(
            List.of(1L), List.of(2L), Arrays.asList((Object) null));
    }

    @Test
    void keepsTheOrderThroughAProjection() {
        Plan sorted = new Sort(numbers("a", 3, 1, 2), List.of(ascending(A)));
        Plan plan = new Limit(new Project(sorted, List.of(new NamedExpression("x", A))), 1, 5);
        assertThat(world.rows(plan)).containsExactly(List.of(2L), List.of(3L));
    }

    @Test
    void limitsALimit() {
        Plan sorted = new Sort(numbers("a", 3, 1, 2), List.of(ascending(A)));
        assertThat(world.rows(new Limit(new Limit(sorted, 0, 2), 1, Long.MAX_VALUE))).containsExactly(List.of(2L));
    }

    @Test
    void joinsInAllKinds() {
        Expression equal = Call.of(ComparisonOperators.EQUAL, A, B);
        Plan left = numbers("a", 1, 2);
        Plan right = numbers("b", 2, 3);
        assertThat(world.rows(new Join(left, right, Join.Kind.INNER, equal))).containsExactly(List.of(2L, 2L));
        assertThat(world.rows(new Join(left, right, Join.Kind.LEFT, equal))).containsExactlyInAnyOrder(
            Arrays.asList(1L, null), List.of(2L, 2L));
        assertThat(world.rows(new Join(left, right, Join.Kind.RIGHT, equal))).containsExactlyInAnyOrder(
            Arrays.asList(null, 3L), List.of(2L, 2L));
        assertThat(world.rows(new Join(left, right, Join.Kind.FULL, equal))).hasSize(3);
        assertThat(world.rows(new Join(left, right, Join.Kind.SEMI, equal))).containsExactly(List.of(2L));
        assertThat(world.rows(new Join(left, right, Join.Kind.ANTI, equal))).containsExactly(List.of(1L));
        assertThat(world.rows(Join.cross(left, right))).hasSize(4);
    }

    @Test
    void appliesACorrelatedQueryToEachRow() {
        Plan right = new Limit(new Sort(new Filter(numbers("b", 1, 2, 3),
            Call.of(ComparisonOperators.GREATER, B, new OuterReference(1, "a", ScalarType.INT64))), List.of(ascending(B))), 0, 1);
        Plan left = numbers("a", 1, 2, 3);
        assertThat(world.rows(new Apply(left, right, false))).containsExactlyInAnyOrder(List.of(1L, 2L), List.of(2L, 3L));
        assertThat(world.rows(new Apply(left, right, true))).contains(Arrays.asList(3L, null)).hasSize(3);
    }

    @Test
    void reachesQueriesTwoLevelsOut() {
        Plan innermost = new Aggregate(new Filter(numbers("c", 1, 2, 3, 4), Call.of(ComparisonOperators.LESS_OR_EQUAL,
            column("c", ScalarType.INT64), new OuterReference(2, "a", ScalarType.INT64))), List.of(),
            List.of(new NamedExpression("n", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        Plan middle = new Project(numbers("b", 0), List.of(new NamedExpression("m", new ScalarSubquery(innermost))));
        Plan plan = new Project(numbers("a", 2, 4), List.of(new NamedExpression("x", new ScalarSubquery(middle))));
        assertThat(world.rows(plan)).containsExactlyInAnyOrder(List.of(2L), List.of(4L));
    }

    @Test
    void answersInWithThreeValues() {
        Plan with = World.values(Schema.of(field("b", ScalarType.INT64)), 1L, null);
        Plan plan = new Project(numbers("a", 1, 2), List.of(new NamedExpression("x", new InSubquery(A, with))));
        assertThat(world.rows(plan)).containsExactly(List.of(true), Arrays.asList((Object) null));
    }

    @Test
    void aggregatesWithFilterDistinctAndNullKeys() {
        Schema schema = Schema.of(field("a", ScalarType.INT64), field("b", ScalarType.INT64));
        Plan input = World.values(schema, 1L, 5L, 1L, 5L, null, 7L, null, 8L);
        AggregateCall distinct = new AggregateCall(AggregateOperators.SUM, List.of(B), true, List.of(), Optional.empty(), ScalarType.INT64);
        AggregateCall filtered = new AggregateCall(
            AggregateOperators.COUNT_ROWS, List.of(), false, List.of(), Optional.of(greater(B, 7)), ScalarType.INT64);
        Plan plan = new Sort(new Aggregate(input, List.of(new NamedExpression("k", A)),
            List.of(new NamedExpression("s", distinct), new NamedExpression("c", filtered))),
            List.of(ascending(column("k", ScalarType.INT64))));
        assertThat(world.rows(plan)).containsExactly(Arrays.asList(null, 15L, 1L), List.of(1L, 5L, 0L));
    }

    @Test
    void aggregatesNothingToOneRow() {
        Plan plan = new Aggregate(new Filter(numbers("a", 1), Literal.FALSE), List.of(),
            List.of(new NamedExpression("n", AggregateCall.of(AggregateOperators.COUNT, A)),
                new NamedExpression("s", AggregateCall.of(AggregateOperators.SUM, A))));
        assertThat(world.rows(plan)).containsExactly(Arrays.asList(0L, null));
    }

    @Test
    void sumsOverAFrame() {
        WindowCall.Frame frame = new WindowCall.Frame(
            WindowCall.Frame.Unit.ROWS, new WindowCall.Bound(-1L, true), WindowCall.Bound.CURRENT_ROW);
        WindowCall sum = new WindowCall(AggregateOperators.SUM, List.of(A), List.of(), List.of(ascending(A)), Optional.of(frame),
            ScalarType.INT64);
        Plan plan = new Sort(new Window(numbers("a", 1, 2, 3), List.of(new NamedExpression("s", sum))), List.of(ascending(A)));
        assertThat(world.rows(plan)).containsExactly(List.of(1L, 1L), List.of(2L, 3L), List.of(3L, 5L));
    }

    @Test
    void combinesSets() {
        Plan left = numbers("a", 1, 1, 2);
        Plan right = numbers("b", 1, 3);
        assertThat(world.rows(new SetOperation(left, right, SetOperation.Kind.UNION, true))).hasSize(5);
        assertThat(world.rows(new SetOperation(left, right, SetOperation.Kind.UNION, false))).hasSize(3);
        assertThat(world.rows(new SetOperation(left, right, SetOperation.Kind.INTERSECT, false))).containsExactly(List.of(1L));
        assertThat(world.rows(new SetOperation(left, right, SetOperation.Kind.EXCEPT, true))).containsExactlyInAnyOrder(
            List.of(1L), List.of(2L));
        assertThat(world.rows(new Distinct(left))).hasSize(2);
    }

    @Test
    void unnestsArrays() {
        Schema schema = Schema.of(field("a", ScalarType.INT64), field("l", new ArrayType(ScalarType.STRING)));
        Plan input = World.values(schema, 1L, List.of("x", "y"), 2L, List.of(), 3L, null);
        Expression list = column("l", new ArrayType(ScalarType.STRING));
        assertThat(world.rows(Project.of(new Unnest(input, list, "e", false), List.of("a", "e")))).containsExactly(
            List.of(1L, "x"), List.of(1L, "y"));
        assertThat(world.rows(Project.of(new Unnest(input, list, "e", true), List.of("a", "e")))).containsExactly(
            List.of(1L, "x"), List.of(1L, "y"), Arrays.asList(2L, null), Arrays.asList(3L, null));
    }

    @Test
    void runsASharedPlanOnce() {
        Plan shared = new Shared("s", numbers("a", 1, 2));
        Plan other = new Project(shared, List.of(new NamedExpression("b", A)));
        Plan plan = new Join(shared, other, Join.Kind.INNER, Call.of(ComparisonOperators.EQUAL, A, B));
        assertThat(world.rows(plan)).containsExactlyInAnyOrder(List.of(1L, 1L), List.of(2L, 2L));
        assertThat(world.engine.explain(plan)).containsOnlyOnce("VALUES").contains("MATERIALIZED");
    }
}
