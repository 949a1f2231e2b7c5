package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.ScriptParser;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.FlowCompiler;
import io.lazuli.languages.dataflow.transform.FlowContext;
import io.lazuli.languages.dataflow.transform.FlowServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The streams of the cases of transformations have the same rows on Spark and on DuckDB. */
class TransformationConformanceTest {
    private static final Path CASES = Path.of("../languages/src/test/resources/dataflow/flows");

    private final BothEngines engines = BothEngines.open();

    @Test
    void streamsHaveTheSameRows() throws IOException {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.sorted().toList()) {
                for (String text : Files.readString(file).replaceFirst("(?s)\\A(#[^\\n]*\\n)+\\n", "").split("\n====\n")) {
                    compared += new Case(engines, text.strip()).compare(wrong);
                }
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
        assertThat(compared).isGreaterThan(30);
    }

    /** One case of a file, in whose text the sources are written too. */
    private record Case(BothEngines engines, String script, Map<String, String> inputs, List<String> streams) implements FlowServices {
        Case(BothEngines engines, String text) {
            this(engines, text.split("(?m)^(?=--- |>>> |!!!)")[0].strip(), new LinkedHashMap<>(), new ArrayList<>());
            for (String part : text.split("(?m)^(?=--- |>>> |!!!)")) {
                String[] lines = part.strip().split("\n", 2);
                if (lines[0].startsWith("--- ")) {
                    inputs.put(lines[0].substring(4).strip(), lines.length > 1 ? lines[1] : "");
                } else if (lines[0].startsWith(">>> ")) {
                    streams.add(lines[0].substring(4).strip());
                }
            }
        }

        /** The number of streams that were compared. */
        int compare(List<String> wrong) {
            if (streams.isEmpty()) {
                return 0;
            }
            CompiledFlow flow = compiled();
            for (String stream : streams) {
                Plan plan = flow.stream(stream.replace(" in order", "").strip()).rows();
                try {
                    if (stream.endsWith(" in order")) {
                        engines.sameInOrder(plan);
                    } else {
                        engines.same(plan);
                    }
                } catch (AssertionError | LazuliException e) {
                    wrong.add(script + "\n>>> " + stream + "\n" + e.getMessage());
                }
            }
            return streams.size();
        }

        private CompiledFlow compiled() {
            FlowScript parsed = ScriptParser.parse(script);
            Map<String, Expression> parameters = new HashMap<>();
            parsed.parameters().forEach(parameter -> parameter.defaultValue().ifPresent(value ->
                parameters.put(parameter.name(), new ExpressionBinder(ExpressionScope.EMPTY).bind(value))));
            return FlowCompiler.compile(FlowGraph.of(parsed), new FlowContext(this, parameters));
        }

        @Override
        public SourceRows open(Arguments source) {
            String name = source.statement().name();
            String text = inputs.get(name);
            boolean json = text.startsWith("{") || text.startsWith("[");
            FileFormat format = json ? new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE)
                : new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE).droppingExtraValues();
            try {
                Path file = Files.writeString(Files.createTempFile(engines.folder, name, json ? ".json" : ".csv"), text);
                FileSource files = new FileSource(List.of(new SourceFile(file, name)), format, Optional.empty());
                return new SourceRows(new Scan(files, engines.duckDb.describe(files)), !json, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<List<Object>> rows(Plan plan) {
            return engines.onDuckDb(plan);
        }

        @Override
        public FlowScript flowlet(String name) {
            return ScriptParser.parse(inputs.get("flowlet " + name));
        }
    }
}
