package io.lazuli.cli.run;

import io.lazuli.datafactory.run.ActivityRecord;
import io.lazuli.datafactory.run.ActivityStatus;
import io.lazuli.datafactory.run.RunListener;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.run.RunStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tree of activities as they run: a line for each that ends, indented below its containers, and on a terminal one more line that tells
 * what is running now.
 */
final class RunView implements RunListener, AutoCloseable {
    private static final Set<String> CONTAINERS = Set.of("ForEach", "IfCondition", "Switch", "Until", "ExecutePipeline");
    private static final Duration REPAINT = Duration.ofMillis(250);

    private final PrintWriter out;
    private final boolean terminal;
    private final boolean colours;
    private final Instant began = Instant.now();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Integer> depths = new LinkedHashMap<>();
    private final Thread painter;
    private boolean painted;

    /** An activity that has not ended. */
    private record Running(String name, Instant since, long rows, long bytes) {
    }

    RunView(PrintWriter out, boolean terminal, boolean colours) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
        this.painter = terminal ? Thread.ofVirtual().start(this::paintUntilClosed) : null;
    }

    @Override
    public synchronized void runStarted(RunRequest request, boolean resumed) {
        int depth = request.parent() == null ? 0 : depths.getOrDefault(request.parent().activityRunId(), 1);
        depths.put(request.runId(), depth);
        line(depth, (resumed ? "Resuming" : "Running") + " pipeline " + request.pipeline() + "  " + dim("run " + request.runId()));
    }

    @Override
    public synchronized void activityStarted(String runId, String key, String type, int attempt) {
        running.put(runId + key, new Running(key, Instant.now(), 0, 0));
        if (CONTAINERS.contains(type) && attempt == 1) {
            line(depth(runId, key), dim("▸ " + shown(key) + "  " + type));
        } else if (attempt > 1) {
            line(depth(runId, key), dim("↻ " + shown(key) + "  attempt " + attempt));
        }
    }

    @Override
    public synchronized void activityProgress(String runId, String key, long rows, long bytes) {
        running.computeIfPresent(runId + key, (id, before) -> new Running(before.name, before.since, rows, bytes));
    }

    @Override
    public synchronized void activityEnded(String runId, ActivityRecord activity, boolean restored) {
        running.remove(runId + activity.key());
        String mark = activity.status() == ActivityStatus.SUCCEEDED ? green("✓")
            : activity.status() == ActivityStatus.SKIPPED ? dim("–") : red("✗");
        String figures = Figures.of(activity.output());
        Duration took = Duration.between(activity.startedAt(), activity.endedAt().orElse(activity.startedAt()));
        String state = restored ? "done before" : activity.status() == ActivityStatus.SUCCEEDED && !activity.inactive()
            ? Figures.duration(took) : activity.statusLabel();
        line(depth(runId, activity.key()), mark + " " + shown(activity.key()) + "  " + dim(activity.type()) + "  " + state
            + (figures.isEmpty() ? "" : "  " + figures));
        if (activity.status() == ActivityStatus.FAILED && activity.error() != null) {
            line(depth(runId, activity.key()) + 1, red(activity.error().path("errorCode").asString("") + ": "
                + activity.error().path("message").asString("")));
        }
    }

    @Override
    public synchronized void runEnded(RunRecord run) {
        int depth = depths.getOrDefault(run.request().runId(), 0);
        Duration took = Duration.between(run.request().parent() == null ? began : run.startedAt(), run.endedAt().orElse(Instant.now()));
        String status = run.status().label();
        String coloured = run.status() == RunStatus.SUCCEEDED ? green(status) : red(status);
        line(depth, coloured + " " + run.request().pipeline() + " in " + Figures.duration(took)
            + (run.message().isEmpty() ? "" : ": " + run.message()));
    }

    private int depth(String runId, String key) {
        return depths.getOrDefault(runId, 0) + 1 + (int) key.chars().filter(sign -> sign == '/').count();
    }

    /** The activity's own name, with the round before it where there is one. */
    private static String shown(String key) {
        String[] parts = key.split("/");
        String last = parts[parts.length - 1];
        return parts.length > 1 && parts[parts.length - 2].matches("\\d+") ? "[" + parts[parts.length - 2] + "] " + last : last;
    }

    private void line(int depth, String text) {
        clear();
        out.println("  ".repeat(depth) + text);
        out.flush();
    }

    private void paintUntilClosed() {
        try {
            while (true) {
                Thread.sleep(REPAINT);
                paint();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void paint() {
        running.values().stream().filter(activity -> activity.since.isBefore(Instant.now().minusSeconds(1))).reduce((first, last) -> last)
            .ifPresent(activity -> {
                String rows = activity.rows > 0 ? String.format("  %,d rows", activity.rows) : "";
                String bytes = activity.bytes > 0 ? "  " + Figures.bytes(activity.bytes) : "";
                String text = "… " + activity.name + "  " + Duration.between(activity.since, Instant.now()).toSeconds() + " s" + rows
                    + bytes
                    + (running.size() > 1 ? "  (" + running.size() + " running)" : "");
                clear();
                out.print(text);
                out.flush();
                painted = true;
            });
    }

    private void clear() {
        if (painted) {
            out.print("\r\033[K");
            painted = false;
        }
    }

    private String green(String text) {
        return coloured("32", text);
    }

    private String red(String text) {
        return coloured("31", text);
    }

    private String dim(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    @Override
    public synchronized void close() {
        if (painter != null && terminal) {
            painter.interrupt();
        }
        clear();
    }
}
