package io.lazuli.cli.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.Evaluations;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowFunction;
import io.lazuli.languages.dataflow.function.FunctionMeaning;
import io.lazuli.languages.dataflow.function.FunctionTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli dataflow functions}: what functions there are. */
@Command(
    name = "functions",
    description = "Lists the functions of data flow expressions.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "2:the command line is wrong", "3:no function is named so"})
final class DataFlowFunctions implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "TEXT", description = "Only functions whose names hold this text, in any case.")
    private String text = "";

    @Option(names = "--output", description = "text (the default) or json.")
    private Evaluations.Output output = Evaluations.Output.TEXT;

    @Override
    public Integer call() {
        String part = text.toLowerCase(Locale.ROOT);
        List<FlowFunction> functions = FunctionTable.all().stream()
            .filter(function -> function.name().toLowerCase(Locale.ROOT).contains(part)).toList();
        if (functions.isEmpty()) {
            throw failure(CommonError.NOT_FOUND, "No function's name holds '%s'%s", text, FunctionTable.hint(text));
        }
        if (output == Evaluations.Output.JSON) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            functions.forEach(function -> all.add(json(function)));
            spec.commandLine().getOut().println(all.toPrettyString());
        } else {
            functions.forEach(this::print);
        }
        return 0;
    }

    private void print(FlowFunction function) {
        PrintWriter out = spec.commandLine().getOut();
        FunctionMeaning meaning = FunctionTable.meaning(function.name());
        out.println(function.signature());
        out.println("    " + meaning.sentence());
        meaning.example().ifPresent(example -> out.println("    " + example));
    }

    private static ObjectNode json(FlowFunction function) {
        FunctionMeaning meaning = FunctionTable.meaning(function.name());
        ObjectNode json = JsonMapper.shared().createObjectNode().put("name", function.name()).put("signature", function.signature())
            .put("meaning", meaning.sentence());
        meaning.example().ifPresent(example -> json.put("example", example));
        return json;
    }
}
