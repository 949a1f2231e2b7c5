package io.lazuli.cli.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFlowEvalTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    private int run(String... arguments) {
        return Lazuli.commandLine(new PrintWriter(out, true), new PrintWriter(error, true)).execute(arguments);
    }

    @Test
    void printsTheValueOfAnExpression() {
        assertThat(run("dataflow", "eval", "$day + upper($name)", "--param", "day=1", "--param", "name=x")).isZero();
        assertThat(out.toString().strip()).isEqualTo("1X");
    }

    @Test
    void showsWhereAnExpressionIsWrong() {
        assertThat(run("dataflow", "eval", "1 + uper('x')")).isEqualTo(1);
        assertThat(error.toString().lines()).containsExactly("NOT_FOUND at 1:5: Function 'uper' is not known; did you mean 'upper'?",
            "1 + uper('x')", "    ^");
    }

    @Test
    void answersEachLineOfABatch(@TempDir Path folder) throws IOException {
        Path batch = Files.writeString(folder.resolve("batch.jsonl"), """
            {"expr": "$list[2] * $factor", "parameters": {"list": [1, 2.5], "factor": 2}}

            {"expr": "toDate('2020-02-30')"}
            {"expr": "sum(1)"}
            not json
            {"no": 1}
            """);
        assertThat(run("dataflow", "eval", "--batch", batch.toString())).isZero();
        assertThat(out.toString().lines()).containsExactly(
            "{\"value\":5.0,\"type\":\"double\"}",
            "{\"value\":null,\"type\":\"date\"}",
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"sum is a function of many rows: it stands in an aggregate or window "
                + "transformation\",\"line\":1,\"column\":1}}",
            "{\"error\":{\"code\":\"SYNTAX_ERROR\",\"message\":\"The line is not a JSON object: Unrecognized token 'not': was expecting "
                + "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')\",\"line\":1,\"column\":1}}",
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"A request is a JSON object whose property 'expr' is a text\","
                + "\"line\":0,\"column\":0}}");
    }
}
