package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
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
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which rows a table would refuse, with SQL Server's numbers and words: two columns behind those of the rows, null where the table
 * takes the row.
 *
 * @param table its name in messages
 * @param columns of the table, by the names of the rows' columns
 */
record RowCheck(String table, Map<String, CreateTable.Column> columns) {
    static final String CODE = "\0code";
    static final String MESSAGE = "\0message";
    private static final String PLACE = "\0place";
    private static final String THERE = "\0there";

    private record Problem(Expression condition, int code, Expression message) {
    }

    /** Values that do not fit their columns; of the table's other columns, those that need a value. */
    Plan values(Plan rows, RowOperation operation, List<CreateTable.Column> others) {
        List<Problem> problems = new ArrayList<>();
        columns.forEach((name, column) -> value(rows.schema().field(name), column, operation, problems));
        if (operation.inserts()) {
            others.stream().filter(column -> !column.nullable() && column.defaultValue().isEmpty() && column.identity().isEmpty())
                .forEach(column -> problems.add(new Problem(Literal.TRUE, 515, noNull(column, operation))));
        }
        return with(rows, problems);
    }

    private void value(Field field, CreateTable.Column column, RowOperation operation, List<Problem> problems) {
        Expression value = ColumnReference.of(field);
        Expression typed = Cast.orNull(value, column.type());
        if (typed != value) {
            boolean text = field.type() == ScalarType.STRING;
            Expression message = text ? text("Conversion failed when converting the nvarchar value '", value, "' to data type "
                + column.declaredType() + ".") : text("Arithmetic overflow error converting expression to data type "
                + column.declaredType() + ".");
            problems.add(new Problem(and(not(isNull(value)), isNull(typed)), text ? 245 : 8115, message));
        }
        if (!column.nullable() && operation != RowOperation.DELETE) {
            problems.add(new Problem(isNull(value), 515, noNull(column, operation)));
        }
        column.maxLength().filter(_ -> operation != RowOperation.DELETE).ifPresent(longest ->
            problems.add(new Problem(greater(length(typed), longest * (typed.type() == ScalarType.BINARY ? 2 : 1)), 2628,
                text("String or binary data would be truncated in table '" + table + "', column '" + column.name()
                    + "'. Truncated value: '", start(typed, longest), "'."))));
    }

    private Expression noNull(CreateTable.Column column, RowOperation operation) {
        return text("Cannot insert the value NULL into column '" + column.name() + "', table '" + table
            + "'; column does not allow nulls. " + (operation == RowOperation.UPDATE ? "UPDATE" : "INSERT") + " fails.");
    }

    private static Expression length(Expression value) {
        return Call.of(StringOperators.LENGTH, value.type() == ScalarType.BINARY ? Call.of(StringOperators.HEX, value) : value);
    }

    private static Expression start(Expression value, int longest) {
        return value.type() == ScalarType.BINARY
            ? Call.of(StringOperators.SUBSTRING, Call.of(StringOperators.HEX, value), Literal.int32(1), Literal.int32(2 * longest))
            : Call.of(StringOperators.SUBSTRING, value, Literal.int32(1), Literal.int32(longest));
    }

    /** Rows with a key of which an earlier row has the same: by number, the first stays. */
    Plan distinct(Plan rows, List<String> keys, String number) {
        Plan placed = placed(rows, keys, number);
        return with(placed, List.of(new Problem(greater(ColumnReference.of(placed.schema().field(PLACE)), 1), 8672,
            text("The MERGE statement attempted to UPDATE or DELETE the same row more than once. The key is (", key(rows, keys), ")."))));
    }

    /** Rows to insert with a primary key that the table or an earlier row has. */
    Plan primaryKey(Plan rows, List<String> keys, TableName name, String number) {
        Plan placed = placed(rows, keys, number);
        List<NamedExpression> there = new ArrayList<>();
        Expression same = Literal.TRUE;
        for (String key : keys) {
            CreateTable.Column column = columns.get(key);
            there.add(new NamedExpression(THERE + column.name(), new ColumnReference(column.name(), column.type())));
            same = and(same, Call.of(ComparisonOperators.EQUAL, typed(rows, key), new ColumnReference(THERE + column.name(),
                column.type())));
        }
        Schema schema = new Schema(keys.stream().map(columns::get).map(column -> new Field(column.name(), column.type())).toList());
        Plan joined = new Join(placed, new Project(new Scan(new TableSource(name), schema), there), Join.Kind.LEFT, same);
        Expression found = not(isNull(ColumnReference.of(joined.schema().field(there.getFirst().name()))));
        Expression again = greater(ColumnReference.of(joined.schema().field(PLACE)), 1);
        return with(joined, List.of(new Problem(Call.of(ComparisonOperators.OR, found, again), 2627,
            text("Violation of PRIMARY KEY constraint. Cannot insert duplicate key in object '" + table
                + "'. The duplicate key value is (", key(rows, keys), ")."))));
    }

    private Plan placed(Plan rows, List<String> keys, String number) {
        List<NamedExpression> before = new ArrayList<>();
        rows.schema().fields().stream().filter(field -> !List.of(CODE, MESSAGE, PLACE).contains(field.name()))
            .forEach(field -> before.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        Plan bare = new Project(rows, before);
        WindowCall place = new WindowCall(WindowOperators.ROW_NUMBER, List.of(), keys.stream().map(key -> typed(bare, key)).toList(),
            List.of(new SortKey(ColumnReference.of(bare.schema().field(number)), true, false)), Optional.empty(), ScalarType.INT64);
        return new Window(bare, List.of(new NamedExpression(PLACE, place)));
    }

    private Expression typed(Plan rows, String key) {
        return Cast.orNull(ColumnReference.of(rows.schema().field(key)), columns.get(key).type());
    }

    private Expression key(Plan rows, List<String> keys) {
        Expression all = null;
        for (String key : keys) {
            Expression value = text(typed(rows, key));
            all = all == null ? value : text(all, ", ", value);
        }
        return all;
    }

    private static Plan with(Plan rows, List<Problem> problems) {
        List<NamedExpression> all = new ArrayList<>();
        rows.schema().fields().forEach(field -> all.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        all.add(new NamedExpression(CODE, problems.isEmpty() ? new Literal(null, ScalarType.INT32) : new Case(problems.stream()
            .map(problem -> new Case.Branch(problem.condition(), Literal.int32(problem.code()))).toList(),
            new Literal(null, ScalarType.INT32))));
        all.add(new NamedExpression(MESSAGE, problems.isEmpty() ? new Literal(null, ScalarType.STRING) : new Case(problems.stream()
            .map(problem -> new Case.Branch(problem.condition(), problem.message())).toList(),
            new Literal(null, ScalarType.STRING))));
        return new Project(rows, all);
    }

    /** The rows that are refused, or the others. */
    static Plan having(Plan checked, boolean refused) {
        Expression taken = isNull(ColumnReference.of(checked.schema().field(CODE)));
        return new Filter(checked, refused ? not(taken) : taken);
    }

    private static Expression text(Object... parts) {
        List<Expression> texts = new ArrayList<>();
        for (Object part : parts) {
            texts.add(part instanceof Expression value ? Call.of(ComparisonOperators.COALESCE, Cast.orNull(value, ScalarType.STRING),
                Literal.string("<NULL>")) : Literal.string((String) part));
        }
        return texts.size() == 1 ? texts.getFirst() : new Call(StringOperators.CONCAT, texts, ScalarType.STRING);
    }

    private static Expression isNull(Expression value) {
        return Call.of(ComparisonOperators.IS_NULL, value);
    }

    private static Expression not(Expression condition) {
        return Call.of(ComparisonOperators.NOT, condition);
    }

    private static Expression and(Expression left, Expression right) {
        return Call.of(ComparisonOperators.AND, left, right);
    }

    private static Expression greater(Expression value, int limit) {
        return Call.of(ComparisonOperators.GREATER, value, value.type() == ScalarType.INT64 ? Literal.int64(limit) : Literal.int32(limit));
    }
}
