package io.lazuli.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that stage files in the same place. */
class StagingAreaTest {
    private static final int TURNS = 200;

    @TempDir
    private Path folder;

    /** Stages so many files in each of two threads, one after the other, each in an area of its own, and fails when one is lost. */
    public static void main(String[] arguments) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<Void> turns = () -> {
                for (int turn = 0; turn < Integer.parseInt(arguments[1]); turn++) {
                    stage(Path.of(arguments[0]));
                }
                return null;
            };
            for (Future<Void> each : threads.invokeAll(List.of(turns, turns))) {
                each.get();
            }
        }
    }

    private static void stage(Path root) throws IOException {
        try (StagingArea area = new StagingArea(root)) {
            Path file = Files.writeString(area.newFile(), "text");
            Path other = Files.writeString(area.newFolder().resolve("other"), "text");
            if (!Files.readString(file).equals(Files.readString(other))) {
                throw new IllegalStateException(file + " and " + other + " differ");
            }
        }
    }

    private Process staging(int turns) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), StagingAreaTest.class.getName(), root().toString(),
            Integer.toString(turns)).redirectErrorStream(true).start();
    }

    private Path root() {
        return folder.resolve("lake/.staging");
    }

    private static void assertSucceeds(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void leaveEachOthersFilesAlone() throws IOException, InterruptedException {
        for (Process process : List.of(staging(TURNS), staging(TURNS), staging(TURNS))) {
            assertSucceeds(process);
        }
        assertThat(root()).doesNotExist();
    }

    @Test
    void leaveThoseOfAProcessAloneThatHasTwoAreas() throws IOException, InterruptedException {
        try (StagingArea first = new StagingArea(root()); StagingArea second = new StagingArea(root())) {
            List<Path> staged = List.of(Files.writeString(first.newFile(), "1"), Files.writeString(second.newFile(), "2"));
            assertSucceeds(staging(1));
            assertThat(staged).allSatisfy(file -> assertThat(file).exists());
        }
        try (Stream<Path> left = Files.list(folder.resolve("lake"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void tellWhenTheirFolderCannotBeMadeAndMakeItOnceItCan() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("lake"), folder.resolve("missing"));
        try (StagingArea area = new StagingArea(root())) {
            assertThatThrownBy(area::newFile).hasMessageContaining("Cannot make the staging folder under " + root());
            Files.delete(link);
            assertThat(Files.writeString(area.newFile(), "text")).exists();
        }
    }
}
