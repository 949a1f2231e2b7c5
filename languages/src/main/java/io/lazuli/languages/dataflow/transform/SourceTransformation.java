package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code source(output(id as integer, born as date 'M/d/yyyy'), allowSchemaDrift: true)}: the rows of a store, in the declared types.
 *
 * <p>Declared columns that the store has not are null, or an error with {@code validateSchema}. With {@code allowSchemaDrift}, or when
 * nothing is declared, the store's other columns follow.
 */
final class SourceTransformation {
    private final Arguments arguments;
    private final FlowServices.SourceRows rows;
    private final List<Field> left;
    private final List<Output> outputs = new ArrayList<>();

    private SourceTransformation(Arguments arguments) {
        this.arguments = arguments;
        this.rows = arguments.context().services().open(arguments);
        this.left = new ArrayList<>(rows.plan().schema().fields());
    }

    static FlowStream apply(Arguments arguments) {
        SourceTransformation source = new SourceTransformation(arguments);
        List<TypeName.Member> declared = arguments.declared("output");
        for (int i = 0; i < declared.size(); i++) {
            source.add(declared.get(i), i);
        }
        if (declared.isEmpty() || arguments.flag("allowSchemaDrift", false)) {
            source.addDrifted();
        }
        return FlowStream.project(source.rows.plan(), source.outputs);
    }

    private void add(TypeName.Member declared, int position) {
        Optional<Field> field = rows.named() ? byName(declared.name()) : byPosition(declared.name(), position);
        if (field.isEmpty() && arguments.flag("validateSchema", false)) {
            List<String> names = rows.plan().schema().names();
            throw failure(AlgebraError.COLUMN_NOT_FOUND, declared.at(), "The source has no column '%s'; it has %s%s", declared.name(),
                names, NearestName.hint(declared.name(), names));
        }
        Expression value = field.map(found -> value(found, declared))
            .orElseGet(() -> new Literal(null, FlowTypes.of(declared.type())));
        outputs.add(Output.of(declared.name(), value));
    }

    private Expression value(Field field, TypeName.Member declared) {
        left.remove(field);
        Expression column = FlowStream.reference(rows.plan(), field.name());
        boolean moment = FlowTypes.of(declared.type()) == ScalarType.TIMESTAMP;
        List<String> formats = arguments.texts(moment ? "timestampFormats" : "dateFormats");
        Expression value = DeclaredColumns.value(arguments.context(), column, declared,
            moment || FlowTypes.of(declared.type()) == ScalarType.DATE ? formats : List.of());
        if (arguments.flag("validateSchema", false) && !rows.text() && FlowTypes.common(column.type(), value.type()) == null) {
            throw failure(AlgebraError.TYPE_MISMATCH, declared.at(), "Column '%s' is %s, not %s", declared.name(),
                FlowTypes.described(column.type()), FlowTypes.described(value.type()));
        }
        return value;
    }

    private Optional<Field> byName(String name) {
        Optional<Field> exact = left.stream().filter(field -> field.name().equals(name)).findFirst();
        return exact.isPresent() ? exact : left.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
    }

    private Optional<Field> byPosition(String name, int position) {
        Optional<Field> named = left.stream().filter(field -> field.name().equals(name)).findFirst();
        List<Field> all = rows.plan().schema().fields();
        return named.isPresent() || position >= all.size() ? named : Optional.of(all.get(position));
    }

    private void addDrifted() {
        List<Expression> columns = left.stream().<Expression>map(field -> FlowStream.reference(rows.plan(), field.name())).toList();
        boolean infer = rows.text() && arguments.flag("inferDriftedColumnTypes", false);
        List<Expression> values = infer ? DriftedTypes.inferred(arguments, rows.plan(), columns) : columns;
        for (int i = 0; i < left.size(); i++) {
            String name = left.get(i).name();
            if (outputs.stream().noneMatch(output -> output.name().equals(name))) {
                outputs.add(new Output(name, values.get(i), List.of(), true));
            }
        }
    }
}
