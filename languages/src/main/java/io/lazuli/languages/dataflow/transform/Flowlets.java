package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.TypeName;
import io.lazuli.languages.dataflow.transform.FlowColumn.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code rows compose(mapColumn(amount = price), composition: 'Taxes') ~> taxes@(taxed)}: the statements of a flowlet on other rows.
 *
 * <p>A flowlet's {@code input}s take the streams in their {@code order}; each {@code mapColumn} names the columns for one of them. Its
 * {@code output}s are the outputs of the statement.
 */
final class Flowlets {
    private Flowlets() {
    }

    static Map<String, FlowStream> compose(Arguments arguments, List<FlowStream> inputs) {
        String name = arguments.text("composition").orElseThrow(() ->
            failure(CommonError.SYNTAX_ERROR, arguments.statement().at(), "'compose' names its flowlet: composition: 'name'"));
        FlowScript script = arguments.context().services().flowlet(name);
        FlowContext context = arguments.context().with(parameters(arguments.context(), name, script));
        FlowGraph graph = FlowGraph.of(script);
        Map<String, FlowStream> given = new HashMap<>();
        List<Arguments> declared = declared(graph, context);
        if (declared.size() != inputs.size()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "The flowlet '%s' has %d input(s), not %d", name,
                declared.size(), inputs.size());
        }
        arguments.parts("mapColumn").skip(inputs.size()).findFirst().ifPresent(more -> {
            throw failure(CommonError.SYNTAX_ERROR, more.at(), "mapColumn(...) is given more often than there are streams");
        });
        for (int i = 0; i < inputs.size(); i++) {
            given.put(declared.get(i).statement().name(), input(arguments, i, inputs.get(i), declared.get(i)));
        }
        CompiledFlow flowlet = FlowCompiler.compile(graph, context, given);
        flowlet.warnings().forEach(arguments.context()::warn);
        Map<String, FlowStream> outputs = new LinkedHashMap<>();
        for (String output : arguments.statement().outputs()) {
            outputs.put(output, flowlet.stream(output));
        }
        return outputs;
    }

    /** Each is the flow's constant of the same name, else its default. */
    private static ParameterValues parameters(FlowContext context, String flowlet, FlowScript script) {
        ParameterValues values = new ParameterValues(context.services().functions());
        for (FlowScript.Parameter parameter : script.parameters()) {
            Expression own = context.parameters().get(parameter.name());
            if (context.rowParameters().has(parameter.name())) {
                throw failure(CommonError.NOT_SUPPORTED, parameter.at(), "Parameter '$%s' of the flowlet '%s' gets the value of the data "
                    + "flow's parameter of that name, %s, which depends on columns; flowlets take constants", parameter.name(), flowlet,
                    context.rowParameters().value(parameter.name()).value());
            } else if (own != null) {
                values.put(parameter, own);
            } else {
                values.put(parameter, parameter.defaultValue().orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT, parameter.at(),
                    "Parameter '$%s' of the flowlet has no value", parameter.name())));
            }
        }
        return values;
    }

    /** The inputs by their order. */
    private static List<Arguments> declared(FlowGraph graph, FlowContext context) {
        return graph.script().statements().stream().filter(statement -> statement.transformation().equals("input"))
            .map((Statement statement) -> new Arguments(statement, context))
            .sorted(Comparator.comparingLong(input -> input.number("order").orElse(0L))).toList();
    }

    private static FlowStream input(Arguments compose, int number, FlowStream rows, Arguments declared) {
        Scope scope = Scope.of(compose.context(), rows);
        List<FlowExpression.Call> maps = compose.parts("mapColumn").toList();
        List<Output> mapped = number < maps.size() ? ColumnMapping.outputs(maps.get(number), compose, scope, rows.visible())
            : rows.visible().stream().map(FlowColumn::output).toList();
        List<Output> outputs = new ArrayList<>();
        for (TypeName.Member column : declared.declared("output")) {
            outputs.add(mapped.stream().filter(output -> output.name().equals(column.name())).findFirst()
                .map(found -> Output.of(column.name(), Conversions.convert(found.expression(), FlowTypes.of(column.type()))))
                .orElseGet(() -> Output.of(column.name(), new Literal(null, FlowTypes.of(column.type())))));
        }
        if (outputs.isEmpty() || declared.flag("allowSchemaDrift", false)) {
            mapped.stream().filter(output -> outputs.stream().noneMatch(other -> other.name().equals(output.name()))).toList()
                .forEach(outputs::add);
        }
        return rows.select(outputs);
    }
}
