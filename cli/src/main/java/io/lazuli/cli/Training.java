package io.lazuli.cli;

import io.lazuli.governance.secret.SecretStore;
import io.lazuli.server.RunningServer;
import io.lazuli.storage.authorisation.AccountKeys;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Does what people do first, in one process, so that the cache of loaded classes knows what all of it needs. The launcher runs it once. */
final class Training {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long LOOK_MILLIS = 20;

    private Training() {
    }

    /** Takes the folder of a workspace like the retail example and a data directory; exits with that of the first command that fails. */
    public static void main(String[] arguments) {
        String workspace = arguments[0];
        String data = arguments[1];
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter error = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        for (List<String> command : List.of(
            List.of("check", "--workspace", workspace, "--severity", "error"),
            List.of("run", "daily_sales", "--workspace", workspace, "--data-dir", data),
            List.of("run", "build_marts", "--workspace", workspace, "--data-dir", data),
            List.of("dataflow", "run", "click_visits", "--dataset-param", "clicks.folder=clicks", "--dataset-param", "visits.folder=visits",
                "--workspace", workspace, "--data-dir", data),
            List.of("dataflow", "preview", "click_visits", "--at", "counted", "--dataset-param", "clicks.folder=clicks",
                "--workspace", workspace, "--data-dir", data),
            List.of("dataflow", "eval", "upper('a')"))) {
            int code = Lazuli.commandLine(out, error).execute(command.toArray(String[]::new));
            if (code != 0) {
                System.exit(code);
            }
        }
        try {
            serve(Path.of(data, "served"), out, error);
            System.exit(0);
        } catch (Exception problem) {
            // The services would keep the process alive.
            problem.printStackTrace(error);
            System.exit(1);
        }
    }

    /** The services end with this process. */
    private static void serve(Path data, PrintWriter out, PrintWriter error) throws Exception {
        Thread.ofPlatform().daemon().start(() -> Lazuli.commandLine(out, error).execute("up", "--port", "0",
            "--workspace", data.getParent().toString(), "--data-dir", data.toString()));
        Optional<RunningServer> server = RunningServer.find(data);
        for (long end = System.currentTimeMillis() + PATIENCE_MILLIS; server.isEmpty() && System.currentTimeMillis() < end;) {
            Thread.sleep(LOOK_MILLIS);
            server = RunningServer.find(data);
        }
        try (TrainingClient client = new TrainingClient(server.orElseThrow().endpoint(AccountKeys.EMULATOR),
            new AccountKeys(new SecretStore(data, System::getenv), true).ensure(AccountKeys.EMULATOR))) {
            client.run();
        }
    }
}
