package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.DataType;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.List;
import java.util.Optional;

/** {@code sink(input(id as integer, name as string), validateSchema: true)}: a sink that needs the declared columns. */
final class SinkSchema {
    private SinkSchema() {
    }

    /** Fails for a column that is not declared, unless the schema may drift, one that is missing, and one whose type does not fit. */
    static void validate(Arguments arguments, List<Output> outputs) {
        List<TypeName.Member> declared = arguments.declared("input");
        if (declared.isEmpty() || !arguments.flag("validateSchema", false)) {
            return;
        }
        List<String> names = declared.stream().map(TypeName.Member::name).toList();
        boolean open = arguments.flag("allowSchemaDrift", false);
        outputs.stream().map(Output::name).filter(name -> !open && !names.contains(name)).findFirst().ifPresent(name -> {
            throw failure(AlgebraError.COLUMN_NOT_FOUND, arguments.statement().at(), "Sink '%s' gets a column '%s' and declares %s%s",
                arguments.statement().name(), name, names, NearestName.hint(name, names));
        });
        declared.forEach(column -> require(arguments, column, outputs));
    }

    private static void require(Arguments arguments, TypeName.Member declared, List<Output> outputs) {
        Optional<Output> found = outputs.stream().filter(output -> output.name().equals(declared.name())).findFirst();
        List<String> names = outputs.stream().map(Output::name).toList();
        DataType type = found.map(output -> output.expression().type()).orElseThrow(() -> failure(AlgebraError.COLUMN_NOT_FOUND,
            declared.at(), "Sink '%s' gets no column '%s'; it gets %s%s", arguments.statement().name(), declared.name(), names,
            NearestName.hint(declared.name(), names)));
        if (FlowTypes.common(type, FlowTypes.of(declared.type())) == null) {
            throw failure(AlgebraError.TYPE_MISMATCH, declared.at(), "Column '%s' is %s, not %s", declared.name(),
                FlowTypes.described(type), FlowTypes.described(FlowTypes.of(declared.type())));
        }
    }
}
