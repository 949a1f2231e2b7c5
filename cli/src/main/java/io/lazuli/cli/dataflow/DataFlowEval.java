package io.lazuli.cli.dataflow;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.Evaluations;
import io.lazuli.cli.option.ParameterText;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
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
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "EXPRESSION", description = "The expression.")
    private String expression;

    @Option(names = "--param", paramLabel = "NAME=VALUE",
        description = "A parameter of the flow, $NAME; the value is JSON if it can be read as such, else a text.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--output", description = "text (the default) or json: {\"value\": ..., \"type\": ...} or {\"error\": ...}.")
    private Evaluations.Output output = Evaluations.Output.TEXT;

    @Option(names = "--batch", paramLabel = "FILE", arity = "0..1", fallbackValue = "-", description = {
        "Reads requests from a file, or from standard input if it is '-' or left out: one JSON object a line, "
            + "{\"expr\": ..., \"parameters\": {...}}; prints one answer a line."})
    private String batch;

    @Mixin
    private EngineOptions engine;

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
        try (ExpressionEvaluator evaluator = new ExpressionEvaluator(engine)) {
            return batch == null ? evaluateOne(evaluator) : evaluateAll(evaluator);
        }
    }

    private int evaluateOne(ExpressionEvaluator evaluator) {
        ObjectNode request = JsonMapper.shared().createObjectNode().put("expr", expression);
        parameters.forEach((name, value) -> request.withObject("parameters").set(name, ParameterText.value(value)));
        return output == Evaluations.Output.JSON ? evaluations().printAnswer(evaluator.answer(request))
            : evaluations().printValue(expression, () -> evaluator.evaluate(request).get("value"));
    }

    private Evaluations evaluations() {
        return new Evaluations(spec.commandLine().getOut(), spec.commandLine().getErr(), standardInput);
    }

    private int evaluateAll(ExpressionEvaluator evaluator) throws IOException {
        if (!parameters.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "With --batch, parameters stand in each line");
        }
        return evaluations().answerAll(batch, evaluator::answer);
    }
}
