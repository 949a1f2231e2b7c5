package io.lazuli.compatibility.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop's driver signs in as a service principal, with the settings that {@code lazuli env} prints, and uses the lake over TLS. */
class AbfsSignInTest {
    private static final org.apache.hadoop.fs.Path FILE = new org.apache.hadoop.fs.Path("/in/a.txt");

    @TempDir
    private static Path folder;

    private static ServedLake lake;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("lazuli.yaml"), """
            access:
              service-principals:
                loader: {}
                guest: {}
              roles:
                - role: Storage Blob Data Contributor
                  to: [loader]
            """);
        lake = new ServedLake(folder, "contosolake");
        lake.trust();
        Files.createDirectories(folder.resolve("data/lake/contosolake/raw"));
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    private static FileSystem signedIn(String credential, String as) throws IOException {
        Configuration settings = new Configuration(false);
        settings.addResource(Configuration.class.getResource("/core-default.xml"));
        String printed = lake.print("env", "--account", "contosolake", "--output", "hadoop", "--credential", credential, "--as", as);
        settings.addResource(new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)), "lazuli");
        return FileSystem.newInstance(URI.create("abfss://raw@contosolake.dfs.core.windows.net/"), settings);
    }

    private static void roundTrip(String credential) throws IOException {
        byte[] text = credential.getBytes(StandardCharsets.UTF_8);
        try (FileSystem files = signedIn(credential, "loader")) {
            try (FSDataOutputStream out = files.create(FILE, true)) {
                out.write(text);
            }
            try (FSDataInputStream in = files.open(FILE)) {
                assertThat(in.readAllBytes()).isEqualTo(text);
            }
        }
    }

    @Test
    void byASecret() throws IOException {
        roundTrip("secret");
    }

    @Test
    void asAManagedIdentity() throws IOException {
        roundTrip("machine");
    }

    @Test
    void whoHasNoRoleIsRefused() throws IOException {
        try (FileSystem files = signedIn("secret", "guest")) {
            assertThatThrownBy(() -> files.create(FILE, true)).isInstanceOf(AccessDeniedException.class);
        }
    }
}
