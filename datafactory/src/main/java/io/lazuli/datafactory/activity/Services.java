package io.lazuli.datafactory.activity;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.databind.json.JsonMapper;

/**
 * The machinery that the activities of all runs of a process share. Whoever built it closes it.
 *
 * <p>Grows by one accessor per connector family: files, SQL databases, secrets, HTTP, stand-ins.
 */
public interface Services extends AutoCloseable {
    Workspace workspace();

    LazuliConfiguration configuration();

    Path dataDirectory();

    /** Opened on first use. */
    Engine engine();

    /** The engine that runs data flows, the same unless another was asked for. */
    default Engine flowEngine() {
        return engine();
    }

    /** The files of linked services. */
    FileStores files();

    /** The SQL databases of linked services. */
    SqlDatabases databases();

    /** The key vaults. */
    Secrets secrets();

    Clock clock();

    /** Reads and writes JSON with numbers kept as they are written. */
    JsonMapper json();

    @Override
    void close();
}
