package io.lazuli.compatibility.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.fs.azurebfs.AbstractAbfsIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Hadoop's driver of Data Lake Storage (abfs) works with the service, as tests say that Hadoop's project publishes: those of its contract
 * of file systems, and those of the driver's operations. Which ones are left out, skip themselves, or fail, and why, is in
 * {@code exceptions.txt}.
 */
class AbfsDriverTest {
    private static final String PACKAGE = "org\\.apache\\.hadoop\\.fs\\.azurebfs\\.";
    /** The system property runs others. */
    private static final String TESTS = System.getProperty("abfs.tests", PACKAGE + "(contract\\.ITest.*|ITestAzureBlobFilesystemAcl"
        + "|ITestAzureBlobFileSystem(Append|Attributes|CheckAccess|Create|Delete|Flush|ListStatus|Permission|Rename))");
    /** Fewer mean that tests left themselves out because a setting or the service misled them. */
    private static final int LEAST = 550;

    @TempDir
    private Path folder;

    @Test
    void passesHadoopsOwnTests() throws IOException, URISyntaxException {
        Exceptions exceptions = Exceptions.read();
        Outcome outcome = new Outcome();
        try (ServedLake lake = new ServedLake(folder, "contosolake")) {
            System.setProperty("lazuli.account", lake.account());
            System.setProperty("lazuli.key", lake.key());
            System.setProperty("lazuli.port", Integer.toString(lake.port()));
            LauncherFactory.create().execute(tests(exceptions), outcome);
        }
        System.out.println("Hadoop's tests of abfs: " + outcome.summary());
        assertThat(outcome.passed()).as("tests that passed").hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(outcome.failures().keySet()).as("%s", outcome.failures())
            .allMatch(test -> exceptions.covers(Exceptions.Kind.FAILS, test));
        assertThat(outcome.skipped().keySet()).as("%s", outcome.skipped())
            .allMatch(test -> exceptions.covers(Exceptions.Kind.SKIPS, test));
        assertThat(exceptions.idle(outcome)).as("exceptions that no test needs").isEmpty();
    }

    private static LauncherDiscoveryRequest tests(Exceptions exceptions) throws URISyntaxException {
        Path jar = Path.of(AbstractAbfsIntegrationTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return request().selectors(selectClasspathRoots(Set.of(jar))).filters(EngineFilter.includeEngines("junit-vintage"),
            includeClassNamePatterns(TESTS),
            (PostDiscoveryFilter) test -> exceptions.filter(test)).build();
    }
}
