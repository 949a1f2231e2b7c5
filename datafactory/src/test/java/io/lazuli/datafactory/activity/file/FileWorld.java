package io.lazuli.datafactory.activity.file;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.activity.Orchestration;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Lake;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A lake with datasets, in which an activity runs alone: what is not about files is refused. */
final class FileWorld implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private final Path folder;
    private final Lake lake;
    private final Map<String, ResolvedDataset> datasets = new LinkedHashMap<>();
    private Engine engine;

    FileWorld(Path folder) {
        this.folder = folder;
        this.lake = new Lake(folder, Map.of());
    }

    FileWorld engine(Engine engine) {
        this.engine = engine;
        return this;
    }

    /** Writes a file of account {@code contoso}; the path begins with the container. */
    Path write(String path, String content) throws IOException {
        Path file = file(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    Path file(String path) {
        return folder.resolve("contoso").resolve(path);
    }

    List<String> files(String under) throws IOException {
        Path start = file(under);
        try (var paths = Files.walk(start)) {
            return paths.filter(Files::isRegularFile).map(path -> start.relativize(path).toString()).sorted().toList();
        }
    }

    /** A dataset in container {@code data} of account {@code contoso}, of linked service type AzureBlobFS. */
    FileWorld dataset(String name, String type, String folderPath, String fileName, String more) {
        ObjectNode properties = (ObjectNode) JSON.readTree(more);
        properties.putObject("location").put("type", "AzureBlobFSLocation").put("fileSystem", "data").put("folderPath", folderPath)
            .put("fileName", fileName);
        datasets.put(name, new ResolvedDataset(name, type, properties, null, service("AzureBlobFS"), Place.UNKNOWN));
        return this;
    }

    /** A table of database {@code contoso.database.windows.net/sales}. */
    FileWorld table(String name, String properties) {
        ObjectNode connection = JSON.createObjectNode().put("server", "contoso.database.windows.net").put("database", "sales");
        datasets.put(name, new ResolvedDataset(name, "AzureSqlTable", (ObjectNode) JSON.readTree(properties), null,
            new ResolvedLinkedService("sales", "AzureSqlDatabase", connection, Place.UNKNOWN), Place.UNKNOWN));
        return this;
    }

    /** A resource of a web server. */
    FileWorld web(String name, String type, String url, String properties) {
        ObjectNode server = JSON.createObjectNode().put("url", url).put("authenticationType", "Anonymous");
        datasets.put(name, new ResolvedDataset(name, type, (ObjectNode) JSON.readTree(properties), null,
            new ResolvedLinkedService("web", "HttpServer", server, Place.UNKNOWN), Place.UNKNOWN));
        return this;
    }

    ResolvedDataset dataset(String name) {
        return datasets.get(name);
    }

    static ResolvedLinkedService service(String type) {
        ObjectNode properties = JSON.createObjectNode().put("url", "https://contoso.dfs.core.windows.net");
        return new ResolvedLinkedService("lake", type, properties, Place.UNKNOWN);
    }

    ObjectNode run(ActivityType type, String typeProperties) throws InterruptedException {
        ObjectNode json = JSON.createObjectNode();
        json.set("typeProperties", JSON.readTree(typeProperties));
        ActivityDefinition definition = new ActivityDefinition("activity", type.name(), List.of(),
            new ActivityDefinition.Policy(JSON.createObjectNode()), false, null, json, new LinkedHashMap<>(), Place.UNKNOWN);
        Activity activity = type.create(definition);
        return activity.run(context(definition));
    }

    Services services() {
        SqlDatabases databases = new SqlDatabases(() -> engine, LazuliConfiguration.STANDARD, Clock.systemUTC());
        return proxy(Services.class, Map.of("databases", databases,
            "clock", Clock.systemUTC(), "secrets", new Secrets(null, null, Map.of(), _ -> null, Clock.systemUTC()),
            "files", new FileStores(lake, name -> Optional.empty()),
            "configuration", LazuliConfiguration.STANDARD, "dataDirectory", folder, "engine", Optional.ofNullable(engine)));
    }

    private ActivityContext context(ActivityDefinition definition) {
        Services services = services();
        return new ActivityContext() {
            @Override
            public ActivityDefinition definition() {
                return definition;
            }

            @Override
            public ObjectNode properties() {
                return definition.typeProperties();
            }

            @Override
            public JsonNode evaluate(JsonNode template) {
                return template;
            }

            @Override
            public JsonNode evaluate(
                JsonNode template, JsonNode item) {
                return template;
            }

            @Override
            public Services services() {
                return services;
            }

            @Override
            public ResolvedDataset dataset(Reference reference) {
                return datasets.get(reference.name());
            }

            @Override
            public ResolvedLinkedService linkedService(Reference reference) {
                return service(reference.name());
            }

            @Override
            public ResolvedDataset input(int index) {
                return List.copyOf(datasets.values()).get(index);
            }

            @Override
            public ResolvedDataset output(int index) {
                return List.copyOf(datasets.values()).get(index + 1);
            }

            @Override
            public String activityRunId() {
                return "5c698705-a6e2-40bf-911e-e0a927de3f07";
            }

            @Override
            public ObjectNode once(String step, Supplier<ObjectNode> work) {
                return work.get();
            }

            @Override
            public Execution execution() {
                return Execution.UNWATCHED;
            }

            @Override
            public Orchestration orchestration() {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** Answers the methods that are named; others fail the test. */
    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            Object answer = answers.get(method.getName());
            if (answer instanceof Optional<?> optional) {
                return optional.orElseThrow();
            }
            if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answer;
        }));
    }

    @Override
    public void close() {
        lake.close();
    }
}
