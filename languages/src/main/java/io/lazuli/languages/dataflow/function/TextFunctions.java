package io.lazuli.languages.dataflow.function;

import static io.lazuli.languages.dataflow.function.FlowFunction.function;
import static io.lazuli.languages.dataflow.function.Operators.call;
import static io.lazuli.languages.dataflow.function.Operators.java;
import static io.lazuli.languages.dataflow.function.Operators.number;
import static io.lazuli.languages.dataflow.function.Operators.text;
import static io.lazuli.languages.dataflow.function.Operators.when;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import java.util.List;
import java.util.stream.IntStream;

/** Functions of texts. */
final class TextFunctions {
    private static final String WHITE_SPACE = " \t\n\u000B\f\r";

    static final List<FlowFunction> ALL = List.of(
        function("ascii(text)", TextFunctions::ascii),
        function("char(number)", TextFunctions::character),
        function("concat(text, ...)", call -> Call.of(StringOperators.CONCAT, texts(call))),
        function("concatWS(separator, text, ...)", call -> Call.of(TextSliceOperators.JOIN_TEXTS, texts(call))),
        function("dropLeft(text, characters)", call -> call(TextSliceOperators.DROP_LEFT, call.string(0), call.int32(1))),
        function("dropRight(text, characters)", call -> call(TextSliceOperators.DROP_RIGHT, call.string(0), call.int32(1))),
        function("endsWith(text, end)", call -> call(TextSliceOperators.ENDS_WITH, call.string(0), call.string(1))),
        function("initCap(text)", call -> java("capitalize_words", call.string(0))),
        function("instr(text, search)", call -> call(StringOperators.POSITION, call.string(1), call.string(0))),
        function("jaroWinkler(text, text)", call -> java("jaro_winkler", call.string(0), call.string(1))),
        function("left(text, characters)", call -> call(TextSliceOperators.TAKE_LEFT, call.string(0), call.int32(1))),
        function("length(text)", call -> call(StringOperators.LENGTH, call.string(0))),
        function("levenshtein(text, text)", call -> java("edit_distance", call.string(0), call.string(1))),
        function("like(text, pattern)", call -> call(ComparisonOperators.LIKE, call.string(0), call.string(1))),
        function("locate(search, text, [from])", TextFunctions::locate),
        function("lower(text)", call -> java("lower_case", call.string(0))),
        function("lpad(text, length, padding)", call -> java("pad_start", call.string(0), call.int32(1), call.string(2))),
        function("ltrim(text, [characters])", call -> call(StringOperators.TRIM_START, call.string(0), trimmed(call))),
        function("normalize(text)", call -> java("separate_accents", call.string(0))),
        function("replace(text, search, [replacement])",
            call -> call(StringOperators.REPLACE, call.string(0), call.string(1), call.has(2) ? call.string(2) : text(""))),
        function("reverse(text)", call -> call(StringOperators.REVERSE, call.string(0))),
        function("right(text, characters)", call -> call(TextSliceOperators.TAKE_RIGHT, call.string(0), call.int32(1))),
        function("rpad(text, length, padding)", call -> java("pad_end", call.string(0), call.int32(1), call.string(2))),
        function("rtrim(text, [characters])", call -> call(StringOperators.TRIM_END, call.string(0), trimmed(call))),
        function("soundex(text)", call -> java("soundex", call.string(0))),
        function("split(text, separator)", call -> call(StringOperators.SPLIT, call.string(0), call.string(1))),
        function("startsWith(text, start)", call -> call(TextSliceOperators.STARTS_WITH, call.string(0), call.string(1))),
        function("substring(text, from, [length])", call -> java("substring_from", call.string(0), call.int32(1),
            call.has(2) ? call.int32(2) : number(Integer.MAX_VALUE))),
        function("substringIndex(text, separator, count)",
            call -> java("substring_before_count", call.string(0), call.string(1), call.int32(2))),
        function("translate(text, characters, replacements)",
            call -> call(TextSliceOperators.TRANSLATE, call.string(0), call.string(1), call.string(2))),
        function("trim(text, [characters])", call -> call(StringOperators.TRIM_END,
            call(StringOperators.TRIM_START, call.string(0), trimmed(call)), trimmed(call))),
        function("upper(text)", call -> java("upper_case", call.string(0))));

    private TextFunctions() {
    }

    private static List<Expression> texts(FunctionCall call) {
        return IntStream.range(0, call.count()).mapToObj(call::string).toList();
    }

    private static Expression trimmed(FunctionCall call) {
        return call.has(1) ? call.string(1) : text(WHITE_SPACE);
    }

    /** 0 where the place to begin at is null. */
    private static Expression locate(FunctionCall call) {
        if (!call.has(2)) {
            return call(StringOperators.POSITION, call.string(0), call.string(1));
        }
        Expression from = call.int32(2);
        return when(call(ComparisonOperators.IS_NULL, from), number(0), java("position_from", call.string(0), call.string(1), from));
    }

    /** 0 for an empty text. */
    private static Expression ascii(FunctionCall call) {
        Expression value = call.string(0);
        return when(call(ComparisonOperators.EQUAL, value, text("")), number(0), call(StringOperators.CODE_OF, value));
    }

    /** Numbers above 255 count again from 0; below 0 there is no character. */
    private static Expression character(FunctionCall call) {
        Expression code = call.whole(0);
        return when(call(ComparisonOperators.LESS, code, number(0)), text(""),
            call(StringOperators.CHARACTER_OF, call(MathOperators.REMAINDER, code, number(256))));
    }
}
