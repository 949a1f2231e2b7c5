package io.lazuli.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.type.ScalarType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
    @TempDir
    private Path folder;

    @Test
    void keepsEveryAcknowledgedRowWhenTheProcessIsKilled() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), DurabilityTest.class.getName(),
            folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long acknowledged = -1;
        try (BufferedReader lines = writer.inputReader()) {
            while (acknowledged < 50) {
                acknowledged = Long.parseLong(lines.readLine());
            }
            writer.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = Long.parseLong(line);
            }
        }
        writer.waitFor();
        try (World world = new World(folder)) {
            List<Long> found = world.rowsOf(World.table("Log")).stream().map(row -> (Long) row.getFirst()).sorted().toList();
            assertThat(found).startsWith(LongStream.rangeClosed(0, acknowledged).boxed().toArray(Long[]::new));
            assertThat(found.size()).isBetween((int) acknowledged + 1, (int) acknowledged + 2);
        }
    }

    /** Inserts numbers and tells each when it is kept, until it is killed. */
    public static void main(String[] arguments) {
        World world = new World(Path.of(arguments[0]));
        world.create(World.table("Log"), CreateTable.Column.of("n", ScalarType.INT64));
        for (long n = 0; true; n++) {
            world.session.execute(new InsertRows(World.table("Log"), List.of("n"), World.numbers("n", n)), Execution.UNWATCHED);
            System.out.print(n + "\n");
        }
    }
}
