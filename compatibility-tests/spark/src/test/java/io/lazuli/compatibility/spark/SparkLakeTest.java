package io.lazuli.compatibility.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.compatibility.ServedLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads and writes the lake through {@code abfs://}, in Parquet files and in Delta tables. */
class SparkLakeTest {
    private static final String HOST = "contosolake.dfs.core.windows.net";
    private static final String CONTAINER = "abfs://spark@" + HOST;

    @TempDir
    private static Path folder;

    private static ServedLake lake;
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        lake = new ServedLake(folder, "contosolake");
        spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.hadoop.fs.azure.abfs.endpoint", "127.0.0.1:" + lake.port())
            .config("spark.hadoop.fs.azure.always.use.https", "false")
            .config("spark.hadoop.fs.azure.networking.library", "JDK_HTTP_URL_CONNECTION")
            .config("spark.hadoop.fs.azure.account.key." + HOST, lake.key())
            .config("spark.hadoop.fs.azure.createRemoteFileSystemDuringInitialization", "true").getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
        lake.close();
    }

    private static Dataset<Row> numbers(long from, long to) {
        return spark.range(from, to).selectExpr("id", "id % 3 AS rest");
    }

    private static List<String> rows(Dataset<Row> data) {
        return data.toJSON().collectAsList().stream().sorted().toList();
    }

    @Test
    void writesAndReadsParquetByPartitions() {
        String place = CONTAINER + "/parquet/numbers";
        numbers(0, 10).write().partitionBy("rest").parquet(place);
        numbers(10, 12).write().mode(SaveMode.Append).partitionBy("rest").parquet(place);
        assertThat(rows(spark.read().parquet(place).where("rest = 1").select("id")))
            .containsExactly("{\"id\":1}", "{\"id\":10}", "{\"id\":4}", "{\"id\":7}");
        numbers(20, 21).write().mode(SaveMode.Overwrite).parquet(place);
        assertThat(rows(spark.read().parquet(place))).containsExactly("{\"id\":20,\"rest\":2}");
        assertThat(Files.exists(folder.resolve("data/lake/contosolake/spark/parquet/numbers/_SUCCESS"))).isTrue();
    }

    @Test
    void writesChangesAndReadsDeltaTables() {
        String place = CONTAINER + "/delta/numbers";
        numbers(0, 4).write().format("delta").save(place);
        spark.sql("UPDATE delta.`" + place + "` SET rest = 9 WHERE id = 3");
        spark.sql("DELETE FROM delta.`" + place + "` WHERE id = 0");
        numbers(3, 5).createOrReplaceTempView("news");
        spark.sql("MERGE INTO delta.`" + place + "` t USING news n ON t.id = n.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        assertThat(rows(spark.read().format("delta").load(place))).containsExactly(
            "{\"id\":1,\"rest\":1}", "{\"id\":2,\"rest\":2}", "{\"id\":3,\"rest\":0}", "{\"id\":4,\"rest\":1}");
        assertThat(spark.read().format("delta").option("versionAsOf", "0").load(place).count()).isEqualTo(4);
        assertThat(spark.sql("DESCRIBE HISTORY delta.`" + place + "`").count()).isEqualTo(4);
    }
}
