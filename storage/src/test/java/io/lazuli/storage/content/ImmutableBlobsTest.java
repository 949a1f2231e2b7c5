package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What policies refuse when they have ended, and when their file is gone. */
class ImmutableBlobsTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "in/a.txt");

    @TempDir
    private Path folder;

    private OpenLake lake;
    private Blobs blobs;
    private Containers containers;

    @BeforeEach
    void open() throws IOException {
        lake = new OpenLake(folder);
        blobs = lake.blobs();
        containers = lake.containers();
        lake.put(ADDRESS);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void keepUntil(long micros) {
        blobs.rewrite(ADDRESS, blob -> { }, record -> ImmutableBlobs.change(record, old -> old.withPolicy(micros, true)));
    }

    @Test
    void aPolicyThatHasEndedLetsItsBlobBeDeletedNotOverwritten() {
        keepUntil(EntityTag.now() - 1);
        assertThatThrownBy(() -> lake.put(ADDRESS)).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("BlobImmutableDueToPolicy"));
        blobs.delete(ADDRESS, blob -> { }, Blobs.Snapshots.REFUSE);
        assertThat(blobs.find(ADDRESS)).isEmpty();
    }

    @Test
    void aPolicyWhoseFileWasDeletedAsideKeepsNothing() throws IOException {
        keepUntil(EntityTag.now() + TimeUnit.DAYS.toMicros(1));
        assertThatThrownBy(() -> containers.delete("contoso", "raw", container -> { })).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("BlobImmutableDueToPolicy"));
        Files.delete(folder.resolve("lake/contoso/raw/in/a.txt"));
        assertThat(containers.hasImmutabilityPolicy(containers.require("contoso", "raw"))).isFalse();
        containers.delete("contoso", "raw", container -> { });
        assertThat(containers.exists("contoso", "raw")).isFalse();
    }
}
