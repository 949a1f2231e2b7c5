package io.lazuli.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvalCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private int run(String input, String... arguments) {
        EvalCommand command = new EvalCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true))
            .setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(new Failures()).execute(arguments);
    }

    @Test
    void printsTheValueOfAnExpression() {
        assertThat(run("", "@concat('a', 1)")).isZero();
        assertThat(out).hasToString("a1\n");
    }

    @Test
    void readsParametersAsJsonWhereTheyAreAndElseAsText() {
        assertThat(run("", "@add(pipeline().parameters.count, length(pipeline().parameters.name))", "--param", "count=2", "--param",
            "name=abc"))
            .isZero();
        assertThat(out).hasToString("5\n");
    }

    @Test
    void takesTheTimeFromAnOption() {
        assertThat(run("", "Run of @{utcNow('D')}", "--now", "2018-04-15T13:00:00Z", "--output", "json")).isZero();
        assertThat(out).hasToString("{\"value\":\"Run of Sunday, April 15, 2018\"}\n");
    }

    @Test
    void showsWithACaretWhereAnExpressionIsWrong() {
        assertThat(run("", "@concat('a', pipelin().x)")).isEqualTo(1);
        assertThat(error.toString()).isEqualTo("""
            UNKNOWN_FUNCTION at 1:14: There is no function 'pipelin'; did you mean 'pipeline'?
            @concat('a', pipelin().x)
                         ^
            """);
    }

    @Test
    void answersEveryLineOfABatchInOrder() {
        int exitCode = run("""
            {"expr": "@add(1, 2)"}
            {"expr": "@concat(variables('V'), activity('c').output.n)", "variables": {"v": "x"}, "activities": {"C": {"output": {"n": 3}}}}
            not json
            {"expr": "@item().a", "item": {"a": null}}
            {"expr": "@item()"}
            {"expr": "@{pipeline().globalParameters.g}/@{dataset().d}", "globalParameters": {"g": "é"}, "dataset": {"d": true}}
            {"expr": "@pipeline().libraryVariables.x", "libraryVariables": {"x": [1]}}
            {"expr": "@utcNow()", "now": "2018-02-01T00:00:00.0000000Z"}
            {"parameters": {}}
            {"expr": "@pipeline().parameters.fil", "parameters": {"file": 1}}
            {"expr": "@div(1,\\n 0)"}
            """, "--batch", "-");

        assertThat(exitCode).isZero();
        assertThat(out.toString().lines()).containsExactly(
            "{\"value\":3}",
            "{\"value\":\"x3\"}",
            "{\"error\":{\"code\":\"SYNTAX_ERROR\",\"message\":\"The line is not a JSON object: Unrecognized token 'not': was "
                + "expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\",\"line\":1,\"column\":1}}",
            "{\"value\":null}",
            "{\"error\":{\"code\":\"NOT_AVAILABLE_HERE\",\"message\":\"item() is only available inside ForEach and Filter\","
                + "\"line\":1,\"column\":2}}",
            "{\"value\":\"é/True\"}",
            "{\"value\":[1]}",
            "{\"value\":\"2018-02-01T00:00:00.0000000Z\"}",
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"A request is a JSON object with the property 'expr'\","
                + "\"line\":0,\"column\":0}}",
            "{\"error\":{\"code\":\"PROPERTY_NOT_FOUND\",\"message\":\"There is no property 'fil' in 'pipeline().parameters'; did you mean "
                + "'file'?\",\"line\":1,\"column\":24}}",
            "{\"error\":{\"code\":\"DIVISION_BY_ZERO\",\"message\":\"div() cannot divide by zero\",\"line\":2,\"column\":2}}");
    }

    @Test
    void readsABatchFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("requests.jsonl"), "{\"expr\": \"plain\"}\n\n{\"expr\": {\"a\": \"@add(1, 1)\"}}\n");

        assertThat(run("", "--batch", file.toString())).isZero();
        assertThat(out).hasToString("{\"value\":\"plain\"}\n{\"value\":{\"a\":2}}\n");
    }

    @Test
    void tellsThatABatchFileIsMissing() {
        assertThat(run("", "--batch", "nowhere.jsonl")).isEqualTo(3);
        assertThat(error.toString()).contains("There is no file 'nowhere.jsonl'");
    }

    @Test
    void wantsAnExpressionOrABatch() {
        assertThat(run("")).isEqualTo(2);
        assertThat(run("", "@add(1, 1)", "--batch", "-")).isEqualTo(2);
    }
}
