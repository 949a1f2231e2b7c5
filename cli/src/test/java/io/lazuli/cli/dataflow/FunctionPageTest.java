package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.languages.dataflow.function.FlowFunction;
import io.lazuli.languages.dataflow.function.FunctionMeaning;
import io.lazuli.languages.dataflow.function.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the page of functions, its signatures, sentences and values, and the catalogue together. With the system property
 * {@code lazuli.write-pages} it writes the page.
 */
class FunctionPageTest {
    private static final Path PAGE = Path.of("..", "docs", "dataflow-functions.md");
    private static final Set<String> CHANGING = Set.of("uuid", "currentDate", "currentTimestamp", "currentUTC", "nextSequence");
    private static final int MOST_EXAMPLES = 3;

    @Test
    void thePageSaysWhatTheCatalogueSays() throws Exception {
        String page = page();
        if (Boolean.getBoolean("lazuli.write-pages")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() throws Exception {
        Map<String, JsonNode> documented = new TreeMap<>();
        Map<String, List<FlowFunction>> categories = new LinkedHashMap<>();
        for (JsonNode function : DocumentedFunctionsTest.functions()) {
            documented.put(function.get("name").stringValue(), function);
            categories.putIfAbsent(function.get("category").stringValue(), new ArrayList<>());
        }
        categories.remove("cached lookup");
        for (FlowFunction function : FunctionTable.all()) {
            JsonNode known = documented.get(function.name());
            categories.get(known == null ? "expression" : known.get("category").stringValue()).add(function);
        }
        StringBuilder page = new StringBuilder("""
            # The functions of data flow expressions

            What each gives, and examples with their values, which the build computes. `[x]` may be left out, `...` repeats the last
            argument. How values behave is told in [expressions](dataflow-expressions.md); `lazuli dataflow functions TEXT` finds a
            function from the command line. Cached sinks have functions too: `sink#lookup(key)`, `sink#mlookup(key)`, `sink#output()` and
            `sink#outputs()`.
            """);
        try (ExpressionEvaluator evaluator = new ExpressionEvaluator(new EngineOptions())) {
            categories.forEach((category, functions) -> {
                page.append("\n## ").append(title(category)).append("\n");
                functions.forEach(function -> describe(function, documented.get(function.name()), evaluator, page));
            });
        }
        return page.toString();
    }

    private static String title(String category) {
        return Character.toUpperCase(category.charAt(0)) + category.substring(1) + " functions";
    }

    private static void describe(FlowFunction function, JsonNode documented, ExpressionEvaluator evaluator, StringBuilder page) {
        FunctionMeaning meaning = FunctionTable.meaning(function.name());
        page.append("\n### ").append(function.name()).append("\n\n`").append(function.signature()).append("`: ")
            .append(meaning.sentence()).append("\n");
        List<String> examples = new ArrayList<>(meaning.example().stream().toList());
        if (documented != null && !CHANGING.contains(function.name())) {
            documented.get("examples").forEach(example -> examples.add(example.get("expr").stringValue()));
        }
        List<String> lines = new ArrayList<>();
        for (String example : examples) {
            JsonNode answer = evaluator.answer(JsonMapper.shared().createObjectNode().put("expr", example));
            if (answer.path("error").isMissingNode() && lines.size() < MOST_EXAMPLES && !example.contains("\n")) {
                lines.add(example + "  →  " + answer.get("value"));
            }
        }
        if (!lines.isEmpty()) {
            page.append("\n```\n").append(String.join("\n", lines)).append("\n```\n");
        }
    }

    @Test
    void everyExampleOfTheCatalogueHasAValue() throws IOException {
        try (ExpressionEvaluator evaluator = new ExpressionEvaluator(new EngineOptions())) {
            FunctionTable.all().forEach(function -> FunctionTable.meaning(function.name()).example().ifPresent(example ->
                assertThat(evaluator.answer(JsonMapper.shared().createObjectNode().put("expr", example)).path("error").isMissingNode())
                    .as(example).isTrue()));
        }
    }
}
