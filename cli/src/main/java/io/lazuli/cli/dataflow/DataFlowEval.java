package io.lazuli.cli.dataflow;

import static io.lazuli.foundation.CommonError.INVALID_ARGUMENT;
import static io.lazuli.foundation.CommonError.IO_ERROR;
import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.Caret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli dataflow eval}: evaluates expressions of data flows without a flow. */
@Command(
    name = "eval",
    description = "Evaluates an expression of mapping data flows, such as \"iif(month(currentDate()) > 6, 'second half', 'first half')\".",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:evaluated", "1:the expression is wrong or failed", "2:the command line is wrong", "3:the file cannot be read"})
final class DataFlowEval implements Callable<Integer> {
    /** How a single result is written. */
    enum Output {
        TEXT, JSON
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "EXPRESSION", description = "The expression.")
    private String expression;

    @Option(names = "--param", paramLabel = "NAME=VALUE",
        description = "A parameter of the flow, $NAME; the value is JSON if it can be read as such, else a text.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--output", description = "text (the default) or json: {\"value\": ..., \"type\": ...} or {\"error\": ...}.")
    private Output output = Output.TEXT;

    @Option(names = "--batch", paramLabel = "FILE", description = {
        "Reads requests from a file, or from standard input if it is '-': one JSON object a line, {\"expr\": ..., \"parameters\": {...}}; "
            + "prints one answer a line."})
    private String batch;

    private final InputStream standardInput;

    /** Made by picocli. */
    DataFlowEval() {
        this(System.in);
    }

    DataFlowEval(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws IOException {
        if ((expression == null) == (batch == null)) {
            throw new ParameterException(spec.commandLine(), "Give an expression or --batch FILE, one of them");
        }
        try (ExpressionEvaluator evaluator = new ExpressionEvaluator()) {
            return batch == null ? evaluateOne(evaluator) : evaluateAll(evaluator);
        }
    }

    private int evaluateOne(ExpressionEvaluator evaluator) {
        ObjectNode request = JsonMapper.shared().createObjectNode().put("expr", expression);
        parameters.forEach((name, value) -> request.withObject("parameters").set(name, parameterValue(value)));
        PrintWriter out = spec.commandLine().getOut();
        if (output == Output.JSON) {
            JsonNode answer = evaluator.answer(request);
            out.println(answer);
            return answer.has("error") ? 1 : 0;
        }
        try {
            JsonNode value = evaluator.evaluate(request).get("value");
            out.println(value.isString() ? value.stringValue() : value.toPrettyString());
            return 0;
        } catch (LazuliException failure) {
            show(failure);
            return 1;
        }
    }

    private void show(LazuliException failure) {
        PrintWriter error = spec.commandLine().getErr();
        String position = failure.place().position().map(place -> " at " + place).orElse("");
        error.println(failure.code().name() + position + ": " + failure.getMessage());
        if (failure.place().line() > 0) {
            error.println(Caret.show(expression, failure.place()));
        }
    }

    private static JsonNode parameterValue(String text) {
        try {
            JsonNode value = JsonMapper.shared().readTree(text);
            return value.isMissingNode() ? JsonMapper.shared().getNodeFactory().stringNode(text) : value;
        } catch (JacksonException plainText) {
            return JsonMapper.shared().getNodeFactory().stringNode(text);
        }
    }

    private int evaluateAll(ExpressionEvaluator evaluator) throws IOException {
        if (!parameters.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "With --batch, parameters stand in each line");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (BufferedReader lines = open()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    out.println(evaluator.answer(line));
                }
            }
        }
        out.flush();
        return 0;
    }

    private BufferedReader open() throws IOException {
        if (batch.equals("-")) {
            return new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8));
        }
        try {
            return new BufferedReader(new InputStreamReader(Files.newInputStream(Path.of(batch)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            throw failure(INVALID_ARGUMENT, "There is no file '%s'", batch);
        } catch (IOException unreadable) {
            throw failure(IO_ERROR, "Cannot read '%s': %s", batch, unreadable.getMessage());
        }
    }
}
