package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.server.RunningServer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same program once more, as a process that stays. */
final class Detached {
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long LOOK_MILLIS = 50;

    private Detached() {
    }

    /**
     * Starts the command in a process of its own and waits until it serves; what it prints is kept in {@code logs/server.out}.
     *
     * @return 0, or what the process ended with after it said why it does not serve
     */
    static int start(Path data, List<String> arguments, PrintWriter out, PrintWriter errors) throws IOException, InterruptedException {
        RunningServer.claim(data).close();
        Path log = Files.createDirectories(data.resolve("logs")).resolve("server.out");
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.lazuli.cli.Lazuli"));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        // It tells where it is before it has told all about it.
        while (RunningServer.find(data).filter(server -> server.pid() == process.pid()).isEmpty()
                || !Files.readString(log).contains(UpCommand.READY)) {
            if (!process.isAlive()) {
                errors.print(Files.readString(log));
                errors.flush();
                return process.exitValue();
            }
            if (System.currentTimeMillis() > deadline) {
                process.destroy();
                throw failure(CommonError.TIMEOUT, "The services were not ready within %d s; see %s", PATIENCE_MILLIS / 1000, log);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        out.print(Files.readString(log));
        out.flush();
        return 0;
    }
}
