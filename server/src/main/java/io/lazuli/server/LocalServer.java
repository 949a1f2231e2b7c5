package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.trigger.StartedTriggers;
import io.lazuli.foundation.CommonError;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.content.Housekeeping;
import io.lazuli.storage.endpoint.StorageServer;
import io.lazuli.storage.endpoint.StorageSettings;
import io.lazuli.storage.event.StorageEventListener;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of a data directory, from the constructor until {@link #close}. */
public final class LocalServer implements AutoCloseable {
    private static final String REHYDRATION_SECONDS = "LAZULI_REHYDRATION_SECONDS";

    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    private static final Duration LIFECYCLE_PAUSE = Duration.ofHours(1);

    private final RunningServer.Claim claim;
    private final AccountKeys keys;
    private final Optional<StartedTriggers> triggers;
    private final QueryAcceleration queries;
    private final StorageServer storage;
    private final RunningServer state;
    private Housekeeping lifecycle;

    /**
     * Starts them; {@code IN_USE} when another process serves the data directory or has the port.
     *
     * @param lake closed by the caller, after this
     * @param environment gives a variable's value or null
     * @param started gives the triggers to watch, closed by this; what their pipelines do to files they shall tell the listener
     * @param engines makes the engine of queries over blobs, when the first one comes
     */
    public LocalServer(ServerSettings settings, Lake lake, UnaryOperator<String> environment,
            Function<LakeListener, Optional<StartedTriggers>> started, Supplier<Engine> engines) {
        claim = RunningServer.claim(settings.dataDirectory());
        queries = new QueryAcceleration(engines);
        PipelineFiles files = new PipelineFiles();
        try {
            triggers = started.apply(files);
        } catch (RuntimeException failure) {
            claim.close();
            throw failure;
        }
        try {
            keys = new AccountKeys(new SecretStore(settings.dataDirectory(), environment), settings.isLocal());
            storage = new StorageServer(
                new StorageSettings(settings.dataDirectory(), settings.host(), settings.port(), settings.tls(), settings.group(),
                    rehydration(environment), settings.accounts()),
                lake, keys, triggers.map(StorageEventListener.class::cast), Optional.of(queries));
            files.connect(storage.files());
            state = new RunningServer(
                ProcessHandle.current().pid(), settings.host(), storage.port(), settings.tls().isPresent(), Instant.now(),
                triggers.map(StartedTriggers::watched).orElse(List.of()));
            triggers.ifPresent(StartedTriggers::start);
            claim.publish(state);
        } catch (RuntimeException failure) {
            triggers.ifPresent(StartedTriggers::close);
            claim.close();
            throw failure;
        }
    }

    private static Duration rehydration(UnaryOperator<String> environment) {
        String seconds = environment.apply(REHYDRATION_SECONDS);
        if (seconds == null) {
            return StorageSettings.DEFAULT_REHYDRATION;
        }
        if (!seconds.matches("\\d{1,6}")) {
            throw failure(CommonError.INVALID_ARGUMENT, "%s is '%s'; expected a number of seconds", REHYDRATION_SECONDS, seconds);
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    /** Applies lifecycle policies of accounts, now and every hour. */
    public void manage(Map<String, LifecyclePolicy> policies) {
        if (!policies.isEmpty()) {
            lifecycle = new Housekeeping(() -> policies.forEach((account, policy) -> {
                List<LifecycleRun.Step> steps = storage.lifecycle().run(account, policy, Instant.now(), false);
                long failed = steps.stream().filter(step -> step.failure() != null).count();
                LOG.info("The lifecycle policy of {} has run: {} done, {} failed", account, steps.size() - failed, failed);
            }), LIFECYCLE_PAUSE);
        }
    }

    /** Where it is. */
    public RunningServer state() {
        return state;
    }

    public AccountKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        if (lifecycle != null) {
            lifecycle.close();
        }
        try {
            storage.close();
            triggers.ifPresent(StartedTriggers::close);
        } finally {
            queries.close();
            claim.close();
        }
    }
}
