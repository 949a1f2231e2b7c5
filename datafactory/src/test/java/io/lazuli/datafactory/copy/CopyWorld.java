package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.Orchestration;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.datafactory.connector.Secrets;
import io.lazuli.datafactory.connector.file.FileStores;
import io.lazuli.datafactory.connector.sql.SqlDatabases;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A data directory with a lake and databases, in which tests run copies as pipelines would. */
final class CopyWorld implements Services {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATABASE = "contoso.database.windows.net/sales";

    private final Path directory;
    private final Engine engine;
    private final FileStores files;
    private final Map<String, ResolvedDataset> datasets = new HashMap<>();
    private final Map<String, ObjectNode> steps = new HashMap<>();
    private LazuliConfiguration configuration = LazuliConfiguration.STANDARD;
    private int run;

    CopyWorld(Path directory) {
        this.directory = directory;
        this.engine = new DuckDbEngine(DuckDbSettings.of(directory));
        this.files = new FileStores(new Lake(directory.resolve("lake"), Map.of()), _ -> Optional.empty());
    }

    /** Writes a file of the lake's container {@code data}. */
    CopyWorld file(String path, String text) {
        try {
            Path file = path(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(path(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String path) {
        return directory.resolve("lake/contosolake/data").resolve(path);
    }

    /** The files below a folder, by their paths within it. */
    List<String> list(String folder) {
        Path root = path(folder);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A dataset of files: its type, its path in the container, and more properties as JSON without braces. */
    CopyWorld files(String name, String type, String folder, String fileName, String properties) {
        ObjectNode json = object("{" + (properties == null ? "" : properties) + "}");
        ObjectNode location = json.putObject("location").put("type", "AzureBlobFSLocation").put("fileSystem", "data");
        location.put("folderPath", folder);
        if (fileName != null) {
            location.put("fileName", fileName);
        }
        datasets.put(name, new ResolvedDataset(name, type, json, null, lake(), Place.of(Path.of("dataset/" + name + ".json"), "$")));
        return this;
    }

    /** A dataset of another kind. */
    CopyWorld dataset(ResolvedDataset dataset) {
        datasets.put(dataset.name(), dataset);
        return this;
    }

    /** What {@code lazuli.yaml} says. */
    CopyWorld configured(String yaml) {
        try {
            Path file = Files.writeString(directory.resolve("lazuli.yaml"), yaml);
            configuration = new ConfigurationFile(file, _ -> null).read();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of database {@code contoso.database.windows.net/sales}. */
    CopyWorld table(String name, String schema, String table) {
        ObjectNode json = JSON.createObjectNode();
        if (table != null) {
            json.put("schema", schema).put("table", table);
        }
        ResolvedLinkedService service = new ResolvedLinkedService("sales", "AzureSqlDatabase",
            object("{\"server\": \"contoso.database.windows.net\", \"database\": \"sales\"}"), Place.UNKNOWN);
        datasets.put(name, new ResolvedDataset(name, "AzureSqlTable", json, null, service, Place.UNKNOWN));
        return this;
    }

    private static ResolvedLinkedService lake() {
        return new ResolvedLinkedService("lake", "AzureBlobFS", object("{\"url\": \"https://contosolake.dfs.core.windows.net\"}"),
            Place.UNKNOWN);
    }

    /** Copies from a dataset to a dataset with the activity's properties as JSON. */
    ObjectNode copy(String from, String to, String typeProperties) {
        try {
            return new CopyActivityType().create(definition()).run(new Context(from, to, object(typeProperties)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what the run's journal says, as if the process had died before it was written. */
    void loseJournal() {
        steps.clear();
    }

    /** From here on copies are other activity runs. */
    void nextRun() {
        run++;
        steps.clear();
    }

    /** Makes table {@code dbo.people}. */
    void create(List<CreateTable.Column> columns, List<String> primaryKey) {
        try (Session session = engine.open()) {
            session.execute(new CreateTable(new TableName(DATABASE, "dbo", "people"), columns, primaryKey, false), Execution.UNWATCHED);
        }
    }

    /** Runs T-SQL on the database. */
    void script(String text) {
        try (Session session = engine.open()) {
            new LocalDatabase(databases(), DATABASE).script(session, text);
        }
    }

    /** A table's columns with their declared types; none when there is no table. */
    List<String> columns(String schema, String table) {
        try (Session session = engine.open()) {
            return session.catalog(DATABASE).table(schema, table).map(Catalog.Table::columns).orElse(List.of()).stream()
                .map(column -> column.name() + " " + column.declaredType()).toList();
        }
    }

    /** A table's rows, values separated by bars. */
    List<String> rows(String schema, String table) {
        TableSource source = new TableSource(new TableName(DATABASE, schema, table));
        List<String> rows = new ArrayList<>();
        try (Session session = engine.open();
            RowCursor cursor = session.query(new Scan(source, engine.describe(source)), Execution.UNWATCHED)) {
            while (cursor.next()) {
                rows.add(IntStream.range(0, cursor.schema().size()).mapToObj(i -> String.valueOf(cursor.value(i)))
                    .collect(Collectors.joining("|")));
            }
        }
        return rows;
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    private static ActivityDefinition definition() {
        return new ActivityDefinition("Copy rows", "Copy", List.of(), new ActivityDefinition.Policy(JSON.createObjectNode()), false,
            ActivityDefinition.Outcome.SUCCEEDED, JSON.createObjectNode(), new LinkedHashMap<>(),
            Place.of(Path.of("pipeline/p.json"), "$.properties.activities[0]"));
    }

    @Override
    public Workspace workspace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path dataDirectory() {
        return directory;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public FileStores files() {
        return files;
    }

    @Override
    public SqlDatabases databases() {
        return new SqlDatabases(() -> engine, configuration, Clock.systemUTC());
    }

    @Override
    public LazuliConfiguration configuration() {
        return configuration;
    }

    @Override
    public Secrets secrets() {
        return new Secrets(null, null, Map.of(), _ -> null, clock());
    }

    @Override
    public JsonMapper json() {
        return JSON;
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public void close() {
        engine.close();
    }

    /** What the one activity sees. */
    private final class Context implements ActivityContext {
        private final String from;
        private final String to;
        private final ObjectNode properties;

        Context(String from, String to, ObjectNode properties) {
            this.from = from;
            this.to = to;
            this.properties = properties;
        }

        @Override
        public ActivityDefinition definition() {
            return CopyWorld.definition();
        }

        @Override
        public ObjectNode properties() {
            return properties;
        }

        @Override
        public JsonNode evaluate(JsonNode template) {
            return template;
        }

        @Override
        public JsonNode evaluate(JsonNode template, JsonNode item) {
            return template;
        }

        @Override
        public Services services() {
            return CopyWorld.this;
        }

        @Override
        public ResolvedDataset dataset(Reference reference) {
            return datasets.get(reference.name());
        }

        @Override
        public ResolvedLinkedService linkedService(Reference reference) {
            return lake();
        }

        @Override
        public ResolvedDataset input(int index) {
            return datasets.get(from);
        }

        @Override
        public ResolvedDataset output(int index) {
            return datasets.get(to);
        }

        @Override
        public String activityRunId() {
            return "5d2f7c1e-0000-4000-8000-%012d".formatted(run);
        }

        @Override
        public ObjectNode once(String step, Supplier<ObjectNode> work) {
            ObjectNode known = steps.get(step);
            if (known == null) {
                known = work.get();
                steps.put(step, known);
            }
            return known;
        }

        @Override
        public Execution execution() {
            return Execution.UNWATCHED;
        }

        @Override
        public Orchestration orchestration() {
            throw new UnsupportedOperationException();
        }
    }
}
