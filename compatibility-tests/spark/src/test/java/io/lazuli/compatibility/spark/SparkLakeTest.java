package io.lazuli.compatibility.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.server.LocalServer;
import io.lazuli.server.ServerSettings;
import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.event.ResourceGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Spark with Hadoop's driver of Data Lake Storage and Delta's library, against the service. */
class SparkLakeTest {
    private static final String ACCOUNT = "contosolake";
    private static final String HOST = ACCOUNT + ".dfs.core.windows.net";

    @TempDir
    private static Path folder;

    private static Lake lake;
    private static LocalServer server;
    private static SparkSession spark;

    private String place;

    @BeforeAll
    static void start() throws IOException {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        ServerSettings settings = new ServerSettings(folder, "127.0.0.1", 0, Optional.empty(), ResourceGroup.LOCAL, Map.of());
        server = new LocalServer(settings, lake, AccessSettings.STANDARD, name -> null, files -> Optional.empty(), () -> {
            throw new IllegalStateException("No query is sent");
        });
        Files.createDirectories(folder.resolve("lake").resolve(ACCOUNT).resolve("tables"));
        spark = SparkSession.builder().master("local[2]").appName("lake")
            .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
            .config("spark.databricks.delta.snapshotPartitions", "1")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.hadoop.fs.azure.abfs.endpoint", "127.0.0.1:" + server.state().port())
            .config("spark.hadoop.fs.azure.always.use.https", "false")
            .config("spark.hadoop.fs.azure.networking.library", "JDK_HTTP_URL_CONNECTION")
            .config("spark.hadoop.fs.azure.account.key." + HOST, server.keys().ensure(ACCOUNT))
            .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
        server.close();
        lake.close();
    }

    @BeforeEach
    void place(TestInfo test) {
        place = "abfs://tables@" + HOST + "/" + test.getTestMethod().orElseThrow().getName();
    }

    private Dataset<Row> numbers(long from, long to) {
        return spark.range(from, to).selectExpr("id", "id % 3 AS part", "concat('text ', id) AS text");
    }

    private static List<String> rows(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString(",")).sorted().toList();
    }

    @Test
    void writesAndReadsParquet() throws IOException {
        numbers(0, 1000).write().parquet(place);
        numbers(1000, 1100).write().mode(SaveMode.Append).parquet(place);
        assertThat(spark.read().parquet(place).count()).isEqualTo(1100);
        assertThat(rows(spark.read().parquet(place).filter("id IN (7, 1007)"))).containsExactly("1007,2,text 1007", "7,1,text 7");
        Path files = folder.resolve("lake").resolve(ACCOUNT).resolve("tables/writesAndReadsParquet");
        assertThat(spark.read().parquet(files.toString()).count()).isEqualTo(1100);
        try (Stream<Path> left = Files.list(files)) {
            assertThat(left.map(file -> file.getFileName().toString())).contains("_SUCCESS").doesNotContain("_temporary");
        }
        numbers(0, 5).write().mode(SaveMode.Overwrite).parquet(place);
        assertThat(spark.read().parquet(place).count()).isEqualTo(5);
    }

    @Test
    void writesPartitionsAndReadsSomeOfThem() {
        numbers(0, 30).write().partitionBy("part").parquet(place);
        assertThat(rows(spark.read().parquet(place).groupBy("part").count())).containsExactly("0,10", "1,10", "2,10");
        assertThat(spark.read().parquet(place + "/part=1").count()).isEqualTo(10);
        spark.conf().set("spark.sql.sources.partitionOverwriteMode", "dynamic");
        try {
            numbers(0, 3).filter("part = 2").write().mode(SaveMode.Overwrite).partitionBy("part").parquet(place);
        } finally {
            spark.conf().unset("spark.sql.sources.partitionOverwriteMode");
        }
        assertThat(rows(spark.read().parquet(place).groupBy("part").count())).containsExactly("0,10", "1,10", "2,1");
    }

    @Test
    void readsFilesThatWereCopiedIntoTheFolder() throws IOException {
        Path dropped = folder.resolve("lake").resolve(ACCOUNT).resolve("tables/readsFilesThatWereCopiedIntoTheFolder/day=1");
        Files.createDirectories(dropped);
        Files.writeString(dropped.resolve("a.csv"), "id,text\n1,one\n2,two\n");
        assertThat(rows(spark.read().option("header", true).csv(place))).containsExactly("1,one,1", "2,two,1");
    }

    @Test
    void keepsADeltaTable() {
        numbers(0, 100).write().format("delta").save(place);
        numbers(100, 110).write().format("delta").mode(SaveMode.Append).save(place);
        spark.sql("UPDATE delta.`" + place + "` SET text = 'changed' WHERE id < 3");
        spark.sql("DELETE FROM delta.`" + place + "` WHERE id >= 105");
        numbers(104, 107).selectExpr("id", "part", "'merged' AS text").createOrReplaceTempView("news");
        spark.sql("MERGE INTO delta.`" + place + "` t USING news n ON t.id = n.id WHEN MATCHED THEN UPDATE SET text = n.text "
            + "WHEN NOT MATCHED THEN INSERT *");
        Dataset<Row> table = spark.read().format("delta").load(place);
        assertThat(table.count()).isEqualTo(107);
        assertThat(rows(table.groupBy("text").count().filter("count > 1"))).containsExactly("changed,3", "merged,3");
        assertThat(spark.read().format("delta").option("versionAsOf", 0).load(place).count()).isEqualTo(100);
        assertThat(spark.read().format("delta").option("versionAsOf", 1).load(place).count()).isEqualTo(110);
        assertThat(rows(spark.sql("DESCRIBE HISTORY delta.`" + place + "`").select("version", "operation")))
            .containsExactly("0,WRITE", "1,WRITE", "2,UPDATE", "3,DELETE", "4,MERGE");
    }
}
