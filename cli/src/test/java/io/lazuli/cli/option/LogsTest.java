package io.lazuli.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.eclipse.jetty.util.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What comes into a data directory's log, and what does not. */
class LogsTest {
    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        LogManager.getLogManager().reset();
    }

    @Test
    void hasNothingOfMalformedRequestsWhichMayHoldSignatures() throws IOException {
        Logs.writeTo(folder);
        for (String address : new String[] {"host:x?sig=SECRET", "[::1?sig=SECRET", "[::1]:x?sig=SECRET", "a/b?sig=SECRET:99999"}) {
            assertThatThrownBy(() -> new HostPort(address)).as(address).isInstanceOf(IllegalArgumentException.class);
        }
        LoggerFactory.getLogger(LogsTest.class).warn("a warning of our own");
        assertThat(Files.readString(folder.resolve("logs/lazuli.log.0"))).contains("a warning of our own").doesNotContain("SECRET");
    }
}
