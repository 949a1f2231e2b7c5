package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.option.EngineOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases of the form: an expression, a line of four dashes, the value as JSON and its type, or a failure after an exclamation mark. */
class ExpressionCasesTest {
    private static ExpressionEvaluator evaluator;

    @BeforeAll
    static void open() {
        evaluator = new ExpressionEvaluator(new EngineOptions());
    }

    @AfterAll
    static void close() {
        evaluator.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of("documented", "texts-numbers-logic", "conversions-dates-arrays", "decimals", "variations", "boundaries")
            .flatMap(ExpressionCasesTest::cases);
    }

    private static Stream<Arguments> cases(String name) {
        try (InputStream file = ExpressionCasesTest.class.getResourceAsStream("/dataflow/expressions/" + name + ".test")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.strip().split("\\n\\n")).filter(part -> !part.startsWith("#"))
                .map(part -> part.split("\\n----\\n", 2)).map(parts -> Arguments.of(parts[0], parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatTheCaseSays(String expression, String expected) {
        JsonNode answer = evaluator.answer(JsonMapper.shared().createObjectNode().put("expr", expression));
        JsonNode error = answer.path("error");
        assertThat(error.isMissingNode() ? answer.get("value") + " : " + answer.get("type").stringValue()
            : "! " + error.get("code").stringValue() + " " + error.get("line") + ":" + error.get("column") + " "
                + error.get("message").stringValue()).isEqualTo(expected);
    }
}
