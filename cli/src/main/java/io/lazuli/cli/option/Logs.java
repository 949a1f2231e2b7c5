package io.lazuli.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** The log of a data directory: {@code logs/lazuli.log}, three files of 5 MB at most. Nothing is logged to the terminal. */
final class Logs extends Handler {
    private static final int BYTES = 5 * 1024 * 1024;
    private static final int FILES = 3;

    /** What they tell of are malformed requests, with the signatures that are in them. Held, so that their levels stay. */
    private static final List<Logger> SILENT = Stream.of("org.eclipse.jetty.util.HostPort", "org.eclipse.jetty.http.HttpParser")
        .map(Logger::getLogger).toList();

    private final Path folder;
    private FileHandler file;

    private Logs(Path folder) {
        this.folder = folder;
    }

    /** Sends what is logged from now on to a data directory; its files are made when there is something to log. */
    static void writeTo(Path dataDirectory) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
        root.addHandler(new Logs(dataDirectory.resolve("logs")));
    }

    @Override
    public synchronized void publish(LogRecord logged) {
        try {
            if (file == null) {
                Files.createDirectories(folder);
                file = new FileHandler(folder.resolve("lazuli.log").toString(), BYTES, FILES, true);
                file.setFormatter(new SimpleFormatter());
            }
            file.publish(logged);
        } catch (IOException problem) {
            reportError("The log cannot be written", problem, java.util.logging.ErrorManager.OPEN_FAILURE);
        }
    }

    @Override
    public synchronized void flush() {
        if (file != null) {
            file.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            file.close();
        }
    }
}
