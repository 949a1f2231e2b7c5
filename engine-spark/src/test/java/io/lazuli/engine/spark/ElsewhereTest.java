package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark on a cluster and behind a Spark Connect server gives the rows that DuckDB gives. */
class ElsewhereTest {
    @TempDir
    private Path folder;

    @Test
    void aStandaloneClusterGivesTheSameRows() throws IOException {
        try (SparkProcesses processes = new SparkProcesses(folder)) {
            Path home = processes.home();
            List<Path> spark = List.of(home.resolve("jars/*"));
            String master = processes.start(spark, "Starting Spark master at (spark://\\S+)",
                List.of("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
            processes.start(spark, "(Successfully registered) with master", List.of("org.apache.spark.deploy.worker.Worker", "--host",
                "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", "2", "--memory", "1g", "--work-dir",
                folder.resolve("work").toString(), master), "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13");
            assertThat(compared(processes, master, false)).isEqualTo("the same");
            // Directories of classes are sent as jars, and what has been built as the jar that it is.
            try (Stream<Path> sent = Files.walk(folder.resolve("work"))) {
                assertThat(sent.filter(file -> file.getFileName().toString().matches("(part|lazuli-operators).*\\.jar"))).hasSize(2);
            }
        }
    }

    @Test
    void aSparkConnectServerGivesTheSameRows() throws IOException {
        try (SparkProcesses processes = new SparkProcesses(folder)) {
            String port = processes.start(processes.server(), "Spark Connect server started at: .*:(\\d+)", List.of(
                "-Dspark.master=local[2]", "-Dspark.ui.enabled=false", "-Dspark.connect.grpc.binding.address=127.0.0.1",
                "-Dspark.connect.grpc.binding.port=0", "-Dspark.local.dir=" + folder, "-Dspark.sql.warehouse.dir=" + folder.resolve("w"),
                "org.apache.spark.sql.connect.service.SparkConnectServer"));
            assertThat(compared(processes, "sc://127.0.0.1:" + port, true)).isEqualTo("the same");
        }
    }

    private static String compared(SparkProcesses processes, String master, boolean connect) throws IOException {
        return processes.start(processes.client(connect), EnginesElsewhere.DONE,
            List.of("-D" + BothEngines.MASTER + "=" + master, EnginesElsewhere.class.getName(), "1", "1"));
    }
}
