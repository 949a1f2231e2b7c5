package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.datafactory.connector.sql.CheckedSession;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowTypes;
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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the cases under {@code languages/src/test/resources/dataflow/flows} and the examples of the page on DuckDB.
 *
 * <p>Cases are parted by lines {@code ====}. A case is a script; for each source a line {@code --- NAME} and its CSV or JSON (also
 * {@code --- flowlet NAME} with a script); then for each stream to look at {@code >>> NAME} and its rows, of which the first has names
 * and types, in any order unless the line ends with {@code in order}; or {@code !!!} and the error.
 */
class TransformationCasesTest {
    private static final Path CASES = Path.of("../languages/src/test/resources/dataflow/flows");
    private static final Path PAGE = Path.of("../docs/dataflow-transformations.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```flow\n(.*?)^```");

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> givesTheRowsThatDataFlowsGive() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.sorted().toList()) {
                tests.add(dynamicTest(file.getFileName().toString(), () ->
                    check(List.of(Files.readString(file).replaceFirst("(?s)\\A(#[^\\n]*\\n)+\\n", "").split("\n====\n")))));
            }
        }
        tests.add(dynamicTest("the page's examples", () -> check(BLOCK.matcher(Files.readString(PAGE)).results()
            .map(block -> block.group(1)).toList())));
        return tests.stream();
    }

    private void check(List<String> texts) {
        List<String> wrong = new ArrayList<>();
        try (DuckDbEngine engine = new DuckDbEngine(DuckDbSettings.of(folder)); Session session = new CheckedSession(engine.open())) {
            for (String text : texts) {
                Case one = Case.read(text.strip());
                String actual = new Run(engine, session, one).outcome();
                if (!actual.equals(one.expected())) {
                    wrong.add(one.script() + "\n  expected:\n" + one.expected() + "\n  actual:\n" + actual);
                }
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    /** A case as its file says it; the expectations are kept with their headings. */
    private record Case(String script, Map<String, String> inputs, Map<String, String> expectations) {
        static Case read(String text) {
            String[] parts = text.split("(?m)^(?=--- |>>> |!!!)");
            Map<String, String> inputs = new LinkedHashMap<>();
            Map<String, String> expectations = new LinkedHashMap<>();
            for (String part : parts) {
                String[] lines = part.strip().split("\n", 2);
                if (lines[0].startsWith("--- ")) {
                    inputs.put(lines[0].substring(4).strip(), lines.length > 1 ? lines[1] : "");
                } else if (lines[0].startsWith(">>> ") || lines[0].startsWith("!!!")) {
                    expectations.put(lines[0].strip(), lines.length > 1 ? lines[1].strip() : "");
                }
            }
            return new Case(parts[0].strip(), inputs, expectations);
        }

        String expected() {
            return expectations.entrySet().stream().map(one -> one.getKey() + "\n" + ordered(one.getKey(), one.getValue()))
                .collect(Collectors.joining("\n"));
        }

        static String ordered(String heading, String rows) {
            List<String> lines = rows.lines().toList();
            return heading.startsWith("!!!") || heading.endsWith(" in order") || lines.isEmpty() ? rows
                : Stream.concat(lines.stream().limit(1), lines.stream().skip(1).sorted()).collect(Collectors.joining("\n"));
        }
    }

    private record Run(DuckDbEngine engine, Session session, Case one) implements FlowServices {
        String outcome() {
            try {
                FlowScript script = ScriptParser.parse(one.script());
                Map<String, io.lazuli.algebra.expression.Expression> parameters = new HashMap<>();
                script.parameters().forEach(parameter -> parameter.defaultValue().ifPresent(value ->
                    parameters.put(parameter.name(), new ExpressionBinder(ExpressionScope.EMPTY).bind(value))));
                CompiledFlow flow = FlowCompiler.compile(FlowGraph.of(script), new FlowContext(this, parameters));
                if (one.expectations().containsKey("!!!")) {
                    return flow.sinks().stream().map(sink -> shown(sink.stream().rows())).collect(Collectors.joining("\n"));
                }
                return one.expectations().keySet().stream().map(heading -> heading + "\n" + Case.ordered(heading,
                    shown(flow.stream(heading.replace(">>> ", "").replace(" in order", "").strip()).rows())))
                    .collect(Collectors.joining("\n"));
            } catch (LazuliException e) {
                return "!!!\n" + e.place().position().orElse("?") + " " + e.getMessage();
            }
        }

        @Override
        public SourceRows open(Arguments source) {
            String name = source.statement().name();
            String text = one.inputs().get(name);
            boolean json = text.startsWith("{") || text.startsWith("[");
            FileFormat format = json ? new JsonFormat(JsonFormat.Shape.SET_OF_OBJECTS, "UTF-8", Compression.NONE)
                : new DelimitedFormat(",", "\"", "\\", "", true, "", "UTF-8", 0, true, false, Compression.NONE).droppingExtraValues();
            try {
                Path file = Files.writeString(folder.resolve(name + (json ? ".json" : ".csv")), text);
                FileSource files = new FileSource(List.of(new SourceFile(file, name)), format, Optional.empty());
                return new SourceRows(new Scan(files, engine.describe(files)), !json, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<List<Object>> rows(Plan plan) {
            List<List<Object>> rows = new ArrayList<>();
            try (RowCursor cursor = session.query(plan, Execution.UNWATCHED)) {
                while (cursor.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 0; i < cursor.schema().size(); i++) {
                        row.add(cursor.value(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }

        @Override
        public FlowScript flowlet(String name) {
            return ScriptParser.parse(one.inputs().get("flowlet " + name));
        }

        private String shown(Plan plan) {
            String names = plan.schema().fields().stream().map(field -> field.name() + " " + FlowTypes.name(field.type()))
                .collect(Collectors.joining("|"));
            return Stream.concat(Stream.of(names), rows(plan).stream().map(row -> row.stream().map(Run::shown)
                .collect(Collectors.joining("|")))).collect(Collectors.joining("\n"));
        }

        private static String shown(Object value) {
            return switch (value) {
                case null -> "-";
                case BigDecimal number -> number.toPlainString();
                case List<?> list -> list.stream().map(Run::shown).collect(Collectors.joining(",", "[", "]"));
                case Map<?, ?> map -> map.entrySet().stream().map(entry -> entry.getKey() + ":" + shown(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
                default -> value.toString();
            };
        }
    }
}
