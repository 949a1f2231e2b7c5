package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.type.DataType;
import io.lazuli.languages.dataflow.function.Coercion;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code a, b, c union(byName: true)}: the rows of all streams.
 *
 * <p>By name, the columns are those of any stream, null where a stream has none of that name; by position, those of the first, and all
 * streams have as many. A column's type is the narrowest that holds the values of all.
 */
final class UnionTransformation {
    private UnionTransformation() {
    }

    static FlowStream apply(Arguments arguments, List<FlowStream> inputs) {
        List<List<Optional<FlowColumn>>> rows = arguments.flag("byName", true) ? byName(inputs) : byPosition(arguments, inputs);
        List<List<Output>> outputs = new ArrayList<>();
        inputs.forEach(_ -> outputs.add(new ArrayList<>()));
        for (List<Optional<FlowColumn>> row : rows) {
            FlowColumn first = row.stream().flatMap(Optional::stream).findFirst().orElseThrow();
            DataType type = row.stream().flatMap(Optional::stream).map(FlowColumn::type).reduce((a, b) -> common(arguments, first, a, b))
                .orElseThrow();
            for (int i = 0; i < inputs.size(); i++) {
                outputs.get(i).add(new Output(first.name(), value(first, row.get(i), type), List.of(), first.drifted()));
            }
        }
        List<FlowStream> aligned = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            aligned.add(FlowStream.project(inputs.get(i).plan(), outputs.get(i)));
        }
        Plan all = aligned.stream().map(FlowStream::plan).reduce((a, b) -> new SetOperation(a, b, SetOperation.Kind.UNION, true))
            .orElseThrow();
        return aligned.getFirst().over(all);
    }

    private static List<List<Optional<FlowColumn>>> byName(List<FlowStream> inputs) {
        Set<String> names = new LinkedHashSet<>();
        inputs.forEach(input -> input.visible().forEach(column -> names.add(column.name())));
        inputs.forEach(input -> input.hidden().forEach(column -> names.add(column.name())));
        return names.stream().map(name -> inputs.stream().map(input ->
            input.columns().stream().filter(column -> column.name().equals(name)).findFirst()).toList()).toList();
    }

    private static List<List<Optional<FlowColumn>>> byPosition(Arguments arguments, List<FlowStream> inputs) {
        int width = inputs.getFirst().visible().size();
        for (FlowStream input : inputs) {
            if (input.visible().size() != width) {
                throw failure(AlgebraError.TYPE_MISMATCH, arguments.statement().at(),
                    "A union by position needs streams of as many columns; the first has %d, another %d", width, input.visible().size());
            }
        }
        List<List<Optional<FlowColumn>>> rows = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int position = i;
            rows.add(inputs.stream().map(input -> Optional.of(input.visible().get(position))).toList());
        }
        return rows;
    }

    private static DataType common(Arguments arguments, FlowColumn column, DataType left, DataType right) {
        DataType common = FlowTypes.common(left, right);
        if (common == null) {
            throw failure(AlgebraError.TYPE_MISMATCH, arguments.statement().at(), "Column '%s' is %s in one stream and %s in another",
                column.name(), FlowTypes.described(left), FlowTypes.described(right));
        }
        return common;
    }

    private static Expression value(FlowColumn first, Optional<FlowColumn> column, DataType type) {
        if (column.isEmpty() && Objects.equals(first.name(), FlowColumn.POLICY)) {
            return new Literal(RowNotes.INSERT, type);
        }
        return column.<Expression>map(found -> Coercion.widen(found.reference(), type)).orElseGet(() -> new Literal(null, type));
    }
}
