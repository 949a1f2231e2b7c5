package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.languages.dataflow.function.FunctionTable;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples in the functions' documentation. */
class DocumentedFunctionsTest {
    /** Examples whose documented value cannot be, each with the reason. */
    private static final Map<String, String> WRONG = Map.of(
        "toBinary(3)", "no encoding of 3 is the byte 0x11");
    /** Functions of caches are written sink#lookup(...), which is syntax and not a function. */
    private static final Set<String> SYNTAX = Set.of("lookup", "mlookup", "output", "outputs");

    private static ExpressionEvaluator evaluator;

    @BeforeAll
    static void open() {
        evaluator = new ExpressionEvaluator(new EngineOptions());
    }

    @AfterAll
    static void close() {
        evaluator.close();
    }

    static JsonNode functions() throws Exception {
        try (InputStream file = DocumentedFunctionsTest.class.getResourceAsStream("/dataflow/functions.json")) {
            return JsonMapper.shared().readTree(file);
        }
    }

    static Stream<Arguments> examples() throws Exception {
        List<Arguments> examples = new ArrayList<>();
        for (JsonNode function : functions()) {
            for (JsonNode example : function.get("examples")) {
                if (example.get("expected").isString() && !WRONG.containsKey(example.get("expr").stringValue())) {
                    examples.add(Arguments.of(example.get("expr").stringValue(), example.get("expected").stringValue()));
                }
            }
        }
        return examples.stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheDocumentedValue(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(value(expected));
    }

    @Test
    void everyFunctionIsThere() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (JsonNode function : functions()) {
            String name = function.get("name").stringValue();
            if (FunctionTable.find(name) == null && !SYNTAX.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Numbers of all types compare by their value. */
    private static Object value(String expression) {
        JsonNode answer = evaluator.answer(JsonMapper.shared().createObjectNode().put("expr", expression));
        assertThat(answer.path("error").isMissingNode()).as("%s: %s", expression, answer).isTrue();
        return plain(answer.get("value"));
    }

    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            List<Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        return value.isNumber() ? (Object) value.decimalValue().stripTrailingZeros() : value.toString();
    }
}
