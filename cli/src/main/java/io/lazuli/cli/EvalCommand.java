package io.lazuli.cli;

import io.lazuli.cli.option.Evaluations;
import io.lazuli.cli.option.ParameterText;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli eval}: evaluates pipeline expressions without a workspace. */
@Command(
    name = "eval",
    description = "Evaluates a pipeline expression, written as in a property: '@concat(...)' or text with '@{...}' in it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:evaluated", "1:the expression is wrong or failed", "2:the command line is wrong", "3:the file cannot be read"})
final class EvalCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "EXPRESSION", description = "The expression, as the text of a property.")
    private String expression;

    @Option(names = "--param", paramLabel = "NAME=VALUE",
        description = "A pipeline parameter; the value is JSON if it can be read as such, else a text.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--now", paramLabel = "TIMESTAMP", description = "What utcNow() gives, instead of the clock's time.")
    private String now;

    @Option(names = "--output", description = "text (the default) or json: {\"value\": ...} or {\"error\": ...}.")
    private Evaluations.Output output = Evaluations.Output.TEXT;

    @Option(names = "--batch", paramLabel = "FILE", arity = "0..1", fallbackValue = "-", description = {
        "Reads requests from a file, or from standard input if it is '-' or left out: one JSON object a line, {\"expr\": ..., "
            + "\"parameters\": {...}, \"globalParameters\": {...}, \"variables\": {...}, \"activities\": {...}, \"item\": ..., "
            + "\"dataset\": {...}, \"linkedService\": {...}, \"libraryVariables\": {...}, \"pipeline\": {...}, "
            + "\"trigger\": {...}, \"now\": \"...\"}; prints one answer a line."})
    private String batch;

    private final InputStream standardInput;

    /** Made by picocli. */
    EvalCommand() {
        this(System.in);
    }

    EvalCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws IOException {
        if ((expression == null) == (batch == null)) {
            throw new ParameterException(spec.commandLine(), "Give an expression or --batch FILE, one of them");
        }
        return batch == null ? evaluateOne() : evaluateAll();
    }

    private int evaluateOne() {
        ObjectNode request = JSON.createObjectNode().put("expr", expression);
        parameters.forEach((name, value) -> request.withObject("parameters").set(name, ParameterText.value(value)));
        if (now != null) {
            request.put("now", now);
        }
        return output == Evaluations.Output.JSON ? evaluations().printAnswer(EvaluationRequest.answer(request))
            : evaluations().printValue(expression, () -> EvaluationRequest.evaluate(request));
    }

    private Evaluations evaluations() {
        return new Evaluations(spec.commandLine().getOut(), spec.commandLine().getErr(), standardInput);
    }

    private int evaluateAll() throws IOException {
        if (!parameters.isEmpty() || now != null) {
            throw new ParameterException(spec.commandLine(), "With --batch, parameters and the time stand in each line");
        }
        return evaluations().answerAll(batch, EvaluationRequest::answer);
    }
}
