package io.lazuli.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CachedLibrariesTest {
    @TempDir
    private Path folder;

    @Test
    void classesOfJava5BecomeThoseThatTheCacheTakesAndWorkAsBefore() throws Exception {
        Path jar = folder.resolve("picocli.jar");
        Files.copy(Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI()), jar);
        assertThat(CachedLibraries.isOld(jar)).isTrue();

        CachedLibraries.main(new String[] {folder.toString()});

        assertThat(CachedLibraries.isOld(jar)).isFalse();
        assertThat(folder).isDirectoryContaining("glob:**/picocli.jar").isDirectoryNotContaining("glob:**/*.raised");
        try (URLClassLoader raised = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> ansi = raised.loadClass("picocli.CommandLine$Help$Ansi");
            assertThat(ansi.getMethod("string", String.class)
                .invoke(ansi.getField("OFF").get(null), "@|bold set|@ it")).isEqualTo("set it");
        }
    }
}
