package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;

import java.util.List;

/** Regular expressions, in Java's syntax. */
final class RegexFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("regexExtract(text, pattern, [group])",
            call -> java("java_regex_group", call.string(0), call.regularExpression(1), call.has(2) ? call.int32(2) : number(1))),
        function("regexMatch(text, pattern)", call -> java("java_regex_find", call.string(0), call.regularExpression(1))),
        function("regexReplace(text, pattern, replacement)",
            call -> java("java_regex_replace", call.string(0), call.regularExpression(1), call.string(2))),
        function("regexSplit(text, pattern)", call -> java("java_regex_split", call.string(0), call.regularExpression(1))),
        function("rlike(text, pattern)", call -> java("java_regex_find", call.string(0), call.regularExpression(1))));

    private RegexFunctions() {
    }
}
