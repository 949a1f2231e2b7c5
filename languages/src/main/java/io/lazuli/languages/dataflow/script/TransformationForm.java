package io.lazuli.languages.dataflow.script;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Option;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may stand in the parentheses of a transformation.
 *
 * @param most the greatest number of inputs
 * @param parts the calls with a meaning of their own here, such as {@code groupBy(...)}
 * @param assignments whether {@code column = expression} may stand here
 * @param expressions whether bare expressions may
 * @param branches whether the statement has several named outputs
 */
public record TransformationForm(
    String name, int least, int most, Set<String> parts, Set<String> options, boolean assignments, boolean expressions,
    boolean branches) {
    /** Parts of which a transformation takes one. */
    private static final Set<String> SINGLE = Set.of("output", "input", "mapColumn", "groupBy", "over", "pivotBy", "ungroupBy",
        "partitionBy");

    /** Fails with {@code SYNTAX_ERROR} and the nearest name for what no transformation, or not this one, takes. */
    static void check(Statement statement) {
        TransformationForm form = TransformationForms.all().get(statement.transformation());
        if (form == null) {
            throw failure(CommonError.SYNTAX_ERROR, statement.at(), "There is no transformation '%s'%s", statement.transformation(),
                NearestName.hint(statement.transformation(), TransformationForms.all().keySet()));
        }
        form.checkStreams(statement);
        Set<String> seen = new HashSet<>();
        for (FlowExpression argument : statement.arguments()) {
            form.checkArgument(argument);
            if (argument instanceof Option option && !seen.add(option.name())) {
                throw failure(CommonError.SYNTAX_ERROR, option.at(), "Option '%s' is given twice", option.name());
            }
            if (argument instanceof Call call && form.isSingle(call) && !seen.add(call.name() + "(")) {
                throw failure(CommonError.SYNTAX_ERROR, call.at(), "%s(...) is given twice", call.name());
            }
        }
    }

    /** A flowlet's use maps the columns of each of its streams. */
    private boolean isSingle(Call call) {
        return SINGLE.contains(call.name()) && !(name.equals("compose") && call.name().equals("mapColumn"));
    }

    private void checkStreams(Statement statement) {
        int count = statement.inputs().size();
        if (count < least || count > most) {
            String expected = most == Integer.MAX_VALUE ? least + " or more" : least == most ? "" + least : least + " to " + most;
            throw failure(CommonError.SYNTAX_ERROR, statement.at(), "'%s' reads %s stream(s), not %d", name, expected, count);
        }
        if (branches && statement.outputs().isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, statement.nameAt(), "'%s' names its outputs: ~> %s@(first, second)", name,
                statement.name());
        }
        if (!branches && !statement.outputs().isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, statement.nameAt(), "'%s' gives one stream and names no outputs", name);
        }
    }

    private void checkArgument(FlowExpression argument) {
        switch (argument) {
            case Option option -> {
                if (!options.contains(option.name())) {
                    throw failure(CommonError.SYNTAX_ERROR, option.at(), "'%s' has no option '%s'%s", name, option.name(),
                        NearestName.hint(option.name(), options));
                }
            }
            case Assignment assignment -> {
                if (!assignments) {
                    throw unexpected(assignment);
                }
            }
            case Call call when call.name().equals("partitionBy") -> PartitionForm.check(call);
            case Call call when parts.contains(call.name()) -> {
            }
            default -> {
                if (!expressions) {
                    throw unexpected(argument);
                }
            }
        }
    }

    private RuntimeException unexpected(FlowExpression argument) {
        List<String> known = new ArrayList<>(parts.stream().sorted().map(part -> part + "(...)").toList());
        if (assignments) {
            known.add("column = expression");
        }
        if (expressions) {
            known.add("an expression");
        }
        known.addAll(options.stream().sorted().limit(8).map(option -> option + ": ...").toList());
        String hint = argument instanceof Call call ? NearestName.hint(call.name(), parts) : "";
        return failure(CommonError.SYNTAX_ERROR, argument.at(), "'%s' takes %s, not %s%s", name,
            known.isEmpty() ? "no arguments" : String.join(", ", known), argument, hint);
    }
}
