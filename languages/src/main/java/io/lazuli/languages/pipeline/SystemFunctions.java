package io.lazuli.languages.pipeline;

import io.lazuli.languages.pipeline.function.Category;
import io.lazuli.languages.pipeline.function.Kind;
import io.lazuli.languages.pipeline.function.Parameter;
import io.lazuli.languages.pipeline.function.Signature;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that read what surrounds an expression. */
final class SystemFunctions {
    /** A function that asks the scope; its argument, if it takes one, is a name. */
    record SystemFunction(Signature signature, BiFunction<Scope, String, JsonNode> body) {
    }

    private SystemFunctions() {
    }

    static List<SystemFunction> all() {
        return List.of(
            named("activity", "activityName", "What an activity that has run gave: its output, status and error.",
                "@activity('Copy orders').output.rowsCopied", Kind.OBJECT, Scope::activity),
            named("variables", "variableName", "The value of a pipeline's variable.", "@variables('watermark')", Kind.ANY, Scope::variable),
            named("parameters", "parameterName", "The value of a pipeline's parameter.", "@parameters('folder')", Kind.ANY,
                Scope::parameter),
            plain("pipeline", "The pipeline's run: its system variables, parameters and globalParameters.",
                "@pipeline().parameters.folder", Kind.OBJECT, SystemFunctions::pipeline),
            plain("item", "The element that the surrounding ForEach or Filter is at.", "@item().name", Kind.ANY, Scope::item),
            plain("dataset", "The dataset's parameters, within the dataset.", "@dataset().fileName", Kind.OBJECT, Scope::dataset),
            plain("linkedService", "The linked service's parameters, within the linked service.", "@linkedService().server", Kind.OBJECT,
                Scope::linkedService),
            plain("trigger", "The trigger that started the run, within the trigger.", "@trigger().outputs.windowStartTime", Kind.OBJECT,
                Scope::trigger),
            plain("triggerBody", "The event that fired the trigger, within the trigger.", "@triggerBody().fileName", Kind.ANY,
                Scope::triggerBody));
    }

    private static SystemFunction plain(String name, String documentation, String example, Kind result,
                                        java.util.function.Function<Scope, JsonNode> body) {
        Signature signature = new Signature(name, Category.SYSTEM, List.of(), 0, false, result, documentation, example, null);
        return new SystemFunction(signature, (scope, none) -> body.apply(scope));
    }

    private static SystemFunction named(String name, String parameter, String documentation, String example, Kind result,
                                        BiFunction<Scope, String, JsonNode> body) {
        List<Parameter> parameters = List.of(new Parameter(parameter, Kind.STRING));
        return new SystemFunction(new Signature(name, Category.SYSTEM, parameters, 1, false, result, documentation, example, null), body);
    }

    private static JsonNode pipeline(Scope scope) {
        JsonNode pipeline = scope.pipeline();
        JsonNode libraryVariables = scope.libraryVariables();
        if (libraryVariables.isEmpty() || !(pipeline instanceof ObjectNode object)) {
            return pipeline;
        }
        return object.objectNode().setAll(object).set("libraryVariables", libraryVariables);
    }
}
