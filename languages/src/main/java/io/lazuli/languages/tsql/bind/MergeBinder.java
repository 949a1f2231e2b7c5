package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.languages.tsql.bind.FromBinder.Source;
import io.lazuli.languages.tsql.bind.Scope.Relation;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.Statement;
import io.lazuli.languages.tsql.syntax.Statement.MergeAction;
import io.lazuli.languages.tsql.syntax.Statement.MergeAction.Action;
import io.lazuli.languages.tsql.syntax.Statement.MergeAction.When;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binds MERGE to commands that do together what it says: the source's rows are first kept in a table of their own with a mark on those
 * that are new to the target, so that every action sees what was there before the first of them.
 */
public final class MergeBinder {
    private static final String NEW = "lazuli_new";
    private final Statement.Merge merge;
    private final Environment environment;
    private final QueryBinder queries;
    private final Catalog.Table target;
    private final TableName kept;
    private final Source source;
    private final ExpressionBinder ofTarget;
    private final ExpressionBinder ofBoth;
    private final Expression matches;

    /** {@code kept} names the table that keeps the source's rows. */
    MergeBinder(Statement.Merge merge, Environment environment, QueryBinder outer, TableName kept) {
        this.merge = merge;
        this.environment = environment;
        this.queries = outer.with(merge.with(), null);
        this.target = new Tables(environment).require(merge.target(), merge.at());
        this.kept = kept;
        this.source = new FromBinder(queries, null).bind(merge.source());
        List<Scope.Column> columns = target.columns().stream().map(column -> new Scope.Column(column.name(),
            new ColumnReference(column.name(), column.type()), Tables.type(column))).toList();
        Scope targetRow = new Scope(null, List.of(new Relation(called(), columns)));
        this.ofTarget = new ExpressionBinder(queries, targetRow, null, null);
        this.ofBoth = new ExpressionBinder(queries, new Scope(targetRow, source.scope().relations()), null, null);
        this.matches = ofBoth.condition(merge.condition());
        requireOrder();
    }

    private List<String> called() {
        return merge.alias() == null ? merge.target() : List.of(merge.alias());
    }

    /** What an action does to the target's rows for which {@code applies} holds; {@code joined} are a row's matches, null without. */
    private record RowAction(MergeAction action, Expression applies, Plan joined) {
    }

    private void requireOrder() {
        for (When when : When.values()) {
            List<MergeAction> actions = actions(when);
            for (int i = 0; i < actions.size(); i++) {
                MergeAction action = actions.get(i);
                if ((action.action() == Action.INSERT) != (when == When.NOT_MATCHED_BY_TARGET)) {
                    throw failure(new SqlError("SYNTAX_ERROR", 10710, 15, 1), action.at(),
                        "An action of type '%s' is not allowed in the '%s' clause of a MERGE statement.", action.action(), words(when));
                }
                if (i > 0 && actions.get(i - 1).condition() == null) {
                    throw failure(new SqlError("SYNTAX_ERROR", 5324, 15, 1), action.at(), "In a MERGE statement, a '%s' clause with a "
                        + "search condition cannot appear after a '%s' clause with no search condition.", words(when), words(when));
                }
                if (actions.subList(0, i).stream().anyMatch(before -> before.action() == action.action())) {
                    throw failure(new SqlError("SYNTAX_ERROR", 10714, 15, 1), action.at(),
                        "An action of type '%s' cannot appear more than once in a '%s' clause of a MERGE statement.", action.action(),
                        words(when));
                }
            }
        }
    }

    private static String words(When when) {
        return "WHEN " + when.name().replace('_', ' ').replace(" BY TARGET", "");
    }

    private List<MergeAction> actions(When when) {
        return merge.actions().stream().filter(action -> action.when() == when).toList();
    }

    public TableName target() {
        return target.name();
    }

    /** Keeps the source's rows. */
    public List<Command> prepare() {
        Source rows = new FromBinder(queries, null).bind(new Query.NamedTable(merge.target(), merge.alias(), merge.at()));
        Expression same = new ExpressionBinder(queries, new Scope(source.scope(), rows.scope().relations()), null, null)
            .condition(merge.condition());
        List<NamedExpression> columns = new ArrayList<>();
        source.plan().schema().fields().forEach(field -> columns.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        columns.add(new NamedExpression(NEW, Expressions.not(new ExistsSubquery(new Filter(rows.plan(), same)))));
        Plan marked = new Project(source.plan(), columns);
        return List.of(new DropTable(kept, true), new CreateTable(kept, marked.schema().fields().stream()
            .map(field -> CreateTable.Column.of(field.name(), field.type())).toList(), List.of(), false),
            new InsertRows(kept, marked.schema().names(), marked));
    }

    private Plan kept() {
        List<Field> fields = new ArrayList<>(source.plan().schema().fields());
        fields.add(new Field(NEW, ScalarType.BOOLEAN));
        return new Scan(new TableSource(kept), new Schema(fields));
    }

    /** Fails when a row of the target would be changed for several rows of the source. */
    public void requireOneChangeForEachRow() {
        Expression changing = actions(When.MATCHED).stream().map(action -> holds(action, ofBoth)).reduce(Predicates::or)
            .orElse(Literal.FALSE);
        if (changing.equals(Literal.FALSE)) {
            return;
        }
        Plan count = new Aggregate(new Filter(kept(), Expressions.and(matches, changing)), List.of(), List.of(
            new NamedExpression("matches", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        Expression several = Call.of(ComparisonOperators.GREATER, new ScalarSubquery(count), Literal.int64(1));
        Schema columns = new Schema(target.columns().stream().map(column -> new Field(column.name(), column.type())).toList());
        Plan wrong = new Filter(new Scan(new TableSource(target.name()), columns), several);
        if (Boolean.TRUE.equals(environment.evaluate(new ExistsSubquery(wrong)))) {
            throw failure(new SqlError("MERGE_ROW_TWICE", 8672, 16, 1), merge.at(), "The MERGE statement attempted to UPDATE or DELETE the "
                + "same row more than once. This happens when a target row matches more than one source row. A MERGE statement cannot "
                + "UPDATE/DELETE the same row of the target table multiple times. Refine the ON clause to ensure a target row matches at "
                + "most one source row, or use the GROUP BY clause to group the source rows.");
        }
    }

    /** The changes of the target, whose counts add up to the statement's, after {@link #prepare}. */
    public List<Command> changes() {
        List<RowAction> rows = new ArrayList<>(rowActions(When.MATCHED));
        rows.addAll(rowActions(When.NOT_MATCHED_BY_SOURCE));
        List<Command> commands = new ArrayList<>();
        rows.stream().filter(row -> row.action().action() == Action.DELETE).map(RowAction::applies).reduce(Predicates::or)
            .ifPresent(condition -> commands.add(new DeleteRows(target.name(), condition)));
        List<RowAction> updates = rows.stream().filter(row -> row.action().action() == Action.UPDATE).toList();
        if (!updates.isEmpty()) {
            commands.add(update(updates));
        }
        actions(When.NOT_MATCHED_BY_TARGET).forEach(action -> commands.add(insert(action)));
        return commands;
    }

    /** Forgets the source's rows. */
    public Command finish() {
        return new DropTable(kept, true);
    }

    private static Expression holds(MergeAction action, ExpressionBinder binder) {
        return action.condition() == null ? Literal.TRUE
            : Expressions.choose(binder.condition(action.condition()), Literal.TRUE, Literal.FALSE);
    }

    /** The first action whose condition holds is the one that applies. */
    private List<RowAction> rowActions(When when) {
        List<RowAction> found = new ArrayList<>();
        Expression noneBefore = Literal.TRUE;
        for (MergeAction action : actions(when)) {
            Expression own = holds(action, when == When.MATCHED ? ofBoth : ofTarget);
            Expression first = Expressions.and(own, noneBefore);
            if (when == When.MATCHED) {
                Plan joined = new Filter(kept(), Expressions.and(matches, first));
                found.add(new RowAction(action, new ExistsSubquery(joined), joined));
            } else {
                Expression unmatched = Expressions.not(new ExistsSubquery(new Filter(kept(), matches)));
                found.add(new RowAction(action, Expressions.and(unmatched, first), null));
            }
            noneBefore = Expressions.and(noneBefore, Expressions.not(own));
        }
        return found;
    }

    private Command update(List<RowAction> updates) {
        Map<String, Expression> values = new LinkedHashMap<>();
        for (RowAction update : updates) {
            for (Statement.Assignment assignment : update.action().assignments()) {
                CreateTable.Column column = ChangeBinder.changeable(target, assignment);
                Expression before = values.getOrDefault(column.name(), new ColumnReference(column.name(), column.type()));
                Expression value = value(assignment, column, update);
                values.put(column.name(), updates.size() == 1 ? value : Expressions.choose(update.applies(), value, before));
            }
        }
        Expression any = updates.stream().map(RowAction::applies).reduce(Predicates::or).orElseThrow();
        return new UpdateRows(target.name(), values.entrySet().stream().map(entry -> new NamedExpression(entry.getKey(), entry.getValue()))
            .toList(), any);
    }

    private Expression value(Statement.Assignment assignment, CreateTable.Column column, RowAction update) {
        ExpressionBinder binder = update.joined() == null ? ofTarget : ofBoth;
        List<String> qualified = new ArrayList<>(called());
        qualified.add(column.name());
        Expression value = ChangeBinder.assigned(assignment, column, qualified, binder);
        if (update.joined() == null || value instanceof Literal) {
            return value;
        }
        Plan values = new Project(update.joined(), List.of(new NamedExpression(queries.names().next("value"), value)));
        return new ScalarSubquery(new Limit(values, 0, 1));
    }

    private Command insert(MergeAction action) {
        ChangeBinder binder = new ChangeBinder(environment, queries);
        List<CreateTable.Column> columns = binder.insertedColumns(target, action.columns(), action.at());
        ChangeBinder.requireCount(action.values().size(), columns.size(), action.at());
        ExpressionBinder ofSource = new ExpressionBinder(queries, source.scope(), null, null);
        List<NamedExpression> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlExpression given = action.values().get(i);
            values.add(new NamedExpression(queries.names().next("insert"), ChangeBinder.value(given, columns.get(i), ofSource)));
        }
        Expression wanted = Expressions.and(new ColumnReference(NEW, ScalarType.BOOLEAN), holds(action, ofSource));
        return new InsertRows(target.name(), ChangeBinder.names(columns), new Project(new Filter(kept(), wanted), values));
    }
}
