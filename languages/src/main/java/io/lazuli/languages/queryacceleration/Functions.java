package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.operator.TextSliceOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.List;
import java.util.Locale;

/** The functions of texts and times. Positions in texts count from 0, as the documented example of SUBSTRING does. */
final class Functions {
    private static final List<String> NAMES = List.of("CHAR_LENGTH", "CHARACTER_LENGTH", "LOWER", "UPPER", "SUBSTRING", "TRIM", "DATE_ADD",
        "DATE_DIFF", "EXTRACT", "TO_STRING", "TO_TIMESTAMP", "UTCNOW", "COALESCE", "NULLIF");
    private static final List<String> UNITS = List.of("year", "month", "day", "hour", "minute", "second");

    private Functions() {
    }

    static Expression call(Node.Call call, ExpressionBinder binder) {
        List<Expression> arguments = call.arguments().stream().map(binder::bind).toList();
        return switch (call.name()) {
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> Call.of(StringOperators.LENGTH, text(call, arguments, 0, 1));
            case "LOWER" -> Call.of(StringOperators.LOWER, text(call, arguments, 0, 1));
            case "UPPER" -> Call.of(StringOperators.UPPER, text(call, arguments, 0, 1));
            case "SUBSTRING" -> substring(call, arguments);
            case "TRIM" -> trim(arguments);
            case "DATE_ADD" -> Call.of(DateOperators.DATE_ADD, unit(call, arguments, 3),
                Values.convert(arguments.get(1), ScalarType.INT64), Values.convert(arguments.get(2), ScalarType.TIMESTAMP));
            case "DATE_DIFF" -> Call.of(DateOperators.DATE_DIFFERENCE, unit(call, arguments, 3),
                Values.convert(arguments.get(1), ScalarType.TIMESTAMP), Values.convert(arguments.get(2), ScalarType.TIMESTAMP));
            case "EXTRACT" -> Call.of(DateOperators.DATE_PART, unit(call, arguments, 2),
                Values.convert(arguments.get(1), ScalarType.TIMESTAMP));
            case "TO_TIMESTAMP" -> {
                requireArguments(call, arguments, 1);
                yield Values.convert(arguments.getFirst(), ScalarType.TIMESTAMP);
            }
            case "TO_STRING" -> TimeText.of(call, arguments);
            case "UTCNOW" -> {
                requireArguments(call, arguments, 0);
                yield Call.of(DateOperators.NOW);
            }
            case "COALESCE" -> {
                if (arguments.isEmpty()) {
                    requireArguments(call, arguments, 1);
                }
                yield Call.of(ComparisonOperators.COALESCE, Values.alike(arguments, call.place()));
            }
            case "NULLIF" -> nullIf(call, arguments);
            default -> throw failure(CommonError.NOT_SUPPORTED, call.place(), "There is no function %s%s", call.name(),
                NearestName.hint(call.name(), NAMES));
        };
    }

    static void requireArguments(Node.Call call, List<Expression> arguments, int count) {
        if (arguments.size() != count) {
            throw failure(CommonError.SYNTAX_ERROR, call.place(), "%s takes %d arguments, not %d", call.name(), count, arguments.size());
        }
    }

    private static Expression text(Node.Call call, List<Expression> arguments, int index, int count) {
        requireArguments(call, arguments, count);
        return Values.convert(arguments.get(index), ScalarType.STRING);
    }

    private static Expression int32(Expression value) {
        return Cast.orNull(Values.convert(value, ScalarType.INT64), ScalarType.INT32);
    }

    private static Expression substring(Node.Call call, List<Expression> arguments) {
        if (arguments.size() == 2) {
            return Call.of(TextSliceOperators.DROP_LEFT, text(call, arguments, 0, 2), int32(arguments.get(1)));
        }
        Expression text = text(call, arguments, 0, 3);
        Expression start = Call.of(MathOperators.ADD, int32(arguments.get(1)), Literal.int32(1));
        return Call.of(StringOperators.SUBSTRING, text, start, int32(arguments.get(2)));
    }

    private static Expression trim(List<Expression> arguments) {
        String side = (String) ((Literal) arguments.get(0)).value();
        Expression text = Values.convert(arguments.get(1), ScalarType.STRING);
        Expression characters = Values.convert(arguments.get(2), ScalarType.STRING);
        Expression started = side.equals("TRAILING") ? text : Call.of(StringOperators.TRIM_START, text, characters);
        return side.equals("LEADING") ? started : Call.of(StringOperators.TRIM_END, started, characters);
    }

    private static Expression unit(Node.Call call, List<Expression> arguments, int count) {
        requireArguments(call, arguments, count);
        String unit = arguments.getFirst() instanceof Literal literal && literal.value() instanceof String text
            ? text.toLowerCase(Locale.ROOT) : "";
        if (!UNITS.contains(unit)) {
            throw failure(CommonError.NOT_SUPPORTED, call.place(), "%s takes one of %s", call.name(), UNITS);
        }
        return Literal.string(unit);
    }

    private static Expression nullIf(Node.Call call, List<Expression> arguments) {
        requireArguments(call, arguments, 2);
        Expression value = Values.plain(arguments.getFirst());
        Expression same = Call.of(ComparisonOperators.EQUAL, Values.alike(arguments, call.place()));
        return new Case(List.of(new Case.Branch(same, new Literal(null, value.type()))), value);
    }
}
