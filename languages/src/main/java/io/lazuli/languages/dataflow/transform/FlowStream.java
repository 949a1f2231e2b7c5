package io.lazuli.languages.dataflow.transform;

import static java.util.stream.Collectors.toSet;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rows at a point of a data flow, and their columns in order, hidden ones among them. */
public record FlowStream(Plan plan, List<FlowColumn> columns) {
    public FlowStream {
        columns = List.copyOf(columns);
    }

    /** A plan's rows, whose fields are the columns. */
    public static FlowStream of(Plan plan) {
        return new FlowStream(plan, plan.schema().fields().stream()
            .map(field -> new FlowColumn(field.name(), List.of(), field.name(), field.type(), false)).toList());
    }

    /** Columns computed from each row; two of one name get fields of different names. */
    static FlowStream project(Plan input, List<Output> outputs) {
        Set<String> taken = new HashSet<>();
        List<NamedExpression> expressions = new ArrayList<>();
        List<FlowColumn> columns = new ArrayList<>();
        for (Output output : outputs) {
            String field = unique(output.name(), taken);
            expressions.add(new NamedExpression(field, output.expression()));
            columns.add(new FlowColumn(output.name(), output.streams(), field, output.expression().type(), output.drifted()));
        }
        return new FlowStream(new Project(input, expressions), columns);
    }

    /** The name itself, or with a number behind it when it is taken; then it is taken too. */
    static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int number = 2; !taken.add(candidate); number++) {
            candidate = name + "\0" + number;
        }
        return candidate;
    }

    /** A name that no field of these plans has. */
    static String freeName(String name, Plan... plans) {
        return unique(name, Stream.of(plans).flatMap(plan -> plan.schema().names().stream()).collect(toSet()));
    }

    /** The columns that are the user's. */
    public List<FlowColumn> visible() {
        return columns.stream().filter(column -> !column.isHidden()).toList();
    }

    public List<FlowColumn> hidden() {
        return columns.stream().filter(FlowColumn::isHidden).toList();
    }

    public Optional<FlowColumn> hidden(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    FlowStream through(String stream) {
        return new FlowStream(plan, columns.stream().map(column -> column.through(stream)).toList());
    }

    /** The same columns over other rows. */
    FlowStream over(Plan other) {
        return new FlowStream(other, columns);
    }

    FlowStream shared(String name) {
        return plan instanceof Shared ? this : over(new Shared(name, plan));
    }

    /** The given columns in place of the visible ones; hidden ones stay. */
    FlowStream select(List<Output> outputs) {
        return project(plan, Stream.concat(outputs.stream(), hidden().stream().map(FlowColumn::output)).toList());
    }

    /** With a hidden column set to a value of each row. */
    FlowStream withHidden(String name, Expression value) {
        List<Output> outputs = new ArrayList<>(columns.stream().filter(column -> !column.name().equals(name))
            .map(FlowColumn::output).toList());
        outputs.add(Output.of(name, value));
        return project(plan, outputs);
    }

    FlowStream without(String hidden) {
        return new FlowStream(plan, columns.stream().filter(column -> !column.name().equals(hidden)).toList());
    }

    /** The same stream with fields that the other plan does not have, so that both can be joined. */
    FlowStream apartFrom(Plan other) {
        Set<String> taken = new HashSet<>(other.schema().names());
        if (plan.schema().names().stream().noneMatch(taken::contains)) {
            return this;
        }
        List<NamedExpression> fields = new ArrayList<>();
        List<FlowColumn> renamed = new ArrayList<>();
        for (FlowColumn column : columns) {
            String field = unique(column.field(), taken);
            fields.add(new NamedExpression(field, column.reference()));
            renamed.add(new FlowColumn(column.name(), column.streams(), field, column.type(), column.drifted()));
        }
        return new FlowStream(new Project(plan, fields), renamed);
    }

    /** The visible columns alone, under their own names; two of one name are an error of the schema. */
    public Plan rows() {
        return new Project(plan, visible().stream().map(column -> new NamedExpression(column.name(), column.reference())).toList());
    }

    static ColumnReference reference(Plan plan, String field) {
        return ColumnReference.of(plan.schema().field(field));
    }

    public Schema schema() {
        return new Schema(visible().stream().map(column -> new Field(column.name(), column.type())).toList());
    }
}
