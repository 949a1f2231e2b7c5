package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.PipelineParameters;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs pipelines, durably: each run's journal under the data directory lets a run that was interrupted continue.
 *
 * <p>Holds the data directory's lock from the beginning to {@link #close}. Runs may be started from several threads; a pipeline's
 * {@code concurrency} bounds how many of its runs go at once in this process, the others queue.
 */
public final class PipelineRunner implements AutoCloseable {
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(200);

    private final Services services;
    private final RunListener listener;
    private final Map<String, ActivityType> types;
    private final Concealment concealment;
    private final RunStore store;
    private final DataDirectory.Lock lock;
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
    private final Map<String, PipelineRun> running = new ConcurrentHashMap<>();
    private final Queue<Thread> detached = new ConcurrentLinkedQueue<>();
    private final Thread watch;

    /** {@code IN_USE} when another process runs pipelines in the data directory. */
    public PipelineRunner(Services services, List<ActivityType> types, RunListener listener) {
        this.services = services;
        this.listener = listener;
        this.types = types.stream().collect(Collectors.toMap(ActivityType::name, Function.identity()));
        this.concealment = new Concealment(services.dataDirectory(), services.json());
        this.store = new RunStore(services.dataDirectory(), services.json());
        this.lock = new DataDirectory(services.dataDirectory()).lock();
        this.watch = Thread.ofVirtual().name("cancel-watch").start(this::watchForCancel);
    }

    /** Runs a pipeline to its end on the calling thread; wrong parameters fail before anything is journalled. */
    public RunRecord run(RunRequest request) {
        return start(request, List.of(), null);
    }

    /**
     * Runs a pipeline like {@link #run}, or continues what an earlier process had begun under the request's id; a run of that id that has
     * ended is given as it is.
     */
    public RunRecord runOnce(RunRequest request) {
        return startChild(request, null);
    }

    private RunRecord start(RunRequest request, List<ObjectNode> takenOver, Cancellation parent) {
        Pipeline pipeline = services.workspace().pipeline(request.pipeline(), Place.UNKNOWN);
        ObjectNode parameters = PipelineParameters.bind(pipeline, request.parameters());
        RunRequest bound = request.with(pipeline.name(), parameters);
        RunRecord record = new RunRecord();
        try (Journal journal = Journal.open(store.journal(request.runId()), services.json())) {
            RunRequest shown = bound.with(pipeline.name(), SecureParameters.conceal(pipeline, parameters, concealment));
            journal.append(JournalEvents.runCreated(services.clock().instant(), shown, Fingerprint.of(pipeline)), record::apply);
            takenOver.forEach(event -> journal.append(event, record::apply));
            return execute(new PipelineRun(this, pipeline, bound, journal, record), false, parent);
        }
    }

    /**
     * Continues an interrupted run: what had ended is not repeated.
     *
     * @param changed whether to continue although the pipeline's definition has changed since
     */
    public RunRecord resume(String runId, boolean changed) {
        RunRecord record = store.get(runId);
        if (record.status() != RunStatus.INTERRUPTED) {
            throw failure(CommonError.INVALID_ARGUMENT, "The run %s is not interrupted but %s%s", record.request().runId(),
                record.status().label(), record.status().ended() ? "; to run parts of it again: lazuli rerun" : "");
        }
        RunRecord resumed = resume(record, changed, null);
        resumeDetached(resumed, changed);
        return resumed;
    }

    private RunRecord resume(RunRecord record, boolean changed, Cancellation parent) {
        RunRequest journalled = record.request();
        Pipeline pipeline = services.workspace().pipeline(journalled.pipeline(), Place.UNKNOWN);
        if (!changed && !Fingerprint.of(pipeline).equals(record.fingerprint())) {
            throw failure(CommonError.INVALID_ARGUMENT, pipeline.place(), "The pipeline '%s' has changed since the run %s began. "
                + "Resume it as it is now with --changed, or start a new run", pipeline.name(), journalled.runId());
        }
        RunRequest request = journalled.with(pipeline.name(), (ObjectNode) concealment.reveal(journalled.parameters()));
        try (Journal journal = Journal.open(store.journal(journalled.runId()), services.json())) {
            journal.append(JournalEvents.runResumed(services.clock().instant()), record::apply);
            return execute(new PipelineRun(this, pipeline, request, journal, record), true, parent);
        }
    }

    /** Continues the interrupted runs that a run had started without waiting for them. */
    private void resumeDetached(RunRecord parent, boolean changed) {
        store.list().stream()
            .filter(run -> run.request().parent() != null && run.request().parent().runId().equals(parent.request().runId()))
            .filter(run -> run.status() == RunStatus.INTERRUPTED)
            .forEach(run -> detach(() -> resume(run, changed, null)));
    }

    /**
     * Runs again what an ended run did not achieve: the first activities named by {@code from} (of the pipeline itself) and all that
     * depend on them; what else had ended is taken over.
     *
     * @param from activity names; empty for all that failed or were cancelled
     */
    public RunRecord rerun(String runId, String newRunId, List<String> from) {
        RunRecord before = store.get(runId);
        if (!before.status().ended() && before.status() != RunStatus.INTERRUPTED) {
            throw failure(CommonError.INVALID_ARGUMENT, "The run %s is still running", before.request().runId());
        }
        RunRequest old = before.request();
        Pipeline pipeline = services.workspace().pipeline(old.pipeline(), Place.UNKNOWN);
        RunRequest request = new RunRequest(newRunId, old.pipeline(), (ObjectNode) concealment.reveal(old.parameters()), old.trigger(),
            old.groupId(), old.parent(), old.runId());
        return start(request, new Rerun(pipeline, before).takenOver(from), null);
    }

    private RunRecord execute(PipelineRun run, boolean resumed, Cancellation parent) {
        String runId = run.request().runId();
        running.put(runId, run);
        try {
            if (parent != null) {
                parent.onCancel(run::cancel);
            }
            listener.runStarted(run.request(), resumed);
            Semaphore slot = slots.computeIfAbsent(run.pipeline().name(),
                name -> new Semaphore(run.pipeline().concurrency().orElse(Integer.MAX_VALUE), true));
            if (acquire(slot, run)) {
                try {
                    run.execute();
                } finally {
                    slot.release();
                }
            } else {
                run.execute();
            }
            listener.runEnded(run.record());
            return run.record();
        } finally {
            running.remove(runId);
        }
    }

    /** Waits in the pipeline's queue; false when the run is cancelled first. */
    private static boolean acquire(Semaphore slot, PipelineRun run) {
        Thread waiting = Thread.currentThread();
        if (slot.tryAcquire()) {
            return true;
        }
        try (Cancellation queued = run.cancellation().child()) {
            queued.onCancel(waiting::interrupt);
            slot.acquire();
            return true;
        } catch (InterruptedException cancelled) {
            run.cancel();
            return false;
        }
    }

    /** Runs a pipeline that an activity of another calls, or continues the run that the activity had started before. */
    ObjectNode runChild(PipelineRun parent, RunningActivity activity, String pipeline, ObjectNode parameters, boolean wait)
            throws InterruptedException {
        return new ChildRun(this, parent, activity, pipeline).run(parameters, wait);
    }

    RunRecord startChild(RunRequest request, Cancellation parent) {
        RunRecord before = store.find(request.runId()).orElse(null);
        if (before == null) {
            return start(request, List.of(), parent);
        }
        return before.status().ended() ? before : resume(before, false, parent);
    }

    void detach(Runnable work) {
        detached.add(Thread.ofVirtual().name("detached-run").start(() -> {
            try {
                work.run();
            } catch (RuntimeException problem) {
                LoggerFactory.getLogger(PipelineRunner.class).error("A run that nobody waits for failed", problem);
            }
        }));
    }

    /** Waits until the runs have ended that pipelines started without waiting for them. */
    public void awaitDetached() throws InterruptedException {
        for (Thread thread = detached.poll(); thread != null; thread = detached.poll()) {
            thread.join();
        }
    }

    /** Cancels all that runs; the runs end as cancelled. */
    public void cancelAll() {
        running.values().forEach(PipelineRun::cancel);
    }

    private void watchForCancel() {
        try {
            while (true) {
                Thread.sleep(WATCH_INTERVAL);
                running.forEach((runId, run) -> {
                    if (store.cancelAsked(runId)) {
                        run.cancel();
                    }
                });
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    ActivityType activityType(ActivityDefinition definition) {
        return ActivityRunner.type(types, definition);
    }

    Services services() {
        return services;
    }

    RunListener listener() {
        return listener;
    }

    Concealment concealment() {
        return concealment;
    }

    /** Gives the data directory back; runs that nobody waits for are cancelled. */
    @Override
    public void close() {
        cancelAll();
        watch.interrupt();
        lock.close();
    }
}
