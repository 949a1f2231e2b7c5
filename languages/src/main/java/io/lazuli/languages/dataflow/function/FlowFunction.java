package io.lazuli.languages.dataflow.function;

import io.lazuli.algebra.expression.Expression;
import java.util.Arrays;
import java.util.List;

/**
 * A function of the expression language.
 *
 * @param name as documented; calls may write it in any case
 * @param signature such as {@code substring(text, from, [length])} or {@code concat(text, ...)}
 * @param required the least number of arguments
 * @param most the greatest number of arguments, {@link Integer#MAX_VALUE} for any
 */
public record FlowFunction(String name, String signature, int required, int most, Body body) {
    /** Makes an expression of a call, whose number of arguments fits. */
    @FunctionalInterface
    public interface Body {
        Expression bind(FunctionCall call);
    }

    /** {@code [x]} in the signature is a parameter that may be left out, {@code ...} repeats the last one. */
    static FlowFunction function(String signature, Body body) {
        int open = signature.indexOf('(');
        String inside = signature.substring(open + 1, signature.length() - 1);
        List<String> parameters = inside.isEmpty() ? List.of() : Arrays.asList(inside.split(", "));
        boolean repeats = parameters.contains("...");
        int named = parameters.size() - (repeats ? 1 : 0);
        int required = (int) parameters.stream().filter(name -> !name.startsWith("[") && !name.equals("...")).count();
        return new FlowFunction(signature.substring(0, open), signature, required, repeats ? Integer.MAX_VALUE : named, body);
    }

    /** The same function by another name. */
    FlowFunction as(String other) {
        return new FlowFunction(other, other + signature.substring(name.length()), required, most, body);
    }
}
