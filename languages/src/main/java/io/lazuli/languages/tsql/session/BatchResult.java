package io.lazuli.languages.tsql.session;

import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;
import java.util.Map;

/**
 * What a script gave, in order.
 *
 * @param outputs the values of the script's own parameters at its end, by name with {@code @}
 * @param returnValue what a RETURN of the script itself gave, 0 without one
 */
public record BatchResult(List<Result> results, Map<String, Value> outputs, int returnValue) {
    /** What a statement gave. */
    public sealed interface Result {
    }

    /** Rows of values, each of the class that its column's type names, or null. */
    public record ResultSet(List<Column> columns, List<List<Object>> rows) implements Result {
    }

    /** The name may be empty and need not be unique. */
    public record Column(String name, SqlType type) {
    }

    /** How many rows a statement changed. */
    public record AffectedRows(long count) implements Result {
    }

    /** What PRINT, or RAISERROR of low severity, said. */
    public record Message(String text) implements Result {
    }

    /** A value of a type; null for no value. */
    public record Value(Object value, SqlType type) {
    }

    public List<ResultSet> resultSets() {
        return results.stream().filter(ResultSet.class::isInstance).map(ResultSet.class::cast).toList();
    }

    public List<String> messages() {
        return results.stream().filter(Message.class::isInstance).map(message -> ((Message) message).text()).toList();
    }

    /** All changed rows together, -1 when no statement changed rows. */
    public long recordsAffected() {
        List<Long> counts = results.stream().filter(AffectedRows.class::isInstance).map(rows -> ((AffectedRows) rows).count()).toList();
        return counts.isEmpty() ? -1 : counts.stream().mapToLong(Long::longValue).sum();
    }
}
