package io.lazuli.datafactory.connector.sql;

import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A script whose variables ({@code @name}) have become JDBC's place-holders; variables in texts, quoted names and comments stay.
 *
 * @param names the variable of each place-holder, in order
 */
record JdbcScript(String text, List<String> names) {
    static JdbcScript of(String script, Map<String, Value> parameters) {
        Map<String, Value> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.putAll(parameters);
        StringBuilder text = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int at = 0; at < script.length();) {
            int end = end(script, at);
            String part = script.substring(at, end);
            if (part.charAt(0) == '@' && known.containsKey(part)) {
                text.append('?');
                names.add(part);
            } else {
                text.append(part);
            }
            at = end;
        }
        return new JdbcScript(text.toString(), List.copyOf(names));
    }

    /** Where the text, name, comment, variable or other character that begins at {@code at} ends. */
    private static int end(String script, int at) {
        char first = script.charAt(at);
        String close = switch (first) {
            case '\'', '"', '`' -> String.valueOf(first);
            case '[' -> "]";
            default -> script.startsWith("--", at) ? "\n" : script.startsWith("/*", at) ? "*/" : "";
        };
        if (!close.isEmpty()) {
            int found = script.indexOf(close, at + (close.length() == 2 ? 2 : 1));
            return found < 0 ? script.length() : found + close.length();
        }
        int end = at + 1;
        while (first == '@' && end < script.length() && partOfName(script.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean partOfName(char character) {
        return Character.isLetterOrDigit(character) || "_@#$".indexOf(character) >= 0;
    }

    /** A statement with its values. Procedures take them by name where the database can. */
    PreparedStatement prepare(Connection connection, Map<String, Value> parameters) throws SQLException {
        Map<String, Value> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(parameters);
        boolean call = text.startsWith("{call ");
        PreparedStatement statement = call ? connection.prepareCall(text) : connection.prepareStatement(text);
        boolean named = call && connection.getMetaData().supportsNamedParameters();
        for (int i = 0; i < names.size(); i++) {
            Object value = value(values.get(names.get(i)));
            if (named) {
                ((CallableStatement) statement).setObject(names.get(i).substring(1), value);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    private static Object value(Value value) {
        return value.value() instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value.value();
    }

    /** The escape that calls a procedure on every database. */
    static String call(String procedure, Iterable<String> variables) {
        return "{call " + procedure + "(" + String.join(", ", variables) + ")}";
    }
}
