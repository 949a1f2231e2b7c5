package io.lazuli.datafactory.access;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is seen in place of a column's values, as Azure SQL's dynamic data masking does it. Null stays null.
 *
 * @see <a href="https://learn.microsoft.com/sql/relational-databases/security/dynamic-data-masking">Dynamic data masking</a>
 */
final class Mask {
    private static final Pattern PARTIAL = Pattern.compile("partial\\(\\s*(\\d+)\\s*,\\s*\"([^\"]*)\"\\s*,\\s*(\\d+)\\s*\\)");
    private static final Pattern RANDOM = Pattern.compile("random\\(\\s*(-?\\d+)\\s*,\\s*(-?\\d+)\\s*\\)");
    private static final List<String> FORMS = List.of("default()", "email()", "partial(prefix, \"padding\", suffix)", "random(from, to)");

    private Mask() {
    }

    /** The masked value of a column; {@code INVALID_CONFIGURATION} for an unknown function or one that does not fit the column's type. */
    static Expression of(String function, Field column, String subject) {
        String text = function.strip();
        Matcher partial = PARTIAL.matcher(text);
        Matcher random = RANDOM.matcher(text);
        String expression;
        if (text.equals("default()")) {
            expression = standard(column, subject);
        } else if (text.equals("email()")) {
            requireText(text, column, subject);
            expression = "left(value, 1) + 'XXX@XXXX.com'";
        } else if (partial.matches()) {
            requireText(text, column, subject);
            expression = partial(Integer.parseInt(partial.group(1)), partial.group(2), Integer.parseInt(partial.group(3)));
        } else if (random.matches()) {
            if (!column.type().isNumeric()) {
                throw unfit(text, column, subject);
            }
            long from = Long.parseLong(random.group(1));
            expression = from + "L + mod(random(), " + (Long.parseLong(random.group(2)) - from + 1) + "L)";
        } else {
            throw failure(DataFactoryError.INVALID_CONFIGURATION, "The policy of '%s' masks '%s' by '%s'; there are %s%s", subject,
                column.name(), text, FORMS, NearestName.hint(text, FORMS));
        }
        return bound("iif(isNull(value), null(), " + expression + ")", column);
    }

    private static String standard(Field column, String subject) {
        return switch (column.type()) {
            case ScalarType.STRING -> "'xxxx'";
            case ScalarType.BOOLEAN -> "false()";
            case ScalarType.DATE -> "toDate('1900-01-01')";
            case ScalarType.TIMESTAMP -> "toTimestamp('1900-01-01 00:00:00')";
            case ScalarType.BINARY -> "toBinary('0')";
            case DataType type when type.isNumeric() -> "0";
            default -> throw unfit("default()", column, subject);
        };
    }

    /** A text too short for both ends shows neither. */
    private static String partial(int prefix, String padding, int suffix) {
        String pad = "'" + padding.replace("\\", "\\\\").replace("'", "\\'") + "'";
        return "iif(length(value) < " + (prefix + suffix) + ", " + pad + ", left(value, " + prefix + ") + " + pad
            + " + right(value, " + suffix + "))";
    }

    private static Expression bound(String text, Field column) {
        Expression value = ColumnReference.of(column);
        ExpressionScope scope = ExpressionScope.EMPTY.withColumns(List.of(InputColumn.of("", "value", value)));
        Expression masked = ExpressionBinder.bind(text, scope);
        return masked.type().equals(column.type()) ? masked : Cast.strict(masked, column.type());
    }

    private static void requireText(String function, Field column, String subject) {
        if (column.type() != ScalarType.STRING) {
            throw unfit(function, column, subject);
        }
    }

    private static RuntimeException unfit(String function, Field column, String subject) {
        return failure(DataFactoryError.INVALID_CONFIGURATION, "The policy of '%s' masks '%s' by %s, which is not for values of type %s",
            subject, column.name(), function, FlowTypes.name(column.type()));
    }
}
