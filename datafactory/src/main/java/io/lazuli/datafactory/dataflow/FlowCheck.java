package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.script.UserFunction;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.FlowCompiler;
import io.lazuli.languages.dataflow.transform.FlowContext;
import io.lazuli.languages.dataflow.transform.FlowServices;
import io.lazuli.languages.dataflow.transform.ParameterValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads data flows without their data: the sources have the columns that the script declares, and no rows. */
public final class FlowCheck {
    private final Workspace workspace;
    private final Supplier<Engine> engine;

    /** The engine computes constants; most flows need none, and it is not asked for before one does. */
    public FlowCheck(Workspace workspace, Supplier<Engine> engine) {
        this.workspace = workspace;
        this.engine = engine;
    }

    /**
     * What is wrong with a flow.
     *
     * @param failure with its place
     */
    public record Problem(LazuliException failure, Certainty certainty) {
    }

    /** Whether the flow cannot run, may fail (only its data tells a column, or it needs what is not supported), or runs. */
    public enum Certainty { CERTAIN, LIKELY, HARMLESS }

    /** The first mistake in the script, sources and sinks that refer to nothing, and streams that nothing reads. */
    public List<Problem> problems(DataFlow artifact) {
        List<Problem> problems = new ArrayList<>();
        if (artifact.type().equals("UDFLibrary")) {
            return problems;
        }
        try {
            FlowDefinition flow = FlowDefinition.of(artifact);
            for (Statement statement : flow.graph().statements()) {
                unconnected(flow, statement, problems);
            }
            flow.graph().findings().forEach(finding ->
                problems.add(new Problem(flow.at(failure(DataFactoryError.UNUSED_ARTIFACT, finding.at(), "%s", finding.message())),
                    Certainty.HARMLESS)));
            compile(flow, problems);
        } catch (LazuliException wrong) {
            problems.add(new Problem(wrong, certainty(wrong)));
        }
        return problems;
    }

    /** The source whose rows a part of a plan is. */
    public static Optional<String> sourceOf(Plan part) {
        return part instanceof Shared shared && shared.name().startsWith(FlowSources.NAME)
            ? Optional.of(shared.name().substring(FlowSources.NAME.length())) : Optional.empty();
    }

    /** The container and folder of the Delta table that a source or sink is, where the script says them as constants. */
    public static Optional<String> tableFolder(FlowDefinition flow, String end) {
        Map<String, Object> constants = new HashMap<>();
        for (FlowExpression argument : flow.graph().statement(end).arguments()) {
            if (argument instanceof FlowExpression.Option(String name, FlowExpression.Constant(Object value, var _), var _)) {
                constants.put(name, value);
            }
        }
        Object container = constants.getOrDefault("fileSystem", constants.get("container"));
        return "delta".equals(constants.get("format")) && container != null && constants.containsKey("folderPath")
            ? Optional.of(container + "/" + constants.get("folderPath")) : Optional.empty();
    }

    /** What a flow declares, for those who call it; empty when the script cannot be read. */
    public static List<FlowScript.Parameter> parameters(DataFlow artifact) {
        try {
            return FlowDefinition.of(artifact).graph().script().parameters();
        } catch (LazuliException unreadable) {
            return List.of();
        }
    }

    private void unconnected(FlowDefinition flow, Statement statement, List<Problem> problems) {
        boolean end = List.of("source", "sink", "call").contains(statement.transformation());
        boolean stored = statement.arguments().stream()
            .anyMatch(argument -> argument instanceof FlowExpression.Option option && option.name().equals("store"));
        if (end && !stored && flow.dataset(statement.name()).isEmpty() && flow.linkedService(statement.name()).isEmpty()) {
            problems.add(new Problem(flow.at(failure(DataFactoryError.BROKEN_REFERENCE, statement.nameAt(),
                "The %s '%s' has neither a dataset nor a linked service among the flow's %ss", statement.transformation(),
                statement.name(), statement.transformation().replace("call", "transformation"))), Certainty.CERTAIN));
        }
    }

    private static Certainty certainty(LazuliException wrong) {
        return wrong.code() == CommonError.NOT_SUPPORTED ? Certainty.LIKELY : Certainty.CERTAIN;
    }

    /** The plans of a flow over sources that have the declared columns and no rows; mistakes have their place. */
    public CompiledFlow compiled(FlowDefinition flow) {
        try {
            return compiled(flow, new Declared(flow));
        } catch (LazuliException wrong) {
            throw flow.at(wrong);
        }
    }

    private static CompiledFlow compiled(FlowDefinition flow, Declared services) {
        return FlowCompiler.compile(flow.graph(), new FlowContext(services, samples(flow.graph().script(), services.functions())));
    }

    private void compile(FlowDefinition flow, List<Problem> problems) {
        Declared services = new Declared(flow);
        try {
            CompiledFlow compiled = compiled(flow, services);
            compiled.warnings().forEach(warning -> problems.add(new Problem(flow.at(warning), Certainty.LIKELY)));
            compiled.sinks().forEach(sink -> {
                RefusedOptions.require(sink.arguments());
                SinkPartitions.check(sink);
            });
        } catch (LazuliException wrong) {
            boolean column = wrong.code() == AlgebraError.COLUMN_NOT_FOUND || wrong.code() == CommonError.INVALID_ARGUMENT;
            problems.add(new Problem(flow.at(wrong), column && services.open ? Certainty.LIKELY : certainty(wrong)));
        }
    }

    /** A value of the type for each parameter: its default, else any. */
    private static ParameterValues samples(FlowScript script, Map<String, UserFunction> functions) {
        ParameterValues values = new ParameterValues(functions);
        script.parameters().forEach(parameter -> parameter.defaultValue().ifPresentOrElse(given -> values.put(parameter, given),
            () -> values.put(parameter, Literal.string("1"))));
        return values;
    }

    /** Sources as the script declares them. */
    private final class Declared implements FlowServices {
        private final FlowDefinition flow;
        private final Map<String, UserFunction> functions;
        /** Whether a source declares nothing, so that its columns are known when it is read. */
        private boolean open;

        Declared(FlowDefinition flow) {
            this.flow = flow;
            this.functions = flow.functions(workspace);
        }

        @Override
        public SourceRows open(Arguments source) {
            RefusedOptions.require(source);
            List<Field> fields = new ArrayList<>();
            Set<String> names = new HashSet<>();
            source.declared("output").stream().filter(column -> names.add(column.name()))
                .forEach(column -> fields.add(new Field(column.name(), FlowTypes.of(column.type()))));
            open |= fields.isEmpty();
            source.name("rowUrlColumn").filter(names::add).ifPresent(name -> fields.add(new Field(name, ScalarType.STRING)));
            Plan rows = new Values(new Schema(fields), List.of());
            return new SourceRows(new Shared(FlowSources.NAME + source.statement().name(), rows), false, true);
        }

        @Override
        public Plan call(Arguments call, Plan request) {
            Schema called = CalledRows.schema(request.schema());
            return new Project(request, called.fields().stream().map(field -> new NamedExpression(field.name(),
                request.schema().find(field.name()).filter(found -> !field.name().equals(FlowServices.CALL_BODY))
                    .<Expression>map(ColumnReference::of).orElse(new Literal(null, field.type())))).toList(), called);
        }

        @Override
        public List<List<Object>> rows(Plan plan) {
            try (Session session = engine.get().open()) {
                return FlowSources.rows(session, plan, Execution.UNWATCHED);
            }
        }

        @Override
        public Map<String, UserFunction> functions() {
            return functions;
        }

        @Override
        public FlowScript flowlet(String name) {
            return FlowDefinition.of(workspace.dataFlow(flow.flowlet(name, name), flow.place())).graph().script();
        }
    }
}
