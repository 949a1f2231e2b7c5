package io.lazuli.algebra.source;

import java.util.Objects;

/**
 * A table of a database; names compare as the database's catalog says.
 *
 * @param database the key under which the engine knows the database, such as {@code contoso.database.windows.net/sales}
 */
public record TableName(String database, String schema, String name) {
    public TableName {
        Objects.requireNonNull(database);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
