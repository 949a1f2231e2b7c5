package io.lazuli.server;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRecord;
import io.lazuli.datafactory.run.RunStatus;
import io.lazuli.datafactory.run.RunStore;
import io.lazuli.datafactory.standard.StandardActivities;
import io.lazuli.datafactory.trigger.StartedTriggers;
import io.lazuli.datafactory.trigger.TriggerListener;
import io.lazuli.datafactory.workspace.WorkspaceLoader;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.event.ResourceGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The services of a workspace that a test writes, with the account {@code contoso}; also a process that a test can kill. */
final class ServedWorkspace implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 600_000;

    private final Path folder;
    private final Lake lake;
    private final LocalServer server;

    ServedWorkspace(Path folder) {
        this(folder, Clock.systemUTC());
    }

    /** With the clock of triggers and runs. */
    ServedWorkspace(Path folder, Clock clock) {
        this(folder, clock, 0);
    }

    /** On a port. */
    ServedWorkspace(Path folder, int port) {
        this(folder, Clock.systemUTC(), port);
    }

    private ServedWorkspace(Path folder, Clock clock, int port) {
        this.folder = folder;
        LazuliConfiguration configuration = ConfigurationFile.load(folder);
        lake = LocalServices.lake(configuration, data(folder));
        ServerSettings settings = new ServerSettings(data(folder), "127.0.0.1", port, Optional.empty(), ResourceGroup.LOCAL, Map.of());
        boolean started = false;
        try {
            server = new LocalServer(settings, lake, AccessSettings.STANDARD, name -> null,
                files -> Optional.of(new StartedTriggers(WorkspaceLoader.load(folder), data(folder), () -> services(folder, files, clock),
                    StandardActivities.all(), clock, new Silent())), () -> new DuckDbEngine(DuckDbSettings.of(data(folder))));
            started = true;
        } finally {
            if (!started) {
                lake.close();
            }
        }
    }

    static Path data(Path folder) {
        return folder.resolve(".lazuli");
    }

    private static LocalServices services(Path folder, LakeListener files, Clock clock) {
        return new LocalServices(WorkspaceLoader.load(folder), ConfigurationFile.load(folder), data(folder),
            () -> new DuckDbEngine(DuckDbSettings.of(data(folder))), UnaryOperator.identity(), clock, name -> null, files);
    }

    /** The runs say all. */
    private record Silent() implements TriggerListener {
        @Override
        public void ran(String trigger, String cause, RunRecord run) {
        }

        @Override
        public void failed(String trigger, String cause, RuntimeException failure) {
        }
    }

    /** Writes an artifact; single quotes stand for double ones. */
    static void artifact(Path folder, String path, String properties) {
        String name = path.substring(path.indexOf('/') + 1);
        try {
            Path file = folder.resolve(path + ".json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, ("{'name': '" + name + "', 'properties': {" + properties + "}}").replace('\'', '"').replace('`', '\''));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Writes a pipeline {@code NAME} that copies the file that its parameters name into a container. */
    static void copying(Path folder, String name, String container) {
        artifact(folder, "linkedService/lake", "'type': 'AzureBlobFS', 'typeProperties': {'url': 'https://contoso.dfs.core.windows.net'}");
        artifact(folder, "dataset/file", "'type': 'Binary', 'linkedServiceName': {'referenceName': 'lake', 'type': "
            + "'LinkedServiceReference'}, 'parameters': {'container': {'type': 'string'}, 'folder': {'type': 'string'}, "
            + "'file': {'type': 'string'}}, "
            + "'typeProperties': {'location': {'type': 'AzureBlobFSLocation', 'fileSystem': {'value': '@dataset().container', "
            + "'type': 'Expression'}, 'folderPath': {'value': '@dataset().folder', 'type': 'Expression'}, 'fileName': "
            + "{'value': '@dataset().file', 'type': 'Expression'}}}");
        artifact(folder, "pipeline/" + name, "'parameters': {'folder': {'type': 'string'}, 'file': {'type': 'string'}}, 'activities': ["
            + "{'name': 'Copy', 'type': 'Copy', 'typeProperties': {'source': {'type': 'BinarySource', 'storeSettings': {'type': "
            + "'AzureBlobFSReadSettings'}}, 'sink': {'type': 'BinarySink', 'storeSettings': {'type': 'AzureBlobFSWriteSettings'}}}, "
            + "'inputs': [{'referenceName': 'file', 'type': 'DatasetReference', 'parameters': {"
            + "'container': '@first(split(pipeline().parameters.folder, `/`))', "
            + "'folder': '@join(skip(split(pipeline().parameters.folder, `/`), 1), `/`)', 'file': '@pipeline().parameters.file'}}], "
            + "'outputs': [{'referenceName': 'file', 'type': 'DatasetReference', 'parameters': {'container': '" + container
            + "', 'folder': 'done', 'file': '@pipeline().parameters.file'}}]}]");
    }

    /** Writes a started trigger on storage events that runs a pipeline with the event's folder and file. */
    static void onBlobs(Path folder, String name, String pipeline, String typeProperties) {
        artifact(folder, "trigger/" + name, "'type': 'BlobEventsTrigger', 'runtimeState': 'Started', 'typeProperties': {" + typeProperties
            + "}, 'pipelines': [{'pipelineReference': {'referenceName': '" + pipeline + "', 'type': 'PipelineReference'}, 'parameters': "
            + "{'folder': '@triggerBody().folderPath', 'file': '@triggerBody().fileName'}}]");
    }

    String connectionString() {
        return server.state().connectionString("contoso", server.keys().ensure("contoso"));
    }

    BlobServiceClient blobs() {
        return client(connectionString());
    }

    static BlobServiceClient client(String connectionString) {
        return new BlobServiceClientBuilder().connectionString(connectionString).buildClient();
    }

    RunningServer state() {
        return server.state();
    }

    List<RunRecord> runs() {
        return runs(folder);
    }

    static List<RunRecord> runs(Path folder) {
        return new RunStore(data(folder), LocalServices.mapper()).list();
    }

    /** Waits until so many runs have ended; fails when they do not. */
    List<RunRecord> awaitRuns(int count) {
        await(() -> runs().stream().filter(run -> run.status().ended()).count() >= count);
        return runs();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.currentTimeMillis() > deadline) {
                throw new AssertionError("It did not happen within " + PATIENCE_MILLIS + " ms");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
        }
    }

    static boolean succeeded(RunRecord run) {
        return run.status() == RunStatus.SUCCEEDED;
    }

    @Override
    public void close() {
        server.close();
        lake.close();
    }

    /** Serves a folder until it is killed; writes its connection string to a file when it is ready. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        ServedWorkspace served = new ServedWorkspace(folder);
        Path fresh = folder.resolve("ready.new");
        Files.writeString(fresh, served.connectionString());
        Files.move(fresh, Path.of(arguments[1]));
        Thread.currentThread().join();
    }
}
