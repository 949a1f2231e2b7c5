package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Local;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code derive(title = upper(title), :rate = price * 0.2, each(match(type == 'string'), $$ = trim($$)))}: columns added or replaced.
 *
 * <p>Every expression sees the row as it came in; locals see the locals before them.
 */
final class DeriveTransformation {
    private final List<Output> outputs;
    /** Columns that are arrays, of whose elements there is to be a row each. */
    private final Set<String> unfolded = new LinkedHashSet<>();
    private final FlowStream input;
    private Scope scope;

    private DeriveTransformation(FlowContext context, FlowStream input) {
        this.input = input;
        this.scope = Scope.of(context, input);
        this.outputs = new ArrayList<>(input.visible().stream().map(FlowColumn::output).toList());
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        DeriveTransformation derive = new DeriveTransformation(arguments.context(), input);
        arguments.statement().arguments().forEach(derive::add);
        FlowStream made = input.select(derive.outputs);
        for (String array : derive.unfolded) {
            made = unfold(made, array);
        }
        return made;
    }

    /** A row for each element of the array that a column is; one with null for an array that is empty or null. */
    private static FlowStream unfold(FlowStream stream, String name) {
        FlowColumn array = stream.visible().stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow();
        String field = FlowStream.freeName("element", stream.plan());
        FlowStream rows = stream.over(new Unnest(stream.plan(), array.reference(), field, true));
        return AddedColumn.replace(rows, name, FlowStream.reference(rows.plan(), field));
    }

    private void add(FlowExpression argument) {
        switch (argument) {
            case Assignment(Local local, FlowExpression value, _) -> scope = scope.withLocal(local.name(), scope.bind(value));
            case Assignment(Column target, FlowExpression.Call call, _) when isUnfold(call) && target.stream() == null ->
                putUnfolded(target, call);
            case Assignment(Column target, FlowExpression value, _) -> put(target, scope.bind(value));
            case Assignment(Member target, FlowExpression value, _) -> put(target, scope.bind(value));
            case FlowExpression.Call each when each.name().equals("each") ->
                ColumnPattern.of(each).made(input.visible(), scope).forEach(this::put);
            case FlowExpression.Call hint when hint.name().equals("partitionBy") -> {
            }
            default -> throw failure(CommonError.SYNTAX_ERROR, argument.at(), "Expected column = expression, found %s", argument);
        }
    }

    private static boolean isUnfold(FlowExpression.Call call) {
        return call.name().equalsIgnoreCase("unfold") && call.arguments().size() == 1;
    }

    private void putUnfolded(Column target, FlowExpression.Call unfold) {
        Expression array = scope.bind(unfold.arguments().getFirst());
        if (!(array.type() instanceof ArrayType)) {
            throw failure(AlgebraError.TYPE_MISMATCH, unfold.arguments().getFirst().at(), "unfold takes an array, not %s",
                FlowTypes.described(array.type()));
        }
        put(Output.of(target.name(), array));
        unfolded.add(target.name());
    }

    private void put(Column target, Expression value) {
        if (target.stream() == null) {
            put(Output.of(target.name(), value));
            return;
        }
        Expression column = scope.bind(target);
        outputs.replaceAll(output -> output.expression().equals(column) ? Output.of(target.name(), value) : output);
    }

    /** Replaces the column of that name where it stands, or adds one. */
    private void put(Output made) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).name().equals(made.name())) {
                outputs.set(i, made);
                return;
            }
        }
        outputs.add(made);
    }

    /** {@code address.city = value}: the structure with one field changed or added. */
    private void put(Member target, Expression value) {
        Expression parent = scope.bind(target.value());
        if (!(parent.type() instanceof StructType)) {
            throw failure(CommonError.INVALID_ARGUMENT, target.at(), "%s is no structure, in which a column could be set", target.value());
        }
        Expression changed = withField(current(target.value(), parent), target.name(), value);
        switch (target.value()) {
            case Column column -> put(column, changed);
            case Member outer -> put(outer, changed);
            default -> throw failure(CommonError.SYNTAX_ERROR, target.at(), "%s is no column", target.value());
        }
    }

    /** What this derive has made of a column so far, so that several of its fields can be set. */
    private Expression current(FlowExpression parent, Expression bound) {
        return parent instanceof Column column ? outputs.stream().filter(output -> output.name().equals(column.name()))
            .map(Output::expression).findFirst().orElse(bound) : bound;
    }

    private static Expression withField(Expression parent, String name, Expression value) {
        List<Field> fields = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        boolean replaced = false;
        for (Field field : ((StructType) parent.type()).fields()) {
            boolean same = field.name().equals(name);
            replaced |= same;
            values.add(same ? value : FieldAccess.of(parent, field.name()));
            fields.add(new Field(field.name(), values.getLast().type()));
        }
        if (!replaced) {
            values.add(value);
            fields.add(new Field(name, value.type()));
        }
        return new Call(ConversionOperators.STRUCTURE, values, new StructType(fields));
    }
}
