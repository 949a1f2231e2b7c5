package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code call(mapColumn(id), output(body as (name as string), headers as [string,string], status as string), httpMethod: 'POST',
 * entity: 'api/Todo/')}: a request of a REST service for each row, whose response stands in columns behind the row's own.
 *
 * <p>The body of the request is a JSON object of the mapped columns, or of all; GET and DELETE send none. The address is that of the linked
 * service, {@code entity}, and {@code rowRelativeUrl}, a column or an expression over columns.
 */
final class CallTransformation {
    private CallTransformation() {
    }

    static FlowStream apply(Arguments arguments, FlowStream input) {
        if (!arguments.text("store").orElse("restservice").equals("restservice")) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "External calls of the store '%s' are not supported; "
                + "those of 'restservice' are", arguments.text("store").get());
        }
        Plan called = arguments.context().services().call(arguments, request(arguments, input));
        List<Output> outputs = new ArrayList<>();
        List<TypeName.Member> added = arguments.declared("output");
        input.columns().stream().filter(column -> added.stream().noneMatch(output -> output.name().equals(column.name())))
            .forEach(column -> outputs.add(column.output()));
        added.forEach(output -> outputs.add(Output.of(output.name(), value(arguments, called, output))));
        if (added.isEmpty()) {
            outputs.add(Output.of(arguments.text("bodyColumnName").orElse("body"),
                FlowStream.reference(called, FlowServices.CALL_BODY)));
        }
        return FlowStream.project(called, outputs);
    }

    /** The rows, and behind their columns the address and the body of each one's request. */
    private static Plan request(Arguments arguments, FlowStream input) {
        List<NamedExpression> all = new ArrayList<>();
        input.columns().forEach(column -> all.add(new NamedExpression(column.field(), column.reference())));
        Scope scope = Scope.of(arguments.context(), input);
        Expression entity = arguments.option("entity").map(scope::bind).orElse(Literal.string(""));
        Expression row = arguments.rowValue("rowRelativeUrl", input).orElse(Literal.string(""));
        all.add(new NamedExpression(FlowServices.CALL_ENTITY, Conversions.convert(entity, ScalarType.STRING)));
        all.add(new NamedExpression(FlowServices.CALL_ADDRESS, Conversions.convert(row, ScalarType.STRING)));
        List<Output> mapped = arguments.part("mapColumn").map(map -> ColumnMapping.outputs(map, arguments, scope, input.visible()))
            .orElseGet(() -> ColumnMapping.all(arguments, scope, input.visible()));
        StructType type = new StructType(mapped.stream().map(output -> new Field(output.name(), output.expression().type())).toList());
        all.add(new NamedExpression(FlowServices.CALL_BODY, Call.of(ConversionOperators.JSON_TEXT,
            new Call(ConversionOperators.STRUCTURE, mapped.stream().map(Output::expression).toList(), type))));
        return new Project(input.plan(), all);
    }

    private static Expression value(Arguments arguments, Plan called, TypeName.Member output) {
        DataType type = FlowTypes.of(output.type());
        String name = output.name();
        if (name.equals(arguments.text("headerColumnName").or(() -> arguments.text("headersColumnName")).orElse("headers"))) {
            return Conversions.convert(FlowStream.reference(called, FlowServices.CALL_HEADERS), type);
        }
        if (name.equals(arguments.text("statusColumnName").orElse("status"))) {
            return Conversions.convert(FlowStream.reference(called, FlowServices.CALL_STATUS), type);
        }
        if (!name.equals(arguments.text("bodyColumnName").orElse("body"))) {
            throw failure(CommonError.INVALID_ARGUMENT, output.at(), "A call's output has the columns body, headers and status; '%s' is "
                + "none of them. bodyColumnName, headerColumnName and statusColumnName give them other names", name);
        }
        Expression text = FlowStream.reference(called, FlowServices.CALL_BODY);
        return type == ScalarType.STRING ? text : new Call(ConversionOperators.FROM_JSON, List.of(text), type);
    }
}
