package io.lazuli.cli.server;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.storage.log.RequestLogFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazuli logs storage}. */
@Command(name = "storage", description = "Shows the latest requests to the storage service.", mixinStandardHelpOptions = true)
final class StorageLogs implements Callable<Integer> {
    private static final long LOOK_MILLIS = 300;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--rows", paramLabel = "COUNT", defaultValue = "20", description = "How many rows (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--tail", description = "Go on with requests as they come, until Ctrl-C.")
    private boolean tail;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
        description = "text, or json: one object a line, with all columns (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RequestLogFiles files = new RequestLogFiles(options.dataDirectory());
        List<Path> all = files.list();
        Deque<String> latest = new ArrayDeque<>();
        long end = 0;
        for (Path file : all) {
            end = Files.size(file);
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(line -> keep(latest, line));
            } catch (NoSuchFileException removedMeanwhile) {
                continue;
            }
        }
        latest.forEach(this::print);
        if (all.isEmpty() && !tail) {
            command.commandLine().getErr().println("No requests yet.");
        }
        if (tail) {
            follow(files, all.isEmpty() ? null : all.getLast(), end);
        }
        return 0;
    }

    private void keep(Deque<String> latest, String line) {
        if (rows > 0) {
            latest.add(line);
        }
        if (latest.size() > rows) {
            latest.removeFirst();
        }
    }

    /** Prints whole lines as they are added to a file, then to the files that follow it. */
    private void follow(RequestLogFiles files, Path last, long from) throws IOException, InterruptedException {
        Path file = last;
        long position = from;
        while (true) {
            if (file != null) {
                position = printFrom(file, position);
            }
            Path current = file;
            Path next = files.list().stream().filter(other -> current == null || other.compareTo(current) > 0).findFirst().orElse(null);
            if (next != null) {
                if (file != null) {
                    printFrom(file, position);
                }
                file = next;
                position = 0;
            } else {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    private long printFrom(Path file, long position) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, access.length() - position)];
            access.seek(position);
            access.readFully(bytes);
            int length = bytes.length;
            while (length > 0 && bytes[length - 1] != '\n') {
                length--;
            }
            new String(bytes, 0, length, StandardCharsets.UTF_8).lines().forEach(this::print);
            return position + length;
        }
    }

    private void print(String line) {
        PrintWriter out = command.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(line);
        } else {
            JsonNode row = JSON.readTree(line);
            out.printf("%s  %s  %-22s  %9.3f ms  %-10s  %s%s%n", row.path("TimeGenerated").asString(), row.path("StatusCode").asString(),
                row.path("OperationName").asString(), row.path("DurationMs").asDouble(), row.path("AuthenticationType").asString(),
                row.path("ObjectKey").asString(),
                row.path("StatusText").asString().endsWith("Success") ? "" : "  " + row.path("StatusText").asString());
        }
        out.flush();
    }
}
