package io.lazuli.datafactory.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write to a data directory. */
class DataDirectoryTest {
    @TempDir
    private Path folder;

    /** Tells whether it may write. */
    public static void main(String[] arguments) {
        try (DataDirectory.Lock lock = new DataDirectory(Path.of(arguments[0])).lock()) {
            System.out.print("mine since " + lock.since());
        } catch (LazuliException refused) {
            System.out.print(refused.code() + ": " + refused.getMessage());
        }
    }

    private String elsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            DataDirectoryTest.class.getName(), folder.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void isHeldAgainstOthersAlsoAfterThisProcessHasAskedAgain() throws IOException, InterruptedException {
        String holder = "Process " + ProcessHandle.current().pid() + " is running pipelines";
        try (DataDirectory.Lock lock = new DataDirectory(folder).lock()) {
            assertThatThrownBy(() -> new DataDirectory(folder.resolve(".")).lock()).hasMessageContaining(holder)
                .hasFieldOrPropertyWithValue("code", CommonError.IN_USE);
            assertThat(elsewhere()).startsWith("IN_USE: ").contains(holder);
            assertThat(lock.since()).isNotNull();
        }
        assertThat(elsewhere()).startsWith("mine since ");
        new DataDirectory(folder).lock().close();
    }

    /** The disk is full for the file that tells who holds the directory. */
    @Test
    void isFreeAgainWhenItCannotTellWhoHoldsIt() throws IOException {
        Path full = Files.createSymbolicLink(folder.resolve("lock"), Path.of("/dev/full"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> new DataDirectory(folder).lock()).hasFieldOrPropertyWithValue("code", CommonError.IO_ERROR);
        }
        Files.delete(full);
        new DataDirectory(folder).lock().close();
    }
}
