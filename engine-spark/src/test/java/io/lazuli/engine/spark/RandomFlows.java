package io.lazuli.engine.spark;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.ScriptParser;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.FlowCompiler;
import io.lazuli.languages.dataflow.transform.FlowContext;
import io.lazuli.languages.dataflow.transform.FlowServices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes data flows by chance: two sources with random rows, and transformations one after another. */
final class RandomFlows implements FlowServices {
    private static final int TRANSFORMATIONS = 12;
    private static final List<DataType> TYPES = List.of(ScalarType.INT32, ScalarType.INT32, ScalarType.STRING, RandomValues.DECIMAL,
        ScalarType.FLOAT64, ScalarType.DATE, ScalarType.BOOLEAN, RandomValues.NUMBERS, RandomValues.PAIR, ScalarType.INT64,
        RandomValues.PAIRS, RandomValues.ORDERS);

    private final BothEngines engines;
    private final Random random;
    private final RandomValues values;
    private final Map<String, Plan> sources = new LinkedHashMap<>();
    private final RandomTransformations transformations;
    private String script = "";
    private CompiledFlow flow;

    RandomFlows(BothEngines engines, long seed) {
        this.engines = engines;
        this.random = new Random(seed);
        this.values = new RandomValues(random);
        this.transformations = new RandomTransformations(random);
        for (String name : List.of("a", "b")) {
            source(name);
        }
        for (int made = 0, tried = 0; made < TRANSFORMATIONS && tried < 200; tried++) {
            made += added(transformations.next(flow, "t" + made)) ? 1 : 0;
        }
    }

    private void source(String name) {
        List<Field> fields = new ArrayList<>(List.of(new Field(name + "_id", ScalarType.INT64)));
        TYPES.forEach(type -> fields.add(new Field(name + "_" + fields.size(), type)));
        List<List<Expression>> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<Expression> row = new ArrayList<>(List.of(Literal.int64(i)));
            TYPES.forEach(type -> row.add(new Literal(random.nextInt(6) == 0 ? null : value(type), type)));
            rows.add(row);
        }
        sources.put(name, new Values(new Schema(fields), rows));
        added("source(output(" + fields.stream().map(field -> field.name() + " as " + FlowTypes.name(field.type()))
            .collect(Collectors.joining(", ")) + "), allowSchemaDrift: false) ~> " + name);
    }

    /** Few different values, so that rows find partners. */
    private Object value(DataType type) {
        return random.nextInt(4) == 0 ? values.value(type) : switch (type) {
            case ScalarType.INT32 -> random.nextInt(4);
            case ScalarType.INT64 -> (long) random.nextInt(4);
            case ScalarType.STRING -> List.of("a", "b", "A", "").get(random.nextInt(4));
            default -> values.value(type);
        };
    }

    /** Whether the flow has a meaning with a line more, which it then has. */
    private boolean added(String line) {
        String longer = script + line + "\n";
        try {
            flow = FlowCompiler.compile(FlowGraph.of(ScriptParser.parse(longer)), new FlowContext(this, Map.of()));
            script = longer;
            return true;
        } catch (LazuliException refused) {
            return false;
        }
    }

    String script() {
        return script + transformations.flowlets().entrySet().stream().filter(flowlet -> script.contains("'" + flowlet.getKey() + "'"))
            .map(flowlet -> "flowlet " + flowlet.getKey() + "\n" + flowlet.getValue()).collect(Collectors.joining());
    }

    /** The rows of the streams that lead nowhere, by name. */
    Map<String, Plan> ends() {
        Map<String, Plan> ends = new LinkedHashMap<>();
        flow.streams().forEach((name, stream) -> {
            if (!transformations.used().contains(name) && stream.plan().schema().size() > 0) {
                ends.put(name, stream.plan());
            }
        });
        return ends;
    }

    @Override
    public SourceRows open(Arguments source) {
        return new SourceRows(sources.get(source.statement().name()), false, true);
    }

    @Override
    public List<List<Object>> rows(Plan plan) {
        return engines.onDuckDb(plan);
    }

    @Override
    public FlowScript flowlet(String name) {
        return ScriptParser.parse(transformations.flowlets().get(name));
    }

    /** Whether values have no parts. */
    static boolean isPlain(DataType type) {
        return type instanceof DecimalType || type instanceof ScalarType;
    }
}
