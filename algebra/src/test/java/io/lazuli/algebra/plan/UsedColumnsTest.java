package io.lazuli.algebra.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsedColumnsTest {
    private static final Field A = new Field("a", ScalarType.INT32);
    private static final Field B = new Field("b", ScalarType.INT32);
    private static final Field C = new Field("c", ScalarType.INT32);
    private static final Field D = new Field("d", ScalarType.INT32);
    private static final Shared ROWS = new Shared("rows", new Scan(new TableSource(new TableName("x", "dbo", "t")), Schema.of(A, B, C, D)));

    private static ColumnReference column(Field field) {
        return ColumnReference.of(field);
    }

    @Test
    void countsWhatConditionsKeysAndWantedColumnsReferTo() {
        Plan filtered = new Filter(ROWS, Call.of(ComparisonOperators.GREATER, column(B), new Literal(1, ScalarType.INT32)));
        Plan summed = new Aggregate(filtered, List.of(new NamedExpression("a", column(A))), List.of(
            new NamedExpression("wanted", AggregateCall.of(AggregateOperators.SUM, column(C))),
            new NamedExpression("other", AggregateCall.of(AggregateOperators.SUM, column(D)))));

        assertThat(new UsedColumns(List.of(Project.of(summed, List.of("wanted")))).of(ROWS)).containsExactly("a", "b", "c");
    }

    @Test
    void addsWhatSeveralPlansAndPartsWithinPartsUse() {
        Shared outer = new Shared("outer", new Filter(ROWS, Call.of(ComparisonOperators.EQUAL, column(A), column(B))));
        UsedColumns used = new UsedColumns(List.of(Project.of(outer, List.of("c")), Project.of(ROWS, List.of("d"))));

        assertThat(used.of(outer)).containsExactly("c");
        assertThat(used.of(ROWS)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void partsWhoseRowsAreOnlyCountedStillNeedTheirConditions() {
        Shared outer = new Shared("outer", new Filter(ROWS, Call.of(ComparisonOperators.EQUAL, column(A), column(B))));
        Plan counted = new Aggregate(outer, List.of(), List.of(new NamedExpression("n", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        UsedColumns used = new UsedColumns(List.of(counted));

        assertThat(used.of(outer)).isEmpty();
        assertThat(used.of(ROWS)).containsExactly("a", "b");
    }

    @Test
    void unionsMatchByPositionAndDistinctUnionsCompareAll() {
        Plan left = new Project(ROWS, List.of(new NamedExpression("x", column(A)), new NamedExpression("y", column(B))));
        Plan right = new Project(ROWS, List.of(new NamedExpression("p", column(C)), new NamedExpression("q", column(D))));

        assertThat(new UsedColumns(List.of(Project.of(new SetOperation(left, right, SetOperation.Kind.UNION, true), List.of("y"))))
            .of(ROWS)).containsExactly("b", "d");
        assertThat(new UsedColumns(List.of(Project.of(new SetOperation(left, right, SetOperation.Kind.UNION, false), List.of("y"))))
            .of(ROWS)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void keepsAllColumnsOfRowsThatASubqueryMayReferTo() {
        Plan same = new Filter(ROWS, Call.of(ComparisonOperators.EQUAL, column(A), new OuterReference(1, "d", ScalarType.INT32)));
        Shared other = new Shared("other", ROWS.input());
        Plan plan = Project.of(new Filter(other, new ExistsSubquery(Project.of(same, List.of("b")))), List.of("c"));
        UsedColumns used = new UsedColumns(List.of(plan));

        assertThat(used.of(other)).containsExactly("a", "b", "c", "d");
        assertThat(used.of(ROWS)).containsExactly("a", "b");
    }
}
