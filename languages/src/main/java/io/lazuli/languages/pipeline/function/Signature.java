package io.lazuli.languages.pipeline.function;

import java.util.List;

/**
 * What a function is called with and gives.
 *
 * @param required how many of {@code parameters} a call must have
 * @param repeats whether the last parameter takes any number of arguments more
 * @param documentation one sentence
 * @param example a property's text that calls the function
 * @param exampleResult what the example gives, as JSON; null when it differs from call to call
 */
public record Signature(String name, Category category, List<Parameter> parameters, int required, boolean repeats, Kind result,
                        String documentation, String example, String exampleResult) {
    public Signature {
        parameters = List.copyOf(parameters);
    }

    public boolean takes(int count) {
        return count >= required && (repeats || count <= parameters.size());
    }

    /** The parameter that takes the argument at an index from 0. */
    public Parameter parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }

    /** Such as {@code "2 arguments"} or {@code "1 to 2 arguments"}. */
    public String count() {
        String count = repeats ? "at least " + required
            : required == parameters.size() ? String.valueOf(required) : required + " to " + parameters.size();
        return count + (count.equals("1") || count.equals("at least 1") ? " argument" : " arguments");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append('(');
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i).name()).append(i >= required ? "?" : "");
        }
        return text.append(repeats ? ", ..." : "").append(')').toString();
    }
}
