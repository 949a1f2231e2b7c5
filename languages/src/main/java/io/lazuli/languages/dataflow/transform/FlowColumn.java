package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a stream. Several may have one name after a join; the streams that they came through tell them apart.
 *
 * @param streams the names of the streams that had the column, the latest last
 * @param field the column of the stream's plan, unique in it
 * @param drifted whether the column was found in the source and not declared there
 */
public record FlowColumn(String name, List<String> streams, String field, DataType type, boolean drifted) {
    /** How a row is to be written: 1 insert, 2 update, 4 upsert, 8 delete. */
    public static final String POLICY = "\0policy";
    /** Whether the row of a lookup found a partner. */
    public static final String MATCHED = "\0matched";
    /** The identifiers of the assertions that the row failed, and their messages: an array of structures {@code id}, {@code message}. */
    public static final String FAILURES = "\0failures";
    /** The number of the row, from 1, where a transformation asks for it. */
    public static final String NUMBER = "\0number";

    public FlowColumn {
        streams = List.copyOf(streams);
    }

    /** Whether the column is none of the user's, but notes about the row. */
    public boolean isHidden() {
        return name.startsWith("\0");
    }

    public ColumnReference reference() {
        return new ColumnReference(field, type);
    }

    FlowColumn through(String stream) {
        List<String> all = new ArrayList<>(streams);
        all.remove(stream);
        all.add(stream);
        return new FlowColumn(name, all, field, type, drifted);
    }

    /** The same column as an output that nothing changes. */
    Output output() {
        return new Output(name, reference(), streams, drifted);
    }

    /** A column to be made. */
    record Output(String name, Expression expression, List<String> streams, boolean drifted) {
        static Output of(String name, Expression expression) {
            return new Output(name, expression, List.of(), false);
        }

        Output named(String other) {
            return new Output(other, expression, streams, drifted);
        }
    }
}
