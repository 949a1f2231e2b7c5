package io.lazuli.cli.option;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.EngineSettings;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which workspace a command works on, and where its data is. */
public final class WorkspaceOptions {
    private static final List<String> MARKS =
        List.of(ConfigurationFile.NAME, "publish_config.json", "pipeline", "ARMTemplateForFactory.json", ".lazuli");

    @Option(names = "--workspace", paramLabel = "DIR",
        description = "The workspace's folder, or an exported template (default: this folder or the nearest above that is one).")
    private Path workspace;

    @Option(names = "--data-dir", paramLabel = "DIR",
        description = "Where runs, lake and databases are (default: .lazuli in the workspace).")
    private Path dataDirectory;

    /** The folder that was given, or the nearest that looks like a workspace. */
    private Path given() {
        if (workspace != null) {
            Path folder = workspace.toAbsolutePath().normalize();
            if (!Files.exists(folder)) {
                throw failure(CommonError.NOT_FOUND, Place.of(folder, null), "There is no folder '%s'", folder);
            }
            return folder;
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            Path candidate = folder;
            if (MARKS.stream().anyMatch(mark -> Files.exists(candidate.resolve(mark)))) {
                return folder;
            }
        }
        return here;
    }

    /** The workspace's folder, in which {@code lazuli.yaml} and the data directory are. */
    public Path folder() {
        Path given = given();
        return Files.isRegularFile(given) ? given.getParent() : given;
    }

    public Path dataDirectory() {
        Path directory = data();
        Logs.writeTo(directory);
        return directory;
    }

    private Path data() {
        return dataDirectory != null ? dataDirectory.toAbsolutePath().normalize() : folder().resolve(".lazuli");
    }

    public Workspace workspace() {
        return WorkspaceLoader.load(given(), this::foldersOfData);
    }

    /** The data directory, and the accounts and containers that are directories elsewhere. */
    private List<Path> foldersOfData() {
        List<Path> found = new ArrayList<>(List.of(data()));
        ConfigurationFile.load(folder()).storage().values().forEach(account -> {
            Optional.ofNullable(account.directory()).ifPresent(found::add);
            found.addAll(account.containers().values());
        });
        return found;
    }

    public LazuliConfiguration configuration(Workspace loaded) {
        return ConfigurationFile.load(folder(), loaded.folder());
    }

    /** The lake, without reading the workspace's artifacts; the caller closes it. */
    public Lake lake() {
        return LocalServices.lake(ConfigurationFile.load(folder()), dataDirectory());
    }

    /** Makes the engine that {@code lazuli.yaml} describes, without reading the workspace's artifacts. */
    public Supplier<Engine> engine() {
        return () -> Engines.duckDb(dataDirectory(), ConfigurationFile.load(folder()).engine());
    }

    /** What kinds of accounts the configuration describes. */
    public Map<String, AccountSettings> accountSettings() {
        Map<String, AccountSettings> kinds = new HashMap<>();
        ConfigurationFile.load(folder()).storage().forEach((name, settings) ->
            kinds.put(name.toLowerCase(Locale.ROOT),
                new AccountSettings(settings.hierarchical(), settings.versions(), settings.containerRetentionDays(),
                    settings.lastAccessTimeTracking(), settings.encryptionScopes())));
        return kinds;
    }

    /** Who there is and who may do what, without reading the workspace's artifacts. */
    public AccessSettings access() {
        return ConfigurationFile.load(folder()).access();
    }

    /** The services of this process; the caller closes them. The engine is not even loaded before an activity needs it. */
    public LocalServices services() {
        return services(new EngineOptions());
    }

    /** The services of this process, with the engine for data flows that was asked for. */
    public LocalServices services(EngineOptions engines) {
        return services(engines, LakeListener.NOBODY);
    }

    /** The services of this process; {@code listener} hears of the files that activities write. */
    public LocalServices services(EngineOptions engines, LakeListener listener) {
        Workspace loaded = workspace();
        LazuliConfiguration configuration = configuration(loaded);
        Path data = dataDirectory();
        return new LocalServices(
            loaded, configuration, data, () -> Engines.duckDb(data, configuration.engine()), engines.ofFlows(data.resolve("tmp")),
            Clock.systemUTC(), System::getenv, listener);
    }

    /** Apart, so that nothing of the engine is loaded with the options. */
    private static final class Engines {
        static DuckDbEngine duckDb(Path data, EngineSettings settings) {
            DuckDbSettings standard = DuckDbSettings.of(data);
            return new DuckDbEngine(new DuckDbSettings(
                Optional.ofNullable(settings.memoryLimit()),
                settings.threads() == null ? OptionalInt.empty() : OptionalInt.of(settings.threads()),
                settings.temporaryDirectory() == null ? standard.temporaryDirectory() : settings.temporaryDirectory(),
                standard.databaseFile()));
        }
    }
}
