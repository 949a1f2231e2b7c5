package io.lazuli.engine.spark;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.spark.render.OperatorTable;
import io.lazuli.engine.spark.render.SparkTypes;
import io.lazuli.engine.spark.worker.OperatorFunction;
import io.lazuli.foundation.CommonError;
import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperators;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/** The process's connection to Spark, which starts when it is first needed, and the functions that queries call. */
final class SparkInstance implements AutoCloseable {
    /** Spark tells every step; what matters comes as failures. Loggers that nothing refers to forget their level. */
    private static final List<Logger> QUIET = Stream.of("org.apache.spark", "org.apache.hadoop", "org.sparkproject", "org.apache.parquet")
        .map(Logger::getLogger).toList();

    /** What queries rely on, whatever else is configured. */
    private static final Map<String, String> CONFIGURATION = Map.of("spark.sql.session.timeZone", "UTC", "spark.sql.ansi.enabled", "true",
        "spark.sql.caseSensitive", "true", "spark.sql.variable.substitute", "false", "spark.sql.datetime.java8API.enabled", "true",
        "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS", "spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED",
        "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
        // Sums of decimals of 38 digits keep their scale and fail when they are too large.
        "spark.sql.decimalOperations.allowPrecisionLoss", "false",
        // Makes plans of some unions of unions that Spark then refuses (SPARK-53308).
        "spark.sql.optimizer.excludedRules", "org.apache.spark.sql.catalyst.optimizer.RemoveRedundantAliases");

    private final SparkSettings settings;
    private final Map<Demanded, String> demanded = new HashMap<>();
    private SparkSession spark;
    private boolean closed;

    /** A function of Java code for some type. */
    private record Demanded(UDF1<Object, Object> function, DataType result) {
    }

    SparkInstance(SparkSettings settings) {
        this.settings = settings;
    }

    synchronized SparkSession session() {
        if (closed) {
            throw failure(CommonError.INVALID_ARGUMENT, "The engine is closed");
        }
        if (spark == null) {
            spark = start();
            JavaOperators.all().forEach(this::register);
            demanded.forEach(this::register);
        }
        return spark;
    }

    /** The name of a function, which is there when queries run. */
    synchronized String function(UDF1<Object, Object> function, DataType result) {
        Demanded one = new Demanded(function, result);
        String name = demanded.get(one);
        if (name == null) {
            name = "lazuli_" + function.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "_" + demanded.size();
            demanded.put(one, name);
            if (spark != null) {
                register(one, name);
            }
        }
        return name;
    }

    private void register(Demanded one, String name) {
        spark.udf().register(name, functions.udf(one.function(), type(one.result())));
    }

    private static org.apache.spark.sql.types.DataType type(DataType type) {
        return org.apache.spark.sql.types.DataType.fromDDL(SparkTypes.of(type));
    }

    private void register(JavaOperator operator) {
        OperatorFunction body = new OperatorFunction(operator.name(), settings.isConnect());
        org.apache.spark.sql.types.DataType type = type(JavaImplementedOperators.type(operator.result()));
        UserDefinedFunction function = switch (operator.parameters().size()) {
            case 0 -> functions.udf((UDF0<Object>) body, type);
            case 1 -> functions.udf((UDF1<Object, Object>) body, type);
            case 2 -> functions.udf((UDF2<Object, Object, Object>) body, type);
            case 3 -> functions.udf((UDF3<Object, Object, Object, Object>) body, type);
            default -> functions.udf((UDF4<Object, Object, Object, Object, Object>) body, type);
        };
        spark.udf().register(OperatorTable.functionName(operator), operator.steady() ? function : function.asNondeterministic());
    }

    /** For jobs that are cancelled together. */
    JobGroup jobs() {
        return new JobGroup(session(), settings.isConnect());
    }

    private SparkSession start() {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        try {
            return settings.isConnect() ? connected() : started();
        } catch (RuntimeException e) {
            throw SparkErrors.translate(e);
        }
    }

    /** A session of a server, which is sent what its functions need. */
    private SparkSession connected() {
        SparkSession session = SparkSession.builder().remote(settings.master()).getOrCreate();
        CONFIGURATION.forEach((key, value) -> session.conf().set(key, value));
        jars().forEach(session::addArtifact);
        return session;
    }

    private SparkSession started() {
        SparkSession.Builder builder = SparkSession.builder().master(settings.master()).appName("lazuli")
            .config("spark.ui.enabled", false)
            .config("spark.sql.warehouse.dir", settings.temporaryDirectory().resolve("warehouse").toString());
        CONFIGURATION.forEach(builder::config);
        if (settings.isLocal()) {
            builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", settings.temporaryDirectory().toString())
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors());
        } else {
            builder.config("spark.jars", String.join(",", jars()));
        }
        return builder.getOrCreate();
    }

    /** What a cluster's workers need of this program: the operators, and the functions that call them. */
    private static List<String> jars() {
        return Stream.of(JavaOperator.class, OperatorFunction.class)
            .map(type -> Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString()).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (spark != null) {
            spark.stop();
            spark = null;
        }
    }
}
