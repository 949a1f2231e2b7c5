package io.lazuli.languages.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The cases in {@code pipeline/*.test}: an expression, {@code ----}, and what it gives as JSON, or {@code error: CODE part of the message}.
 *
 * <p>A case may have several lines and ends with an empty one. All see what {@code pipeline/scope.json} gives, at 2018-04-15T13:00:00Z.
 */
class ExpressionCasesTest {
    private static final String SEPARATOR = "\n----\n";

    @TestFactory
    Stream<DynamicTest> evaluate() throws IOException, URISyntaxException {
        Path folder = Path.of(ExpressionCasesTest.class.getResource("/pipeline").toURI());
        MapScope scope = MapScope.of(Files.readString(folder.resolve("scope.json")));
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".test")).sorted().toList()) {
                for (String block : Files.readString(file).split("\n\n+")) {
                    add(tests, file, block.replaceAll("(?m)^#.*\n?", "").stripTrailing(), scope);
                }
            }
        }
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, Path file, String block, MapScope scope) {
        if (!block.isBlank()) {
            int end = block.indexOf(SEPARATOR);
            String expression = block.substring(0, end);
            String expected = block.substring(end + SEPARATOR.length());
            tests.add(DynamicTest.dynamicTest(file.getFileName() + ": " + expression, () -> check(expression, expected, scope)));
        }
    }

    private static void check(String text, String expected, MapScope scope) {
        if (expected.startsWith("error: ")) {
            String[] failure = expected.substring("error: ".length()).split(" ", 2);
            assertThatThrownBy(() -> PipelineExpression.parse(text).evaluate(scope))
                .isInstanceOfSatisfying(LazuliException.class, thrown -> {
                    assertThat(thrown.code().name()).isEqualTo(failure[0]);
                    assertThat(thrown.getMessage()).contains(failure.length > 1 ? failure[1] : "");
                    assertThat(thrown.place().position()).isPresent();
                });
        } else {
            JsonNode value = PipelineExpression.parse(text).evaluate(scope);
            assertThat(value.toString()).isEqualTo(MapScope.JSON.readTree(expected).toString());
        }
    }
}
