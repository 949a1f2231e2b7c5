package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.trigger.StartedTriggers;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.OpenParts;
import io.lazuli.governance.audit.AuditJournal;
import io.lazuli.governance.certificate.LocalCertificates;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.governance.token.SigningKey;
import io.lazuli.governance.token.TokenService;
import io.lazuli.server.identity.LocalIdentities;
import io.lazuli.server.identity.TokenEndpoint;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.authorisation.StorageSecurity;
import io.lazuli.storage.authorisation.UserDelegationKeys;
import io.lazuli.storage.content.Housekeeping;
import io.lazuli.storage.endpoint.StorageServer;
import io.lazuli.storage.endpoint.StorageSettings;
import io.lazuli.storage.endpoint.TlsSettings;
import io.lazuli.storage.event.StorageEventListener;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleRun;
import java.time.Clock;
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

    private final OpenParts parts = new OpenParts();
    private final AccountKeys keys;
    private final Optional<StartedTriggers> triggers;
    private final QueryAcceleration queries;
    private final LocalCertificates certificates;
    private final AuditJournal audit;
    private final StorageServer storage;
    private final RunningServer state;

    /**
     * Starts them; {@code IN_USE} when another process serves the data directory or has the port.
     *
     * @param lake closed by the caller, after this
     * @param access who there is and who may do what
     * @param environment gives a variable's value or null
     * @param started gives the triggers to watch, closed by this; what their pipelines do to files they shall tell the listener
     * @param engines makes the engine of queries over blobs, when the first one comes
     */
    public LocalServer(ServerSettings settings, Lake lake, AccessSettings access, UnaryOperator<String> environment,
            Function<LakeListener, Optional<StartedTriggers>> started, Supplier<Engine> engines) {
        RunningServer.Claim claim = parts.add(RunningServer.claim(settings.dataDirectory()), RunningServer.Claim::close);
        try {
            audit = parts.add(new AuditJournal(settings.dataDirectory()), AuditJournal::close);
            queries = parts.add(new QueryAcceleration(engines), QueryAcceleration::close);
            PipelineFiles files = new PipelineFiles();
            triggers = started.apply(files);
            triggers.ifPresent(found -> parts.add(found, StartedTriggers::close));
            SecretStore secrets = new SecretStore(settings.dataDirectory(), environment);
            keys = new AccountKeys(secrets, settings.isLocal());
            certificates = new LocalCertificates(settings.dataDirectory(), secrets);
            storage = parts.add(storage(settings, lake, new LocalIdentities(access, secrets), secrets, rehydration(environment)),
                StorageServer::close);
            files.connect(storage.files());
            // At the end nothing more comes from outside first; then runs end, whose files the storage service takes until it is closed.
            parts.add(files, PipelineFiles::disconnect);
            triggers.ifPresent(found -> parts.add(found, StartedTriggers::end));
            parts.add(storage, StorageServer::stop);
            state = new RunningServer(
                ProcessHandle.current().pid(), settings.host(), storage.port(), !settings.isLocal(), Instant.now(),
                triggers.map(StartedTriggers::watched).orElse(List.of()));
            triggers.ifPresent(StartedTriggers::start);
            claim.publish(state);
        } catch (RuntimeException | Error failure) {
            parts.closeAfter(failure);
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
            parts.add(new Housekeeping(() -> policies.forEach((account, policy) -> {
                List<LifecycleRun.Step> steps = storage.apply(account, policy);
                long failed = steps.stream().filter(step -> step.failure() != null).count();
                LOG.info("The lifecycle policy of {} has run: {} done, {} failed", account, steps.size() - failed, failed);
            }), LIFECYCLE_PAUSE), Housekeeping::close);
        }
    }

    private StorageServer storage(ServerSettings settings, Lake lake, LocalIdentities identities, SecretStore secrets,
            Duration rehydration) {
        TokenService tokens = new TokenService(identities.tenant(), new SigningKey(secrets), Clock.systemUTC());
        StorageSecurity security =
            new StorageSecurity(keys, tokens, identities.roles(), new UserDelegationKeys(secrets), audit);
        TlsSettings tls = new TlsSettings(
            () -> settings.certificate().orElseGet(certificates::serverKeys), !settings.isLocal());
        return StorageServer.start(
            new StorageSettings(settings.dataDirectory(), settings.host(), settings.port(), tls, settings.group(), rehydration,
                StorageSettings.DEFAULT_IDLE, settings.accounts()),
            lake, security, List.of(new TokenEndpoint(identities, tokens)), triggers.map(StorageEventListener.class::cast),
            Optional.of(queries));
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
        parts.close();
    }
}
