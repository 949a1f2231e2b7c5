package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs a stand-in's command: the activity's properties as JSON on standard input, its names in the environment. */
record ShellCommand(ActivityContext context) {
    private static final int MOST_SHOWN = 2000;

    /** What the command printed; another exit code than 0 fails with what it wrote to standard error. */
    String run(String command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(context.services().workspace().folder().toFile());
        Map<String, String> environment = builder.environment();
        environment.put("LAZULI_ACTIVITY", context.definition().name());
        environment.put("LAZULI_ACTIVITY_TYPE", context.definition().type());
        environment.put("LAZULI_ACTIVITY_RUN_ID", context.activityRunId());
        environment.put("LAZULI_PIPELINE", context.orchestration().pipeline());
        environment.put("LAZULI_DATA_DIRECTORY", context.services().dataDirectory().toString());
        try {
            Process process = builder.start();
            return talk(process);
        } catch (IOException problem) {
            throw new ActivityFailure("StandInFailed", false, "The stand-in's command cannot be run: " + problem.getMessage(), null,
                problem);
        }
    }

    private String talk(Process process) throws InterruptedException {
        context.execution().onCancel(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        CompletableFuture<String> printed = reading(process.getInputStream());
        CompletableFuture<String> complained = reading(process.getErrorStream());
        try (OutputStream input = process.getOutputStream()) {
            input.write(context.services().json().writeValueAsBytes(context.properties()));
        } catch (IOException ignored) {
            // The command may end without reading its input; its exit code tells whether it is content.
            printed.join();
        }
        int exit = process.waitFor();
        String error = complained.join().strip();
        if (exit != 0) {
            throw new ActivityFailure(Integer.toString(exit), "The stand-in's command ended with exit code " + exit
                + (error.isEmpty() ? "" : ": " + error.substring(Math.max(0, error.length() - MOST_SHOWN))));
        }
        return printed.join();
    }

    private static CompletableFuture<String> reading(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException problem) {
                text.completeExceptionally(new UncheckedIOException(problem));
            }
        });
        return text;
    }
}
