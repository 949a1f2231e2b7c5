package io.lazuli.datafactory.check;

import static io.lazuli.languages.pipeline.function.ExpressionError.ACTIVITY_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.NOT_AVAILABLE_HERE;
import static io.lazuli.languages.pipeline.function.ExpressionError.PARAMETER_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.VARIABLE_NOT_FOUND;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.PipelineExpression;
import io.lazuli.languages.pipeline.Reference;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Parses every expression in a JSON tree, and checks calls and what is read from the surroundings. */
final class ExpressionRules {
    private static final Set<String> SYSTEM = Set.of(
        "DataFactory", "Pipeline", "RunId", "GroupId", "TriggerType", "TriggerId", "TriggerName", "TriggerTime", "TriggerEvent",
        "TriggeredByPipelineName", "TriggeredByPipelineRunId", "CreatedAt", "PipelineName", "Workspace");

    private final Workspace workspace;
    private final Findings findings;

    ExpressionRules(Workspace workspace, Findings findings) {
        this.workspace = workspace;
        this.findings = findings;
    }

    void check(JsonNode tree, Place place, ExpressionContext context) {
        if (tree.isString()) {
            text(tree.stringValue(), place, context);
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) {
                check(tree.get(i), place.element(i), context);
            }
        } else if (tree.isObject()) {
            for (Map.Entry<String, JsonNode> entry : tree.properties()) {
                check(entry.getValue(), place.member(entry.getKey()), context);
            }
        }
    }

    private void text(String text, Place place, ExpressionContext context) {
        if (!PipelineExpression.isExpression(text)) {
            return;
        }
        PipelineExpression expression;
        try {
            expression = PipelineExpression.parse(text);
        } catch (LazuliException malformed) {
            findings.add(Severity.ERROR, malformed.at(moved(place, malformed.place())));
            return;
        }
        expression.check().forEach(found ->
            findings.error(found.code(), moved(place, found.place()), "%s", found.message()));
        for (Reference reference : expression.references()) {
            reference(reference, moved(place, reference.place()), context);
        }
    }

    private static Place moved(Place place, Place within) {
        return place.within(within.line(), within.column());
    }

    private void reference(Reference reference, Place place, ExpressionContext context) {
        switch (reference.kind()) {
            case ACTIVITY -> activity(reference, place, context);
            case VARIABLE -> {
                if (inPipeline(context, "variables()", place)) {
                    declared(reference, context.pipeline().variables().keySet(), "variable", VARIABLE_NOT_FOUND, place);
                }
            }
            case PARAMETER -> {
                if (inPipeline(context, "pipeline().parameters", place)) {
                    parameter(reference, place, context.pipeline());
                }
            }
            case GLOBAL_PARAMETER -> globalParameter(reference, place);
            case SYSTEM_VARIABLE -> systemVariable(reference, place);
            case DATASET_PARAMETER -> owned(reference, context.dataset(), "dataset", place);
            case LINKED_SERVICE_PARAMETER -> owned(reference, context.linkedService(), "linkedService", place);
            case ITEM -> {
                if (context.inherits()) {
                    callersOwn("item()", place);
                } else if (!context.item()) {
                    findings.error(NOT_AVAILABLE_HERE, place, "item() is only available inside ForEach and Filter");
                }
            }
            case TRIGGER -> {
                if (!context.trigger()) {
                    findings.error(NOT_AVAILABLE_HERE, place, "trigger() and triggerBody() are only available in a trigger's parameters");
                }
            }
            case LIBRARY_VARIABLE -> { }
        }
    }

    private boolean inPipeline(ExpressionContext context, String what, Place place) {
        if (context.inherits()) {
            callersOwn(what, place);
        } else if (context.pipeline() == null) {
            findings.error(NOT_AVAILABLE_HERE, place, "%s is only available inside a pipeline; declare a parameter here and pass it", what);
        }
        return context.pipeline() != null;
    }

    /** A dataset or linked service is evaluated for the activity that uses it, and sees what that sees. */
    private void callersOwn(String what, Place place) {
        findings.warning(NOT_AVAILABLE_HERE, place,
            "%s is here that of the activity that uses this, and works for no other; declare a parameter here and pass it", what);
    }

    private void activity(Reference reference, Place place, ExpressionContext context) {
        if (!inPipeline(context, "activity()", place) || reference.name() == null || context.upstream().contains(reference.name())) {
            return;
        }
        if (context.all().contains(reference.name())) {
            findings.error(CheckError.ACTIVITY_NOT_UPSTREAM, place,
                "The activity '%s' need not have run before this one: no chain of dependencies leads to it", reference.name());
        } else {
            findings.error(ACTIVITY_NOT_FOUND, place, "There is no activity '%s' in the pipeline%s", reference.name(),
                NearestName.hint(reference.name(), context.all()));
        }
    }

    private void parameter(Reference reference, Place place, Pipeline pipeline) {
        if (!workspace.artifacts().isOpen(pipeline.place().member("parameters"))) {
            declared(reference, pipeline.parameters().keySet(), "parameter", PARAMETER_NOT_FOUND, place);
        }
    }

    private void declared(Reference reference, Collection<String> names, String kind, ErrorCode code, Place place) {
        if (reference.name() != null && !reference.safe() && names.stream().noneMatch(reference.name()::equalsIgnoreCase)) {
            findings.error(code, place, "There is no %s '%s'%s", kind, reference.name(), NearestName.hint(reference.name(), names));
        }
    }

    private void owned(Reference reference, Map<String, ?> parameters, String function, Place place) {
        if (parameters == null) {
            findings.error(NOT_AVAILABLE_HERE, place, "%s() is only available inside a %s", function,
                function.equals("dataset") ? "dataset" : "linked service");
        } else {
            declared(reference, parameters.keySet(), "parameter", PARAMETER_NOT_FOUND, place);
        }
    }

    /** A workspace without any may keep them in the factory's own settings, which git does not show. */
    private void globalParameter(Reference reference, Place place) {
        Collection<String> names = workspace.globalParameters().keySet();
        if (names.isEmpty() && reference.name() != null && !reference.safe()) {
            findings.warning(DataFactoryError.MISSING_PARAMETER, place,
                "The global parameter '%s' is in no file of the workspace; give it in lazuli.yaml", reference.name());
        } else {
            declared(reference, names, "global parameter", PARAMETER_NOT_FOUND, place);
        }
    }

    private void systemVariable(Reference reference, Place place) {
        if (reference.name() != null && !reference.safe() && SYSTEM.stream().noneMatch(reference.name()::equalsIgnoreCase)) {
            findings.warning(DataFactoryError.UNKNOWN_PROPERTY, place, "There is no system variable '%s'%s", reference.name(),
                NearestName.hint(reference.name(), SYSTEM));
        }
    }
}
