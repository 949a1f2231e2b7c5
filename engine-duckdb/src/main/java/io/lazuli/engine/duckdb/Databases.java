package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.engine.duckdb.render.SqlLiterals;
import io.lazuli.engine.duckdb.render.SqlNames;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The database files that an engine has open.
 *
 * <p>A file is attached on first use under the database's own name in lower case: defaults of identity columns refer to it, so that the
 * name must be the same each time. Azure's names of databases are the same whatever their case, and so is the file.
 */
final class Databases {
    private final Function<String, Path> files;
    private final Map<String, String> attached = new LinkedHashMap<>();

    Databases(Function<String, Path> files) {
        this.files = files;
    }

    /** The quoted name to put before a schema's, after the file is attached or made. */
    synchronized String open(String database, Connection connection) {
        return attached.computeIfAbsent(database.toLowerCase(Locale.ROOT), key -> attach(key, files.apply(key), connection));
    }

    /** Makes an empty database in memory, under a name that no other has. */
    synchronized String openInMemory(String database, Connection connection) throws SQLException {
        String alias = SqlNames.quote(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ATTACH ':memory:' AS " + alias);
        }
        attached.put(database, alias);
        return alias;
    }

    /** Forgets a database in memory with all in it. */
    synchronized void closeInMemory(String database, Connection connection) throws SQLException {
        String alias = attached.remove(database);
        if (alias != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DETACH " + alias);
            }
        }
    }

    synchronized boolean isOpen(String database) {
        return attached.containsKey(database.toLowerCase(Locale.ROOT));
    }

    synchronized Collection<String> opened() {
        return attached.values();
    }

    private static String attach(String key, Path file, Connection connection) {
        String alias = SqlNames.quote(key);
        try (Statement statement = connection.createStatement()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            statement.execute("ATTACH " + SqlLiterals.string(file.toString()) + " AS " + alias);
            return alias;
        } catch (SQLException e) {
            throw String.valueOf(e.getMessage()).contains("lock on file")
                ? failure(CommonError.IN_USE, "Database '%s' is open in another process, which holds its file %s; stop that process first",
                    key, file, e)
                : DuckDbErrors.translate(e, text -> text);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "The folder of database file %s cannot be made: %s", file, e.getMessage(), e);
        }
    }
}
