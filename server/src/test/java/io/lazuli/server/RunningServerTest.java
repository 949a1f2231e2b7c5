package io.lazuli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves a data directory, as other processes see it. */
class RunningServerTest {
    private static final int CLAIMS = 200;

    @TempDir
    private Path folder;

    /** Looks again and again, and tells what it sees first and when that changes, until it is ended or its parent is. */
    public static void main(String[] arguments) {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Boolean seen = null;
        while (parent.isAlive()) {
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

    /** What a server that was killed leaves. */
    private void leaveStale() throws IOException {
        try (RunningServer.Claim killed = RunningServer.claim(folder)) {
            killed.publish(server());
            Files.copy(folder.resolve("server.json"), folder.resolve("stale"));
        }
        Files.move(folder.resolve("stale"), folder.resolve("server.json"));
    }

    private String firstSight() throws IOException {
        Process looker = looking();
        try {
            return looker.inputReader().readLine();
        } finally {
            looker.destroyForcibly();
        }
    }

    @Test
    void whoOnlyLooksIsNotTakenForAServer() throws IOException {
        leaveStale();
        try (FileChannel other = FileChannel.open(folder.resolve("server.lock"), StandardOpenOption.READ);
                FileLock look = other.tryLock(0, Long.MAX_VALUE, true)) {
            assertThat(look).isNotNull();
            assertThat(firstSight()).isEqualTo("not served");
        }
    }

    @Test
    void whatAKilledServerToldIsNotTrueOfTheNextOne() throws IOException {
        leaveStale();
        assertThat(RunningServer.find(folder)).isEmpty();
        try (RunningServer.Claim claim = RunningServer.claim(folder)) {
            assertThat(RunningServer.find(folder)).isEmpty();
            assertThat(firstSight()).isEqualTo("not served");
            claim.publish(server());
            assertThat(firstSight()).isEqualTo("served");
        }
    }

    @Test
    void isServedAlsoUnderAnotherName() throws IOException {
        Path renamed = folder.resolve("renamed");
        try (RunningServer.Claim claim = RunningServer.claim(folder.resolve("data"))) {
            claim.publish(server());
            Files.move(folder.resolve("data"), renamed);
            assertThatThrownBy(() -> RunningServer.claim(renamed)).hasFieldOrPropertyWithValue("code", CommonError.IN_USE);
            assertThat(RunningServer.find(renamed)).contains(server());
            folder = renamed;
            assertThat(firstSight()).isEqualTo("served");
        }
        assertThat(RunningServer.find(renamed)).isEmpty();
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
