package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.spark.render.SparkTypes;
import io.lazuli.engine.spark.render.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * What one query reads, as views of Spark's. Spark reads Parquet files itself; whatever else there is, files of other formats, tables
 * and rows that Java makes, the engine at home writes as Parquet first. All of it is forgotten with the query.
 */
final class QuerySources implements Surroundings, AutoCloseable {
    private final SparkInstance instance;
    private final Session home;
    private final Execution execution;
    private final SparkSettings settings;
    private final Map<String, Integer> uses = new HashMap<>();
    private final String prefix = "q" + UUID.randomUUID().toString().replace("-", "");
    private final List<String> views = new ArrayList<>();
    private final List<HandedRows> handed = new ArrayList<>();
    private final List<Dataset<Row>> kept = new ArrayList<>();
    private final List<SharedView> shared = new ArrayList<>();

    /** A shared plan and the view that stands for it. */
    private record SharedView(Shared plan, String name) {
    }

    QuerySources(SparkInstance instance, Session home, SparkSettings settings, Plan plan, Execution execution) {
        this.instance = instance;
        this.home = home;
        this.settings = settings;
        this.execution = execution;
        Plans.forEach(plan, part -> {
            if (part instanceof Shared one) {
                uses.merge(one.name(), 1, Integer::sum);
            }
            return true;
        });
    }

    @Override
    public String scan(Scan scan) {
        List<String> names = scan.schema().names();
        if (scan.source() instanceof SparkRows rows) {
            List<String> all = rows.schema().names();
            return view(typed(rows.rows(), scan.schema(), names.stream().map(name -> "c" + all.indexOf(name)).toList()));
        }
        if (scan.source() instanceof FileSource files && files.format() instanceof ParquetFormat && files.pathColumn().isEmpty()) {
            return view(typed(parquet(files), scan.schema(), names));
        }
        HandedRows rows = HandedRows.in(settings.temporaryDirectory());
        handed.add(rows);
        String file = rows.fromHome(home, scan, execution).toString();
        return view(typed(spark().read().parquet(file), scan.schema(), IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList()));
    }

    private SparkSession spark() {
        return instance.session();
    }

    private Dataset<Row> parquet(FileSource source) {
        // Folders are no columns.
        return spark().read().options(Map.of("mergeSchema", "true", "recursiveFileLookup", "true"))
            .parquet(source.files().stream().map(file -> file.path().toString()).toArray(String[]::new));
    }

    private static Dataset<Row> typed(Dataset<Row> rows, Schema schema, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Column column = functions.col("`" + names.get(i).replace("`", "``") + "`");
            DataType type = schema.fields().get(i).type();
            columns.add((type == ScalarType.VARIANT || type == ScalarType.UUID ? column : column.cast(SparkTypes.of(type))).as("c" + i));
        }
        return rows.select(columns.isEmpty() ? new Column[] {functions.lit(0).as("nothing")} : columns.toArray(Column[]::new));
    }

    private String view(Dataset<Row> rows) {
        String name = prefix + "_" + views.size();
        rows.createOrReplaceTempView(name);
        views.add(name);
        return name;
    }

    /** A part that is used more than once is run once: Spark keeps its rows until the query ends. */
    @Override
    public String shared(Shared plan, Supplier<String> query) {
        for (SharedView each : shared) {
            if (each.plan().name().equals(plan.name()) && (each.plan() == plan || each.plan().input().equals(plan.input()))) {
                return each.name();
            }
        }
        Dataset<Row> rows = spark().sql(query.get());
        if (uses.getOrDefault(plan.name(), 2) > 1) {
            kept.add(rows.persist(StorageLevel.MEMORY_AND_DISK()));
        }
        shared.add(new SharedView(plan, view(rows)));
        return shared.getLast().name();
    }

    @Override
    public String function(UDF1<Object, Object> function, DataType result) {
        return instance.function(function, result);
    }

    @Override
    public void close() {
        kept.forEach(rows -> rows.unpersist(true));
        views.forEach(view -> spark().catalog().dropTempView(view));
        handed.forEach(HandedRows::close);
    }
}
