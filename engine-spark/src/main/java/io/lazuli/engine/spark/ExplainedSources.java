package io.lazuli.engine.spark;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.spark.render.PlanSql;
import io.lazuli.engine.spark.render.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF1;

/** The text of a plan for people: sources are called by their names, shared parts stand in a WITH clause, and nothing is read. */
record ExplainedSources(SparkInstance spark, Map<String, String> parts) implements Surroundings {
    ExplainedSources(SparkInstance spark) {
        this(spark, new LinkedHashMap<>());
    }

    String text(Plan plan) {
        String query = new PlanSql(this).of(plan);
        return parts.isEmpty() ? query : parts.entrySet().stream().map(part -> part.getKey() + " AS (" + part.getValue() + ")")
            .collect(Collectors.joining(", ", "WITH ", " ")) + query;
    }

    @Override
    public String scan(Scan scan) {
        return quoted(switch (scan.source()) {
            case FileSource files -> files.files().stream().map(SourceFile::name).collect(Collectors.joining(", "));
            case TableSource table -> table.table().toString();
            case RowSource rows -> rows.getClass().getSimpleName();
        });
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public String shared(Shared shared, Supplier<String> query) {
        String name = quoted(shared.name());
        if (!parts.containsKey(name)) {
            String text = query.get();
            parts.put(name, text);
        }
        return name;
    }

    @Override
    public String function(UDF1<Object, Object> function, DataType result) {
        return spark.function(function, result);
    }
}
