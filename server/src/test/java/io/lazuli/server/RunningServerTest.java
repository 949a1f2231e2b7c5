package io.lazuli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves a data directory, as other processes see it. */
class RunningServerTest {
    private static final int CLAIMS = 200;

    @TempDir
    private Path folder;

    /** Looks again and again, and tells what it sees first and when that changes, until it is ended. */
    public static void main(String[] arguments) {
        Boolean seen = null;
        while (true) {
            boolean now = RunningServer.find(Path.of(arguments[0])).isPresent();
            if (seen == null || seen != now) {
                seen = now;
                System.out.println(now ? "served" : "not served");
            }
        }
    }

    private Process looking() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), RunningServerTest.class.getName(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private RunningServer server() {
        return new RunningServer(ProcessHandle.current().pid(), "127.0.0.1", 1, false, Instant.EPOCH, List.of());
    }

    @Test
    void whoOnlyLooksIsInNobodysWay() throws IOException {
        RunningServer.claim(folder).close();
        Process looker = looking();
        try {
            assertThat(looker.inputReader().readLine()).isEqualTo("not served");
            for (int i = 0; i < CLAIMS; i++) {
                RunningServer.claim(folder).close();
            }
        } finally {
            looker.destroyForcibly();
        }
    }

    @Test
    void isServedForOthersAlsoAfterThisProcessHasLookedOrTriedAgain() throws IOException {
        RunningServer.Claim claim = RunningServer.claim(folder);
        claim.publish(server());
        assertThat(RunningServer.find(folder)).contains(server());
        assertThatThrownBy(() -> RunningServer.claim(folder.resolve(".")))
            .isInstanceOfSatisfying(LazuliException.class, refused -> assertThat(refused.code()).isEqualTo(CommonError.IN_USE))
            .hasMessageContaining("Process " + ProcessHandle.current().pid() + " at http://127.0.0.1:1");
        Process looker = looking();
        try {
            assertThat(looker.inputReader().readLine()).isEqualTo("served");
            claim.close();
            assertThat(looker.inputReader().readLine()).isEqualTo("not served");
        } finally {
            looker.destroyForcibly();
        }
        assertThat(RunningServer.find(folder)).isEmpty();
        RunningServer.claim(folder).close();
    }
}
