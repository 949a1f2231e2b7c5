package io.lazuli.engine.spark.render;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import java.util.List;

/**
 * The arguments of a call and its type.
 *
 * <p>In templates {@code {0}} is the first argument, {@code {*}} all of them with commas, {@code {type}} the result's type in Spark.
 *
 * @param sql the arguments' texts; those that are functions have none
 */
record Arguments(List<String> sql, List<Expression> expressions, DataType result, ExpressionSql writer) {
    DataType type(int argument) {
        return expressions.get(argument).type();
    }

    String fill(String template) {
        StringBuilder text = new StringBuilder(template.length() + 32);
        for (int i = 0; i < template.length(); i++) {
            int end = template.charAt(i) == '{' ? template.indexOf('}', i) : -1;
            if (end < 0) {
                text.append(template.charAt(i));
            } else {
                text.append(slot(template.substring(i + 1, end)));
                i = end;
            }
        }
        return text.toString();
    }

    private String slot(String name) {
        return switch (name) {
            case "*" -> String.join(", ", sql);
            case "type" -> SparkTypes.of(result);
            default -> sql.get(Integer.parseInt(name));
        };
    }
}
