package io.lazuli.datafactory.copy;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.WindowOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.copy.mapping.RowText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells rows that a table's primary key takes from those that it refuses: the first of several wins, the table's own before all. */
record PrimaryKeyRows(TableName table, List<String> key, List<String> columns) {
    private static final String NUMBER = "occurrence of the key";
    private static final String ORDER = "order of the row";
    private static final String TAKEN = "taken ";
    private static final SortKey IN_ORDER = new SortKey(new ColumnReference(ORDER, ScalarType.INT64), true, true);

    boolean applies() {
        return !key.isEmpty() && columns.containsAll(key);
    }

    /** The rows whose key is new, in the source's order. */
    Plan distinct(Plan rows) {
        Plan first = new Filter(numbered(rows), is(NUMBER, 1));
        return Project.of(new Sort(joined(first, Join.Kind.ANTI), List.of(IN_ORDER)), columns);
    }

    /** The others, as {@code item} and {@code message}. */
    Plan duplicates(Plan rows) {
        Plan numbered = numbered(rows);
        Plan again = new Filter(numbered, Call.of(ComparisonOperators.GREATER, column(numbered, NUMBER), Literal.int64(1)));
        Plan first = new Filter(numbered, is(NUMBER, 1));
        Plan taken = joined(first, Join.Kind.SEMI);
        Plan all = new SetOperation(again, taken, SetOperation.Kind.UNION, true);
        return new Project(all, List.of(new NamedExpression("item", RowText.item(Project.of(all, columns).schema().fields())),
            new NamedExpression("message", message(all.schema()))));
    }

    private Expression message(Schema schema) {
        List<Expression> parts = new ArrayList<>(List.of(Literal.string("ErrorCode=2627,Violation of PRIMARY KEY constraint. "
            + "Cannot insert duplicate key in object '" + table + "'. The duplicate key value is (")));
        for (String name : key) {
            if (parts.size() > 1) {
                parts.add(Literal.string(", "));
            }
            parts.add(RowText.of(ColumnReference.of(schema.field(name))));
        }
        parts.add(Literal.string(")."));
        return Call.of(StringOperators.CONCAT, parts);
    }

    /** The rows, each with how many of its key came before in the source's order, counted from 1. */
    private Plan numbered(Plan rows) {
        Plan ordered = window(rows, ORDER, List.of(), List.of());
        List<Expression> keys = key.stream().<Expression>map(name -> column(rows, name)).toList();
        return window(ordered, NUMBER, keys, List.of(IN_ORDER));
    }

    private static Plan window(Plan rows, String name, List<Expression> partition, List<SortKey> order) {
        WindowCall number =
            new WindowCall(WindowOperators.ROW_NUMBER, List.of(), partition, order, Optional.empty(), ScalarType.INT64);
        return new Window(rows, List.of(new NamedExpression(name, number)));
    }

    private Plan joined(Plan rows, Join.Kind kind) {
        List<Field> fields = key.stream().map(name -> rows.schema().field(name)).toList();
        Plan scan = new Scan(new TableSource(table), new Schema(fields));
        Plan taken = new Project(scan, fields.stream()
            .map(field -> new NamedExpression(TAKEN + field.name(), ColumnReference.of(field))).toList());
        Expression same = fields.stream().<Expression>map(field -> Call.of(ComparisonOperators.EQUAL, ColumnReference.of(field),
            new ColumnReference(TAKEN + field.name(), field.type()))).reduce((left, right) -> Call.of(ComparisonOperators.AND, left, right))
            .orElseThrow();
        return new Join(rows, taken, kind, same);
    }

    private static Expression is(String name, long number) {
        return Call.of(ComparisonOperators.EQUAL, new ColumnReference(name, ScalarType.INT64), Literal.int64(number));
    }

    private static ColumnReference column(Plan rows, String name) {
        return ColumnReference.of(rows.schema().field(name));
    }
}
