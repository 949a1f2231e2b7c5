package io.lazuli.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code lazuli --version} prints: this program's version and the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/io/lazuli/version.properties")) {
            properties.load(stream);
        }
        return new String[] {"lazuli " + properties.getProperty("version") + " (Java " + Runtime.version() + ")"};
    }
}
