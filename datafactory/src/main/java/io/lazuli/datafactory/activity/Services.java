package io.lazuli.datafactory.activity;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.workspace.Workspace;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The machinery that the activities of all runs of a process share. Whoever built it closes it.
 *
 * <p>Grows by one accessor per connector family: files, SQL databases, secrets, HTTP, stand-ins.
 */
public interface Services extends AutoCloseable {
    Workspace workspace();

    Path dataDirectory();

    /** Opened on first use. */
    Engine engine();

    /** The files of linked services. */
    FileStores files();

    Clock clock();

    @Override
    void close();
}
