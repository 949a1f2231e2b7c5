package io.lazuli.cli.server;

import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.trigger.TriggerListener;
import io.lazuli.foundation.LazuliException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A line for each run that a trigger started. */
record TriggerLines(PrintWriter out) implements TriggerListener {
    @Override
    public void ran(String trigger, String cause, RunRecord run) {
        String took = run.endedAt().map(end -> Duration.between(run.startedAt(), end))
            .map(time -> " in %.1f s".formatted(time.toMillis() / 1000.0)).orElse("");
        line("%s fired for %s: %s %s%s%s, run %s".formatted(trigger, cause, run.request().pipeline(), run.status().label(), took,
            run.message().isEmpty() ? "" : ", " + run.message(), run.request().runId()));
    }

    @Override
    public void failed(String trigger, String cause, RuntimeException failure) {
        String code = failure instanceof LazuliException known ? known.code().name() + ": " : "";
        line("%s fired for %s and could not run: %s%s".formatted(trigger, cause, code, failure.getMessage()));
    }

    private void line(String text) {
        out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + text);
        out.flush();
    }
}
