package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.choose;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.StructType;
import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source's rows in the shape of a sink, as plans. */
public final class MappedRows {
    private final Plan rows;
    private final List<MappedColumn> columns;

    MappedRows(Plan rows, List<MappedColumn> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
    }

    /** The sink's top-level names in order. */
    public List<String> names() {
        return columns.stream().map(MappedColumn::name).distinct().toList();
    }

    /** All rows; the first value that cannot be converted fails the query with Azure's message. */
    public Plan all() {
        return project(rows, columns.stream().map(MappedColumn::strict).toList());
    }

    /** The rows of which every value can be converted. */
    public Plan compatible() {
        return project(new Filter(rows, Formulas.not(bad())), columns.stream().map(column -> column.conversion().value()).toList());
    }

    /** One row with the number of the source's rows. */
    public Plan count() {
        return new Aggregate(rows, List.of(), List.of(new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
    }

    /** Whether any row could fail. */
    public boolean mayFail() {
        return columns.stream().anyMatch(column -> !column.conversion().certain());
    }

    /** The other rows: {@code item} with the source's values as quoted text, {@code message} with why the first bad value is one. */
    public Plan incompatible() {
        Expression message = text("");
        for (MappedColumn column : columns.reversed()) {
            message = column.conversion().certain() ? message : choose(column.conversion().failed(), column.message(), message);
        }
        return new Project(new Filter(rows, bad()), List.of(new NamedExpression("item", RowText.item(rows.schema().fields())),
            new NamedExpression("message", message)));
    }

    private Expression bad() {
        return Formulas.any(columns.stream().map(column -> column.conversion().failed()).toList());
    }

    private Plan project(Plan input, List<Expression> values) {
        Map<String, Branch> tree = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            place(tree, columns.get(i).sink().steps(), values.get(i));
        }
        List<NamedExpression> projected = new ArrayList<>();
        tree.forEach((name, branch) -> projected.add(new NamedExpression(name, branch.expression())));
        return new Project(input, projected);
    }

    /** A value, or members that become a structure. */
    private record Branch(Expression value, Map<String, Branch> members) {
        Expression expression() {
            if (value != null) {
                return value;
            }
            List<Field> fields = new ArrayList<>();
            List<Expression> values = new ArrayList<>();
            members.forEach((name, branch) -> {
                Expression expression = branch.expression();
                fields.add(new Field(name, expression.type()));
                values.add(expression);
            });
            return new Call(ConversionOperators.STRUCTURE, values, new StructType(fields));
        }
    }

    private static void place(Map<String, Branch> tree, List<JsonPath.Step> path, Expression value) {
        String name = ((JsonPath.Member) path.getFirst()).name();
        if (path.size() == 1) {
            if (tree.put(name, new Branch(value, null)) != null) {
                throw CopyFailure.of("UserErrorInvalidColumnMapping",
                    "Duplicate column '%s' in the column mapping's sink.", name);
            }
            return;
        }
        Branch branch = tree.computeIfAbsent(name, _ -> new Branch(null, new LinkedHashMap<>()));
        place(branch.members(), path.subList(1, path.size()), value);
    }
}
