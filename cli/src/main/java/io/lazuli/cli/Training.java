package io.lazuli.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Does what people do first, in one process, so that the cache of loaded classes knows what all of it needs. The launcher runs it once. */
final class Training {
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
            List.of("dataflow", "eval", "upper('a')"))) {
            int code = Lazuli.commandLine(out, error).execute(command.toArray(String[]::new));
            if (code != 0) {
                System.exit(code);
            }
        }
        System.exit(0);
    }
}
