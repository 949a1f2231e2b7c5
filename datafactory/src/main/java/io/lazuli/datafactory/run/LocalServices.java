package io.lazuli.datafactory.run;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.policy.GuardedEngine;
import io.lazuli.datafactory.access.ConfiguredPolicy;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.configuration.LinkedServiceSettings;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The services of this machine: all that Azure names is local, under the data directory. Nothing is opened before it is asked for. */
public final class LocalServices implements Services {
    private final Workspace workspace;
    private final LazuliConfiguration configuration;
    private final Path dataDirectory;
    private final Supplier<Engine> engines;
    private final UnaryOperator<Engine> flowEngines;
    private final Clock clock;
    private final JsonMapper json;
    private final LakeListener listener;
    private final SqlDatabases databases;
    private final Secrets secrets;
    private Engine plain;
    private Engine engine;
    private Engine flowEngine;
    private FileStores files;

    /** {@code engines} makes the engine when the first activity needs it; {@code environment} gives a variable's value or null. */
    public LocalServices(Workspace workspace, LazuliConfiguration configuration, Path dataDirectory, Supplier<Engine> engines,
            Clock clock, UnaryOperator<String> environment) {
        this(workspace, configuration, dataDirectory, engines, UnaryOperator.identity(), clock, environment,
            LakeListener.NOBODY);
    }

    /**
     * {@code flowEngines} gives the engine for data flows beside the one that all else runs on, or that one itself; {@code listener}
     * hears of the files that activities write.
     */
    public LocalServices(Workspace workspace, LazuliConfiguration configuration, Path dataDirectory, Supplier<Engine> engines,
            UnaryOperator<Engine> flowEngines, Clock clock, UnaryOperator<String> environment, LakeListener listener) {
        this.listener = listener;
        this.workspace = workspace;
        this.configuration = configuration;
        this.dataDirectory = dataDirectory;
        this.engines = engines;
        this.flowEngines = flowEngines;
        this.clock = clock;
        this.json = mapper();
        this.databases = new SqlDatabases(this::engine, configuration, clock);
        this.secrets = new Secrets(
            workspace, new SecretStore(dataDirectory, environment), configuration.secrets(), environment, clock);
    }

    /** Reads JSON as journals and activities hold it. */
    public static JsonMapper mapper() {
        return JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public LazuliConfiguration configuration() {
        return configuration;
    }

    @Override
    public Path dataDirectory() {
        return dataDirectory;
    }

    @Override
    public synchronized Engine engine() {
        if (engine == null) {
            plain = engines.get();
            engine = guarded(plain);
        }
        return engine;
    }

    @Override
    public synchronized Engine flowEngine() {
        if (flowEngine == null) {
            Engine home = engine();
            Engine other = flowEngines.apply(plain);
            flowEngine = other == plain ? home : guarded(other);
        }
        return flowEngine;
    }

    private Engine guarded(Engine plain) {
        AccessSettings access = configuration.access();
        return access.policies().isEmpty() ? plain
            : new GuardedEngine(plain, new ConfiguredPolicy(access.policies(), () -> files().lake()), access.identity());
    }

    @Override
    public synchronized FileStores files() {
        if (files == null) {
            files = new FileStores(lake(configuration, dataDirectory, listener),
                name -> configuration.linkedService(name).map(LinkedServiceSettings::directory),
                name -> configuration.linkedService(name).map(LinkedServiceSettings::account));
        }
        return files;
    }

    /** The lake of a data directory, with the accounts and containers that are directories elsewhere; the caller closes it. */
    public static Lake lake(LazuliConfiguration configuration, Path dataDirectory) {
        return lake(configuration, dataDirectory, LakeListener.NOBODY);
    }

    private static Lake lake(LazuliConfiguration configuration, Path dataDirectory, LakeListener listener) {
        Map<String, Path> accounts = new HashMap<>();
        configuration.storage().forEach((name, settings) -> {
            String account = name.toLowerCase(Locale.ROOT);
            if (settings.directory() != null) {
                accounts.put(account, settings.directory());
            }
            settings.containers().forEach((container, directory) -> accounts.put(account + "/" + container, directory));
        });
        return new Lake(dataDirectory.resolve("lake"), accounts, listener);
    }

    @Override
    public SqlDatabases databases() {
        return databases;
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public JsonMapper json() {
        return json;
    }

    @Override
    public synchronized void close() {
        if (flowEngine != null && flowEngine != engine) {
            flowEngine.close();
        }
        flowEngine = null;
        if (engine != null) {
            engine.close();
            engine = null;
        }
        if (files != null) {
            files.lake().close();
            files = null;
        }
    }
}
