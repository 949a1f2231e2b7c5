package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How DuckDB writes a call of an operator.
 *
 * <p>In templates {@code {0}} is the first argument, {@code {*}} all of them with commas, and {@code {type}} the result's SQL type.
 */
public sealed interface Rendering {
    /** The arguments, as SQL and as types, and the call's type. */
    record Arguments(List<String> sql, List<DataType> types, DataType result) {
        private static final String NAME = "(?:\"[^\"]*\"|\\w+)(?:\\.(?:\"[^\"]*\"|\\w+))*";
        private static final Pattern COLUMN = Pattern.compile(NAME + "|CAST\\(" + NAME + " AS BIGINT\\)");

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

        Arguments with(String more, DataType type) {
            return new Arguments(Stream.concat(sql.stream(), Stream.of(more)).toList(),
                Stream.concat(types.stream(), Stream.of(type)).toList(), result);
        }

        /** Whether the argument is a column, or one as another number: short enough to be written several times. */
        boolean isColumn(int argument) {
            return COLUMN.matcher(sql.get(argument)).matches();
        }

        private String slot(String name) {
            return switch (name) {
                case "*" -> String.join(", ", sql);
                case "type" -> SqlTypes.of(result);
                default -> sql.get(Integer.parseInt(name));
            };
        }
    }

    /** A scalar operator whose text depends on its arguments' types or number. */
    @FunctionalInterface
    non-sealed interface Scalar extends Rendering {
        String render(Arguments arguments);
    }

    /**
     * An aggregate or window function, made of one or two of DuckDB's.
     *
     * @param around template of the whole, in which <code>{call}</code> is the call with its {@code FILTER} and {@code OVER}, and
     *     <code>{other}</code> that of the other function over the same rows
     */
    record Aggregate(Function call, Function other, String around) implements Rendering {
        Aggregate(String function, String arguments, String around) {
            this(new Function(function, arguments), null, around);
        }
    }

    /**
     * A function of DuckDB's.
     *
     * @param arguments template of what stands between its parentheses
     */
    record Function(String name, String arguments) {
    }

    /** An aggregate or window function whose text depends on its arguments' types. */
    @FunctionalInterface
    non-sealed interface Typed extends Rendering {
        Aggregate of(Arguments arguments);
    }

    /**
     * The least or greatest value as an aggregate or window function.
     *
     * @param function DuckDB's name of the function of a value
     * @param byKey DuckDB's name of the function of a value and of what sorts as it does, for arrays and structures
     */
    record Extreme(String function, String byKey) implements Rendering {
    }

    /**
     * The value of one of the rows as an aggregate or window function.
     *
     * @param function DuckDB's name of the function
     */
    record Chosen(String function) implements Rendering {
    }
}
