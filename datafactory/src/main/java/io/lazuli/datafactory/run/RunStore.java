package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The runs of a data directory, read from their journals; works beside a process that runs. */
public final class RunStore {
    private final Path folder;
    private final JsonMapper mapper;

    public RunStore(Path dataDirectory, JsonMapper mapper) {
        this.folder = dataDirectory.resolve("runs");
        this.mapper = mapper;
    }

    /** All runs, the latest first. */
    public List<RunRecord> list() {
        return ids().stream().map(this::find).flatMap(Optional::stream)
            .sorted(Comparator.comparing(RunRecord::startedAt).reversed()).toList();
    }

    private List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(folder, null), "Cannot list the runs: %s", problem.getMessage(), problem);
        }
    }

    /** A run by its id, the unambiguous beginning of it, or {@code last} for the latest; {@code RUN_NOT_FOUND} when there is none. */
    public RunRecord get(String run) {
        if (run.equals("last")) {
            return list().stream().findFirst().orElseThrow(() -> failure(DataFactoryError.RUN_NOT_FOUND, "There is no run in %s", folder));
        }
        List<String> ids = ids();
        List<String> matches = ids.stream().filter(id -> id.startsWith(run)).toList();
        if (matches.size() > 1 && !matches.contains(run)) {
            throw failure(DataFactoryError.RUN_NOT_FOUND, "Several runs begin with '%s': %s", run, String.join(", ", matches));
        }
        String id = matches.contains(run) ? run : matches.isEmpty() ? null : matches.getFirst();
        return Optional.ofNullable(id).flatMap(this::find).orElseThrow(() -> failure(
            DataFactoryError.RUN_NOT_FOUND, "There is no run '%s' in %s%s", run, folder, NearestName.hint(run, ids)));
    }

    /** Empty when there is no such run, or when its process ended before the journal said what was to run. */
    Optional<RunRecord> find(String runId) {
        Path journal = journal(runId);
        if (!Files.exists(journal)) {
            return Optional.empty();
        }
        return Optional.of(RunRecord.read(journal, mapper)).filter(RunRecord::created);
    }

    Path journal(String runId) {
        return folder.resolve(runId).resolve("journal.jsonl");
    }

    private Path cancelMark(String runId) {
        return folder.resolve(runId).resolve("cancel");
    }

    /** Asks the process that runs it to cancel a run, or, when there is none any more, ends the run as cancelled. */
    public void cancel(RunRecord run, DataDirectory directory) {
        String runId = run.request().runId();
        switch (run.status()) {
            case QUEUED, IN_PROGRESS -> markCancelled(runId);
            case INTERRUPTED -> {
                try (DataDirectory.Lock lock = directory.lock();
                        Journal journal = Journal.open(journal(runId), mapper)) {
                    journal.append(JournalEvents.runEnded(lock.since(), RunStatus.CANCELLED, "The run was cancelled"), event -> { });
                }
            }
            case SUCCEEDED, FAILED, CANCELLED -> throw failure(CommonError.INVALID_ARGUMENT,
                "The run %s has ended already: %s", runId, run.status().label());
        }
    }

    private void markCancelled(String runId) {
        try {
            Files.write(cancelMark(runId), new byte[0]);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(cancelMark(runId), null), "Cannot ask for the end: %s", problem.getMessage(),
                problem);
        }
    }

    boolean cancelAsked(String runId) {
        return Files.exists(cancelMark(runId));
    }
}
