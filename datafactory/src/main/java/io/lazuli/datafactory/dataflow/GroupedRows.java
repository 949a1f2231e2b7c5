package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows that are kept, by the values of columns. When there are many groups the rows of each are kept side by side, so that reading all
 * groups reads each row about once; a few groups are read by looking through all rows for each.
 */
final class GroupedRows implements AutoCloseable {
    private static final String NUMBER = "\0place before";
    private static final String PLACE = "\0place";
    private static final String FIRST = "\0first";
    private static final String LAST = "\0last";
    private static final int FEW = 16;

    private final List<String> columns;
    private final Engine.Kept kept;
    private final List<Group> groups;

    private GroupedRows(List<String> columns, Engine.Kept kept, List<Group> groups) {
        this.columns = columns;
        this.kept = kept;
        this.groups = List.copyOf(groups);
    }

    /**
     * The rows with equal values.
     *
     * @param number counted from 1, in the order of the values
     * @param first the place of the first of them among rows that are side by side, and {@code last} that of the last; else 0
     */
    record Group(List<Object> values, int number, long first, long last) {
    }

    /** Runs the plan, once. The session reads what is kept. */
    static GroupedRows of(Plan rows, List<String> columns, SinkInput input, Session session) {
        Engine.Kept kept = input.engine().keep(rows, input.execution());
        try {
            List<Group> groups = groups(kept.plan(), columns, input, session);
            if (groups.size() <= FEW) {
                return new GroupedRows(columns, kept, groups);
            }
        } catch (RuntimeException | Error failed) {
            kept.close();
            throw failed;
        }
        try (kept) {
            return sorted(numbered(kept.plan(), NUMBER, List.of()), columns, input, session);
        }
    }

    private static GroupedRows sorted(Plan rows, List<String> columns, SinkInput input, Session session) {
        List<SortKey> order = Stream.concat(columns.stream(), Stream.of(NUMBER))
            .map(column -> new SortKey(reference(rows, column), true, true)).toList();
        Plan placed = numbered(rows, PLACE, order);
        Plan sorted = new Sort(placed, List.of(new SortKey(reference(placed, PLACE), true, true)));
        Engine.Kept kept = input.engine().keep(sorted, input.execution());
        try {
            return new GroupedRows(columns, kept, groups(kept.plan(), columns, input, session));
        } catch (RuntimeException | Error failed) {
            kept.close();
            throw failed;
        }
    }

    private static Plan numbered(Plan rows, String name, List<SortKey> order) {
        return new Window(rows, List.of(new NamedExpression(name,
            new WindowCall(WindowOperators.ROW_NUMBER, List.of(), List.of(), order, Optional.empty(), ScalarType.INT64))));
    }

    private static List<Group> groups(Plan rows, List<String> columns, SinkInput input, Session session) {
        List<NamedExpression> keys = columns.stream().map(column -> new NamedExpression(column, reference(rows, column))).toList();
        Expression place = isPlaced(rows) ? reference(rows, PLACE) : Literal.int64(0);
        Plan ends = new Aggregate(rows, keys, List.of(
            new NamedExpression(FIRST, AggregateCall.of(AggregateOperators.MIN, place)),
            new NamedExpression(LAST, AggregateCall.of(AggregateOperators.MAX, place))));
        Plan sorted = new Sort(ends, columns.stream().map(column -> new SortKey(reference(ends, column), true, true)).toList());
        List<Group> groups = new ArrayList<>();
        try (RowCursor cursor = session.query(sorted, input.execution())) {
            while (cursor.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    values.add(cursor.value(i));
                }
                groups.add(new Group(values, groups.size() + 1, ((Number) cursor.value(columns.size())).longValue(),
                    ((Number) cursor.value(columns.size() + 1)).longValue()));
            }
        }
        return groups;
    }

    List<Group> groups() {
        return groups;
    }

    /** The rows of a group in the order in which they came, with all columns. */
    Plan rows(Group group) {
        Plan rows = kept.plan();
        Expression all = isPlaced(rows) ? Call.of(ComparisonOperators.AND,
            Call.of(ComparisonOperators.GREATER_OR_EQUAL, reference(rows, PLACE), Literal.int64(group.first())),
            Call.of(ComparisonOperators.LESS_OR_EQUAL, reference(rows, PLACE), Literal.int64(group.last()))) : Literal.TRUE;
        for (int i = 0; i < columns.size(); i++) {
            ColumnReference column = reference(rows, columns.get(i));
            all = Call.of(ComparisonOperators.AND, all,
                Call.of(ComparisonOperators.NOT_DISTINCT, column, new Literal(group.values().get(i), column.type())));
        }
        return new Filter(rows, all);
    }

    private static boolean isPlaced(Plan rows) {
        return rows.schema().find(PLACE).isPresent();
    }

    private static ColumnReference reference(Plan rows, String column) {
        return ColumnReference.of(rows.schema().field(column));
    }

    @Override
    public void close() {
        kept.close();
    }
}
