package io.lazuli.languages.dataflow.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionParserTest {
    static Stream<Arguments> cases() throws IOException {
        try (InputStream file = ExpressionParserTest.class.getResourceAsStream("/dataflow/syntax.test")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.strip().split("\\n\\n")).filter(part -> !part.startsWith("#"))
                .map(part -> part.split("\\n----\\n", 2)).map(parts -> Arguments.of(parts[0], parts[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parsesToTheTreeThatTheCaseGives(String expression, String expected) {
        assertThat(outcome(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatParsesToTheSame(String expression, String expected) {
        if (!expected.startsWith("!")) {
            assertThat(outcome(expected)).isEqualTo(expected);
        }
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(100_000))).hasMessageContaining("nested more than 200 levels deep");
        assertThatThrownBy(() -> ExpressionParser.parse("!".repeat(100_000))).hasMessageContaining("nested more than 200 levels deep");
    }

    private static String outcome(String expression) {
        try {
            return ExpressionParser.parse(expression).toString();
        } catch (LazuliException e) {
            return "!" + e.place() + " " + e.getMessage();
        }
    }
}
