package io.lazuli.languages.dataflow.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptParserTest {
    static Stream<Arguments> cases() throws IOException {
        try (InputStream file = ScriptParserTest.class.getResourceAsStream("/dataflow/scripts.test")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.substring(text.indexOf("\n\n") + 2).strip().split("\n====\n"))
                .map(part -> part.split("\n----\n", 2)).map(parts -> Arguments.of(parts[0], parts[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAndConnectsTheStatements(String script, String expected) {
        assertThat(outcome(script)).isEqualTo(expected);
    }

    private static String outcome(String text) {
        try {
            FlowGraph graph = FlowGraph.of(ScriptParser.parse(text));
            Stream<String> parameters = graph.script().parameters().stream().map(parameter -> "$" + parameter.name() + " "
                + parameter.type() + parameter.defaultValue().map(value -> " " + value).orElse(""));
            Stream<String> statements = graph.statements().stream().map(statement -> statement.inputs() + " "
                + statement.transformation() + " " + statement.arguments() + " " + statement.name() + " " + statement.outputs());
            Stream<String> findings = graph.findings().stream().map(finding -> "? " + finding.at() + " " + finding.message());
            return Stream.of(parameters, statements, findings).flatMap(lines -> lines).collect(Collectors.joining("\n"));
        } catch (LazuliException e) {
            return "!" + e.place() + " " + e.getMessage();
        }
    }
}
