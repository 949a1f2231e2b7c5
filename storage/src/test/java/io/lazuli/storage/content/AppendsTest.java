package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.FilesBelow;
import io.lazuli.storage.http.ServiceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of data that waits while its file is replaced or deleted. */
class AppendsTest {
    private static final BlobAddress ADDRESS = new BlobAddress("contoso", "raw", "in/a.txt");
    private static final Appends.Flush FLUSH = new Appends.Flush(false, null, blob -> { }, record -> record);

    @TempDir
    private Path folder;

    private OpenLake lake;
    private Blobs blobs;
    private Appends appends;

    @BeforeEach
    void open() throws IOException {
        lake = new OpenLake(folder);
        blobs = lake.blobs();
        appends = new Appends(blobs);
        lake.put(ADDRESS);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private void append(String text) throws IOException {
        append(text, () -> { });
    }

    /** Does something else while the bytes come. */
    private void append(String text, AsideWork meanwhile) throws IOException {
        appends.append(ADDRESS, 0, blob -> { }, (file, position) -> {
            meanwhile.run();
            return file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), position);
        });
    }

    private interface AsideWork {
        void run() throws IOException;
    }

    private String flushed(int position) throws IOException {
        return Files.readString(appends.flush(ADDRESS, position, FLUSH).file());
    }

    private long staged() throws IOException {
        return FilesBelow.staged(folder).size();
    }

    @Test
    void aNewContentForgetsWhatWasAppendedToTheOneBefore() throws IOException {
        append("old");
        lake.put(ADDRESS);
        appends.discard(ADDRESS);
        assertThat(staged()).isZero();
        append("new");
        assertThat(flushed(3)).isEqualTo("new");
        assertThat(staged()).isZero();
    }

    @Test
    void whatIsAppendedBetweenANewContentAndItsDiscardStays() throws IOException {
        append("old");
        lake.put(ADDRESS);
        append("new");
        appends.discard(ADDRESS);
        assertThat(flushed(3)).isEqualTo("new");
    }

    @Test
    void bytesThatComeWhileTheFileIsReplacedAreTheNewOnes() throws IOException {
        append("old");
        append("all of it", () -> lake.put(ADDRESS));
        assertThat(flushed(9)).isEqualTo("all of it");
    }

    @Test
    void bytesThatComeWhileTheFileIsDeletedAreRefused() throws IOException {
        append("old");
        assertThatThrownBy(() -> append("new", this::delete)).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.status() + " " + failure.code()).isEqualTo("404 PathNotFound"));
        assertThat(staged()).isZero();
    }

    private void delete() {
        blobs.delete(ADDRESS, blob -> { }, Blobs.Snapshots.INCLUDE);
    }

    @Test
    void housekeepingFindsThoseWhoseFilesWereDeletedAside() throws IOException {
        append("kept");
        appends.discardAll();
        assertThat(staged()).isOne();
        delete();
        appends.discardAll();
        assertThat(staged()).isZero();
    }

    @Test
    void nothingWaitsAfterARefusedAppend() throws IOException {
        assertThatThrownBy(() -> append("new", () -> {
            throw new IOException("broken off");
        })).hasMessage("broken off");
        assertThat(staged()).isZero();
    }
}
