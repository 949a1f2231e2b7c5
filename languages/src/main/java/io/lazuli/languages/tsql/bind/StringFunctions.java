package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.bind.FunctionBinder.Function;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Functions of texts. */
final class StringFunctions {
    static final Map<String, Function> ALL = Map.ofEntries(
        Map.entry("LEN", Function.of(1, (call, binder) -> integer(Expressions.length(Expressions.trimEnd(first(call,
            binder).expression()))))),
        Map.entry("DATALENGTH", Function.of(1, StringFunctions::dataLength)),
        Map.entry("UPPER", Function.of(1, (call, binder) -> same(StringOperators.UPPER, call, binder))),
        Map.entry("LOWER", Function.of(1, (call, binder) -> same(StringOperators.LOWER, call, binder))),
        Map.entry("REVERSE", Function.of(1, (call, binder) -> same(StringOperators.REVERSE, call, binder))),
        Map.entry("LTRIM", Function.of(1, 2, (call, binder) -> trim(call, binder, true, false))),
        Map.entry("RTRIM", Function.of(1, 2, (call, binder) -> trim(call, binder, false, true))),
        Map.entry("TRIM", Function.of(1, 2, (call, binder) -> trim(call, binder, true, true))),
        Map.entry("LEFT", Function.of(2, StringFunctions::left)),
        Map.entry("RIGHT", Function.of(2, StringFunctions::right)),
        Map.entry("SUBSTRING", Function.of(3, StringFunctions::substring)),
        Map.entry("CHARINDEX", Function.of(2, 3, StringFunctions::charIndex)),
        Map.entry("PATINDEX", Function.of(2, StringFunctions::patternIndex)),
        Map.entry("REPLACE", Function.of(3, StringFunctions::replace)),
        Map.entry("CONCAT", Function.of(2, 254, (call, binder) -> concat(arguments(call.arguments(), binder)))),
        Map.entry("CONCAT_WS", Function.of(3, 254, StringFunctions::concatWithSeparator)),
        Map.entry("REPLICATE", Function.of(2, StringFunctions::replicate)),
        Map.entry("SPACE", Function.of(1, (call, binder) -> new Typed(Call.of(StringOperators.REPEAT, Expressions.string(" "),
            binder.integer(call.arguments().getFirst()).expression()), SqlType.varchar(8000)))),
        Map.entry("STUFF", Function.of(4, StringFunctions::stuff)),
        Map.entry("QUOTENAME", Function.of(1, 2, StringFunctions::quoteName)),
        Map.entry("CHAR", Function.of(1, (call, binder) -> character(call, binder, SqlType.varchar(1)))),
        Map.entry("NCHAR", Function.of(1, (call, binder) -> character(call, binder, SqlType.nvarchar(1)))),
        Map.entry("ASCII", Function.of(1, (call, binder) -> integer(Call.of(StringOperators.CODE_OF, first(call, binder).expression())))),
        Map.entry("UNICODE", Function.of(1, (call, binder) -> integer(Call.of(StringOperators.CODE_OF, first(call, binder).expression())))),
        Map.entry("STR", Function.of(1, 3, StringFunctions::str)),
        Map.entry("FORMAT", Function.of(2, 3, Formats::bind)),
        Map.entry("HASHBYTES", Function.of(2, StringFunctions::hash)));

    private StringFunctions() {
    }

    private static Typed integer(Expression expression) {
        return new Typed(expression, SqlType.INT);
    }

    private static Typed first(FunctionCall call, ExpressionBinder binder) {
        return binder.text(call.arguments().getFirst());
    }

    private static SqlType variable(SqlType type, int length) {
        return type.isNational() ? SqlType.nvarchar(length) : SqlType.varchar(length);
    }

    private static SqlType variable(SqlType type) {
        return variable(type, type.textLength());
    }

    private static Typed same(Operator operator, FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        return new Typed(Call.of(operator, text.expression()), variable(text.type()));
    }

    private static Typed dataLength(FunctionCall call, ExpressionBinder binder) {
        Typed value = binder.value(call.arguments().getFirst());
        if (!value.isString()) {
            throw ExpressionBinder.unsupported("DATALENGTH of a " + value.type(), call.at());
        }
        Expression characters = Expressions.length(value.expression());
        return integer(value.type().isNational() ? Call.of(MathOperators.MULTIPLY, characters, Literal.int32(2)) : characters);
    }

    private static Typed trim(FunctionCall call, ExpressionBinder binder, boolean start, boolean end) {
        Typed text = first(call, binder);
        Expression characters = call.arguments().size() > 1 ? binder.text(call.arguments().get(1)).expression() : Expressions.string(" ");
        Expression result = text.expression();
        if (end) {
            result = Call.of(StringOperators.TRIM_END, result, characters);
        }
        if (start) {
            result = Call.of(StringOperators.TRIM_START, result, characters);
        }
        return new Typed(result, variable(text.type()));
    }

    private static Typed left(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        Typed count = binder.integer(call.arguments().get(1));
        int length = count.constant() instanceof Integer number ? number : text.type().textLength();
        return new Typed(Expressions.substring(text.expression(), Literal.int32(1), count.expression()), variable(text.type(), length));
    }

    private static Typed right(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        Expression count = binder.integer(call.arguments().get(1)).expression();
        Expression start = Call.of(MathOperators.ADD, Call.of(MathOperators.SUBTRACT, Expressions.length(text.expression()), count),
            Literal.int32(1));
        // A start before the text counts as the text's first place; both numbers shrink together.
        Expression over = Expressions.choose(Call.of(ComparisonOperators.LESS, start, Literal.int32(1)),
            Expressions.length(text.expression()), count);
        Expression from = Expressions.choose(Call.of(ComparisonOperators.LESS, start, Literal.int32(1)), Literal.int32(1), start);
        return new Typed(Expressions.substring(text.expression(), from, over), variable(text.type()));
    }

    private static Typed substring(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        return new Typed(Expressions.substring(text.expression(), binder.integer(call.arguments().get(1)).expression(),
            binder.integer(call.arguments().get(2)).expression()), variable(text.type()));
    }

    private static Typed charIndex(FunctionCall call, ExpressionBinder binder) {
        Expression needle = Call.of(StringOperators.LOWER, first(call, binder).expression());
        Expression text = Call.of(StringOperators.LOWER, binder.text(call.arguments().get(1)).expression());
        if (call.arguments().size() == 2) {
            return integer(emptyIsNowhere(needle, Call.of(StringOperators.POSITION, needle, text)));
        }
        Expression given = binder.integer(call.arguments().get(2)).expression();
        Expression start = Expressions.choose(Call.of(ComparisonOperators.LESS, given, Literal.int32(1)), Literal.int32(1), given);
        Expression skipped = Call.of(MathOperators.SUBTRACT, start, Literal.int32(1));
        Expression position = Call.of(StringOperators.POSITION, needle, Expressions.substring(text, start, Expressions.length(text)));
        return integer(emptyIsNowhere(needle, Expressions.choose(Expressions.equal(position, Literal.int32(0)), Literal.int32(0),
            Call.of(MathOperators.ADD, position, skipped))));
    }

    private static Expression emptyIsNowhere(Expression needle, Expression position) {
        return needle instanceof Literal literal && literal.value() != null && !"".equals(literal.value()) ? position
            : Expressions.choose(Expressions.equal(needle, Expressions.string("")), Literal.int32(0), position);
    }

    private static Typed patternIndex(FunctionCall call, ExpressionBinder binder) {
        Typed pattern = first(call, binder);
        if (!(pattern.constant() instanceof String text)) {
            throw ExpressionBinder.unsupported("PATINDEX with a pattern that is not constant", call.at());
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean anyStart = lower.startsWith("%");
        boolean anyEnd = lower.endsWith("%") && lower.length() > 1;
        String core = lower.substring(anyStart ? 1 : 0, lower.length() - (anyEnd ? 1 : 0));
        String regex = (anyStart ? "" : "^") + LikePattern.regularExpression(core, '\0') + (anyEnd ? "" : "$");
        Expression value = Call.of(StringOperators.LOWER, binder.text(call.arguments().get(1)).expression());
        return integer(Call.of(StringOperators.MATCH_POSITION, value, Expressions.string(regex)));
    }

    private static Typed replace(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        return new Typed(Call.of(StringOperators.REPLACE_IGNORING_CASE, text.expression(),
            binder.text(call.arguments().get(1)).expression(),
            binder.text(call.arguments().get(2)).expression()), variable(text.type(), SqlType.MAX));
    }

    private static List<Typed> arguments(List<SqlExpression> arguments, ExpressionBinder binder) {
        return arguments.stream().map(binder::text).toList();
    }

    /** Nulls count as empty. */
    private static Typed concat(List<Typed> texts) {
        List<Expression> parts = texts.stream().map(text -> orEmpty(text.expression())).toList();
        return new Typed(Call.of(StringOperators.CONCAT, parts), variableOf(texts));
    }

    private static SqlType variableOf(List<Typed> texts) {
        SqlType common = texts.stream().map(Typed::type).reduce(SqlType.varchar(1), io.lazuli.languages.tsql.type.TypeRules::common);
        int length = 0;
        for (Typed text : texts) {
            length = length == SqlType.MAX || text.type().textLength() == SqlType.MAX ? SqlType.MAX : length + text.type().textLength();
        }
        return variable(common, length);
    }

    private static Expression orEmpty(Expression text) {
        return text instanceof Literal literal ? literal.value() == null ? Expressions.string("") : text
            : Call.of(ComparisonOperators.COALESCE, text, Expressions.string(""));
    }

    /** Nulls vanish together with their separator. */
    private static Typed concatWithSeparator(FunctionCall call, ExpressionBinder binder) {
        Expression separator = orEmpty(first(call, binder).expression());
        List<Typed> texts = arguments(call.arguments().subList(1, call.arguments().size()), binder);
        List<Expression> parts = new ArrayList<>();
        for (Typed text : texts) {
            parts.add(orEmpty(Expressions.concat(separator, text.expression())));
        }
        Expression joined = Call.of(StringOperators.CONCAT, parts);
        Expression start = Call.of(MathOperators.ADD, Expressions.length(separator), Literal.int32(1));
        return new Typed(Expressions.substring(joined, start, Expressions.length(joined)), variable(variableOf(texts), SqlType.MAX));
    }

    private static Typed replicate(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        Expression count = binder.integer(call.arguments().get(1)).expression();
        return new Typed(Call.of(StringOperators.REPEAT, text.expression(), count), variable(text.type(), 8000));
    }

    /** Null when the start lies outside the text. */
    private static Typed stuff(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        Expression start = binder.integer(call.arguments().get(1)).expression();
        Expression count = binder.integer(call.arguments().get(2)).expression();
        Expression inserted = orEmpty(binder.text(call.arguments().get(3)).expression());
        Expression length = Expressions.length(text.expression());
        Expression before = Expressions.substring(text.expression(), Literal.int32(1),
            Call.of(MathOperators.SUBTRACT, start, Literal.int32(1)));
        Expression after = Expressions.substring(text.expression(), Call.of(MathOperators.ADD, start, count), length);
        Expression outside = Predicates.or(Call.of(ComparisonOperators.LESS, start, Literal.int32(1)),
            Predicates.or(Call.of(ComparisonOperators.GREATER, start, length), Call.of(ComparisonOperators.LESS, count, Literal.int32(0))));
        return new Typed(Expressions.choose(outside, new Literal(null, ScalarType.STRING), Expressions.concat(before, inserted, after)),
            variable(text.type(), SqlType.MAX));
    }

    private static Typed quoteName(FunctionCall call, ExpressionBinder binder) {
        Typed text = first(call, binder);
        String quote = call.arguments().size() == 1 ? "["
            : String.valueOf(binder.text(call.arguments().get(1)).constant());
        String open = quote.equals("]") ? "[" : quote.equals(")") ? "(" : quote;
        String close = switch (open) {
            case "[" -> "]";
            case "(" -> ")";
            case "{" -> "}";
            case "<" -> ">";
            default -> open;
        };
        Expression inner = Call.of(StringOperators.REPLACE, text.expression(), Expressions.string(close), Expressions.string(close
            + close));
        return new Typed(Expressions.concat(Expressions.string(open), inner, Expressions.string(close)), SqlType.nvarchar(258));
    }

    private static Typed character(FunctionCall call, ExpressionBinder binder, SqlType type) {
        return new Typed(Call.of(StringOperators.CHARACTER_OF, binder.integer(call.arguments().getFirst()).expression()), type);
    }

    /** A number right-aligned in ten places unless told otherwise. */
    private static Typed str(FunctionCall call, ExpressionBinder binder) {
        List<Integer> constants = new ArrayList<>(List.of(10, 0));
        for (int i = 1; i < call.arguments().size(); i++) {
            if (!(binder.integer(call.arguments().get(i)).constant() instanceof Integer number)) {
                throw ExpressionBinder.unsupported("STR with a length that is not constant", call.at());
            }
            constants.set(i - 1, number);
        }
        Typed number = Conversions.explicit(binder.value(call.arguments().getFirst()), SqlType.decimal(38, Math.min(16, constants.get(1))),
            false, call.at());
        Expression text = Texts.of(number, call.at());
        Expression padded = Expressions.concat(Expressions.string(" ".repeat(constants.getFirst())), text);
        Expression start = Call.of(MathOperators.ADD, Expressions.length(text), Literal.int32(1));
        return new Typed(Expressions.substring(padded, start, Literal.int32(constants.getFirst())), SqlType.varchar(constants.getFirst()));
    }

    private static Typed hash(FunctionCall call, ExpressionBinder binder) {
        String name = String.valueOf(binder.value(call.arguments().getFirst()).constant()).toUpperCase(Locale.ROOT);
        Operator operator = switch (name) {
            case "MD5" -> StringOperators.MD5;
            case "SHA", "SHA1" -> StringOperators.SHA1;
            case "SHA2_256" -> StringOperators.SHA256;
            default -> throw ExpressionBinder.unsupported("HASHBYTES('" + name + "')", call.at());
        };
        Typed value = binder.value(call.arguments().get(1));
        if (value.type().isNational()) {
            throw io.lazuli.foundation.LazuliException.failure(io.lazuli.foundation.CommonError.NOT_SUPPORTED, call.at(),
                "HASHBYTES of an %s is not supported: it hashes UTF-16; convert it to varchar", value.type());
        }
        Typed bytes = value.type().isBinary() ? value : Conversions.explicit(value.isString() ? value
            : binder.text(call.arguments().get(1)),
            SqlType.varbinary(SqlType.MAX), false, call.at());
        return new Typed(Call.of(operator, bytes.expression()), SqlType.varbinary(8000));
    }

}
