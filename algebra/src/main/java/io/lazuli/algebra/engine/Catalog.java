package io.lazuli.algebra.engine;

import io.lazuli.algebra.source.TableName;
import java.util.List;
import java.util.Optional;

/** What tables a database has. Names are found whatever their case. */
public interface Catalog {
    String database();

    Optional<Table> table(String schema, String name);

    List<TableName> tables();

    /** A table as it was created: its own spelling of the names, its columns in order. */
    record Table(TableName name, List<CreateTable.Column> columns, List<String> primaryKey) {
    }
}
