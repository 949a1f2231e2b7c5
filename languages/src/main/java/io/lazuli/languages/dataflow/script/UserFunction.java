package io.lazuli.languages.dataflow.script;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.ExpressionParser;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function of a library: {@code clean(string, integer) as string = replace(i1, ' ', '')}. Its parameters are {@code i1}, {@code i2}, ….
 *
 * @param parameters how many there are
 */
public record UserFunction(String name, int parameters, FlowExpression body) {
    private static final Pattern HEAD = Pattern.compile("(?m)^\\s*(\\w+)\\s*\\(([^()=]*(?:\\([^()]*\\)[^()=]*)*)\\)\\s*as\\s[^=]*=");

    /** The functions of a library's script, one after another. */
    public static List<UserFunction> parse(String script) {
        Matcher head = HEAD.matcher(script);
        List<UserFunction> functions = new ArrayList<>();
        boolean found = head.find();
        if (!found && !script.isBlank()) {
            throw failure(CommonError.SYNTAX_ERROR, Place.at(1, 1), "Expected a function such as name(string) as string = upper(i1)");
        }
        while (found) {
            String name = head.group(1);
            int parameters = head.group(2).isBlank() ? 0 : head.group(2).replaceAll("\\([^()]*\\)", "").split(",").length;
            int begin = head.end();
            found = head.find();
            String body = script.substring(begin, found ? head.start() : script.length());
            functions.add(new UserFunction(name, parameters, ExpressionParser.parse(body.strip())));
        }
        return functions;
    }

    /** What a call means: the body with the arguments in place of the parameters. */
    public FlowExpression applied(FlowExpression.Call call) {
        if (call.arguments().size() != parameters) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "%s takes %d argument(s), not %d", name, parameters,
                call.arguments().size());
        }
        return FlowExpressions.replace(body, part -> part instanceof FlowExpression.Column column && column.stream() == null
            && column.name().matches("i[1-9]\\d*") && Integer.parseInt(column.name().substring(1)) <= parameters
            ? Optional.of(call.arguments().get(Integer.parseInt(column.name().substring(1)) - 1)) : Optional.empty());
    }
}
