package io.lazuli.datafactory.trigger;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.event.EventScope;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.event.StorageEventListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The started triggers of a workspace, watched from {@link #start} to {@link #close}: each firing is on the disk before the event that
 * caused it is acknowledged, and its runs go on after a crash. A run that fails stops nothing.
 */
public final class StartedTriggers implements StorageEventListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartedTriggers.class);
    private static final Duration STEP = Duration.ofSeconds(1);
    /** A schedule's time that nobody was awake at, such as in a machine that slept, is let go after this. */
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** A trigger that was started and cannot be watched, and why. */
    public record Unwatched(String name, LazuliException reason) {
    }

    private final Map<String, Trigger> triggers = new LinkedHashMap<>();
    private final Map<Trigger, BlobEventFilter> filters = new LinkedHashMap<>();
    private final Map<Trigger, Recurrence> schedules = new LinkedHashMap<>();
    private final Map<Trigger, TumblingSettings> windows = new LinkedHashMap<>();
    private final List<Unwatched> unwatched = new ArrayList<>();
    private final TriggerJournal journal;
    private final FiringRuns runs;
    /** What an earlier process had not ended. */
    private final List<PendingFiring> left;
    private final Clock clock;
    /** Schedules fire at their times after this one, however long the start takes. */
    private final Instant begin;
    private final ExecutorService clocks = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code services} reads the workspace as it is when runs begin; {@code workspace} says which triggers are watched. */
    public StartedTriggers(Workspace workspace, Path dataDirectory, Supplier<LocalServices> services, List<ActivityType> types,
            Clock clock, TriggerListener listener) {
        this.clock = clock;
        this.begin = clock.instant();
        workspace.triggers().values().stream().filter(StartedTriggers::isStarted).forEach(this::read);
        this.journal = new TriggerJournal(dataDirectory, LocalServices.mapper());
        this.left = journal.pending();
        this.runs = new FiringRuns(new PipelineSessions(services, types), journal, listener);
    }

    /** Whether a trigger's definition says that it runs. */
    public static boolean isStarted(Trigger trigger) {
        return "Started".equalsIgnoreCase(trigger.runtimeState());
    }

    private void read(Trigger trigger) {
        try {
            switch (trigger.type()) {
                case "BlobEventsTrigger" -> filters.put(trigger, BlobEventFilter.of(trigger));
                case "ScheduleTrigger" -> schedules.put(trigger, TriggerFiring.recurrence(trigger));
                case "TumblingWindowTrigger" -> windows.put(trigger, TumblingSettings.of(trigger));
                case "CustomEventsTrigger" -> throw failure(CommonError.NOT_SUPPORTED, trigger.place(),
                    "Nothing sends custom events here; lazuli trigger run %s --event JSON does", trigger.name());
                default -> throw failure(CommonError.NOT_SUPPORTED, trigger.place(), "Triggers of type %s are not watched", trigger.type());
            }
            triggers.put(trigger.name(), trigger);
        } catch (LazuliException reason) {
            unwatched.add(new Unwatched(trigger.name(), reason));
        }
    }

    /** The triggers that are watched, and when they fire first. */
    public List<WatchedTrigger> watched() {
        List<WatchedTrigger> all = new ArrayList<>();
        filters.forEach((trigger, filter) -> all.add(new WatchedTrigger(trigger.name(), trigger.type(), filter.toString())));
        schedules.forEach((trigger, recurrence) -> all.add(new WatchedTrigger(trigger.name(), trigger.type(),
            recurrence.next(begin).map(next -> "next at " + next).orElse("no more"))));
        windows.forEach((trigger, settings) -> all.add(new WatchedTrigger(trigger.name(), trigger.type(),
            next(trigger, settings).map(window -> "next window " + window.start() + " to " + window.end()).orElse("no more"))));
        return all;
    }

    public List<Unwatched> unwatched() {
        return List.copyOf(unwatched);
    }

    private Optional<TumblingWindow.Window> next(Trigger trigger, TumblingSettings settings) {
        return settings.windows().following(journal.windowsFired(trigger.name()).orElse(null));
    }

    /** Begins to fire; first of all what an earlier process had not ended. */
    public void start() {
        for (PendingFiring pending : left) {
            Trigger trigger = triggers.get(pending.trigger());
            if (trigger == null) {
                LOG.warn("The trigger '{}', which fired for {}, is not started any more", pending.trigger(), pending.cause());
                journal.ended(pending);
            } else if (!windows.containsKey(trigger)) {
                runs.begin(trigger, pending);
            }
        }
        schedules.forEach((trigger, recurrence) -> clocks.submit(() -> logged(trigger, () -> follow(trigger, recurrence))));
        windows.forEach((trigger, settings) -> clocks.submit(() -> logged(trigger, () -> follow(trigger, settings))));
    }

    @Override
    public void happened(StorageEvent event) {
        filters.forEach((trigger, filter) -> {
            if (filter.matches(event)) {
                fire(trigger, PendingFiring.blob(trigger.name(), clock.instant(), BlobEventFilter.blob(event)));
            }
        });
    }

    @Override
    public Set<EventScope> scopes() {
        return filters.values().stream().map(BlobEventFilter::scope).collect(Collectors.toSet());
    }

    private void fire(Trigger trigger, PendingFiring firing) {
        journal.fired(firing);
        runs.begin(trigger, firing);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Void logged(Trigger trigger, Work work) throws InterruptedException {
        try {
            work.run();
        } catch (RuntimeException problem) {
            LOG.error("The trigger '{}' is not watched any more", trigger.name(), problem);
        }
        return null;
    }

    private void follow(Trigger trigger, Recurrence recurrence) throws InterruptedException {
        Optional<Instant> next = recurrence.next(begin);
        while (next.isPresent()) {
            await(next.get());
            if (Duration.between(next.get(), clock.instant()).compareTo(LATEST) < 0) {
                fire(trigger, PendingFiring.at(trigger.name(), clock.instant(), next.get()));
            }
            next = recurrence.next(next.get());
        }
    }

    private void follow(Trigger trigger, TumblingSettings settings) throws InterruptedException {
        Semaphore concurrent = new Semaphore(settings.maxConcurrency(), true);
        for (PendingFiring pending : left) {
            if (pending.trigger().equals(trigger.name())) {
                runWindow(trigger, pending, settings, concurrent);
            }
        }
        for (Optional<TumblingWindow.Window> window = next(trigger, settings); window.isPresent(); window = next(trigger, settings)) {
            await(window.get().end().plus(settings.windows().delay()));
            PendingFiring firing = PendingFiring.at(trigger.name(), clock.instant(), window.get().end());
            journal.windowFired(firing);
            runWindow(trigger, firing, settings, concurrent);
        }
    }

    private void runWindow(Trigger trigger, PendingFiring firing, TumblingSettings settings, Semaphore concurrent)
            throws InterruptedException {
        concurrent.acquire();
        runs.begin(trigger, firing, settings.retries(), settings.retryInterval(), concurrent::release);
    }

    /** In steps, so that a clock that is set or a machine that slept is noticed. */
    private void await(Instant moment) throws InterruptedException {
        for (Duration left = Duration.between(clock.instant(), moment); left.isPositive();
                left = Duration.between(clock.instant(), moment)) {
            Thread.sleep(left.compareTo(STEP) < 0 ? left : STEP);
        }
    }

    /**
     * Begins no more runs. Those that go get a few seconds to end; those that do not go on when the triggers are watched again. What
     * happens until {@link #close} fires, and runs then.
     */
    public void end() {
        clocks.shutdownNow();
        runs.close();
    }

    @Override
    public void close() {
        end();
        journal.close();
    }
}
