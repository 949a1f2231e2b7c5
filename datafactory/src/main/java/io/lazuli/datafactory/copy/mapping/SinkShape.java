package io.lazuli.datafactory.copy.mapping;

import io.lazuli.algebra.engine.CreateTable;
import java.util.List;

/** What a sink takes. */
public sealed interface SinkShape {
    /** A table that exists. */
    record Table(String name, String dataset, List<CreateTable.Column> columns) implements SinkShape {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** Files or a new table whose columns have types: Parquet, Avro, ORC, {@code autoCreate}. */
    record TypedColumns() implements SinkShape {
    }

    /** Delimited text: every value becomes text. */
    record TextColumns() implements SinkShape {
    }

    /** JSON: nested values stay as they are. */
    record Documents() implements SinkShape {
    }
}
