package io.lazuli.languages.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.languages.pipeline.function.Category;
import io.lazuli.languages.pipeline.function.Signature;
import io.lazuli.languages.pipeline.function.Values;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every function and every example of the documentation of pipeline expressions, from {@code functions.json}. */
class DocumentedFunctionsTest {
    private static final String PRODUCE = "<produce><item><name>Gala</name><count>20</count></item>"
        + "<item><name>Honeycrisp</name><count>10</count></item></produce>";
    private static final JsonNode CASES = read();

    @TestFactory
    Stream<DynamicTest> givesWhatTheDocumentationShows() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode function : CASES) {
            for (JsonNode example : function.path("examples")) {
                tests.add(DynamicTest.dynamicTest(example.get("expr").stringValue(), () -> check(example)));
            }
        }
        return tests.stream();
    }

    @Test
    void knowsEveryDocumentedFunctionAndNoOther() {
        List<String> documented = CASES.valueStream().map(function -> function.get("name").stringValue())
            .filter(name -> !name.contains(" ")).toList();

        assertThat(FunctionTable.signatures()).extracting(Signature::name)
            .containsAll(documented)
            .hasSameSizeAs(Stream.concat(documented.stream(), Stream.of("parameters", "triggerBody")).toList());
    }

    @TestFactory
    Stream<DynamicTest> givesWhatEachSignatureSaysInItsExample() {
        return FunctionTable.signatures().stream()
            .filter(signature -> signature.category() != Category.SYSTEM)
            .map(signature -> DynamicTest.dynamicTest(signature.toString(), () -> {
                PipelineExpression expression = PipelineExpression.parse(signature.example());
                JsonNode value = expression.evaluate(MapScope.of("{}"));
                assertThat(expression.check()).isEmpty();
                if (signature.exampleResult() != null) {
                    assertThat(value.toString()).isEqualTo(signature.exampleResult());
                }
            }));
    }

    private static void check(JsonNode example) {
        Instant now = Instant.parse(example.path("now").asString("2018-04-15T13:00:00Z"));
        JsonNode scope = JsonMapper.shared().createObjectNode().set("pipeline", JsonMapper.shared().createObjectNode()
            .set("parameters", JsonMapper.shared().createObjectNode().put("items", PRODUCE)));

        JsonNode value = PipelineExpression.parse(example.get("expr").stringValue()).evaluate(new MapScope(now, scope));

        if (example.has("expectedJson")) {
            assertThat(Values.equal(value, example.get("expectedJson"))).as("%s", value).isTrue();
        } else {
            assertThat(value).isNotNull();
        }
    }

    private static JsonNode read() {
        try (InputStream cases = DocumentedFunctionsTest.class.getResourceAsStream("/pipeline/functions.json")) {
            return JsonMapper.shared().readTree(cases);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
