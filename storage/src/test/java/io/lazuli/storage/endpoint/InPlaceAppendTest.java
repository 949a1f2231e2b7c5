package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.PageRange;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.PageBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.storage.content.HalfDone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends add to the file that is there. */
class InPlaceAppendTest {
    @TempDir
    private Path folder;

    private StorageWorld world;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void append(AppendBlobClient blob, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        blob.appendBlock(new ByteArrayInputStream(bytes), bytes.length);
    }

    private AppendBlobClient blob(BlobContainerClient container) {
        AppendBlobClient blob = container.getBlobClient("log").getAppendBlobClient();
        blob.create();
        return blob;
    }

    @Test
    void keepsTheFileWhenABlockIsAppended() throws IOException {
        AppendBlobClient blob = blob(world.container("raw"));
        Object file = Files.getAttribute(world.file("raw", "log"), "unix:ino");
        for (int i = 0; i < 300; i++) {
            append(blob, "line " + i + "\n");
        }
        assertThat(Files.getAttribute(world.file("raw", "log"), "unix:ino")).isEqualTo(file);
        assertThat(Files.readAllLines(world.file("raw", "log"))).hasSize(300).endsWith("line 299");
        assertThat(blob.getProperties().getCommittedBlockCount()).isEqualTo(300);
    }

    @Test
    void whatAnotherProgramMakesOfAnExtendedFileIsItsContent() throws IOException {
        world.container("raw");
        DataLakeFileClient file = world.lake("raw").createFile("a");
        file.append(BinaryData.fromString("0123456789"), 0);
        file.flush(10, true);
        Files.writeString(world.file("raw", "a"), "other");

        assertThat(file.getProperties().getFileSize()).isEqualTo(5);
        file.append(BinaryData.fromString("!"), 5);
        file.flush(6, true);
        assertThat(world.container("raw").getBlobClient("a").downloadContent()).hasToString("other!");
    }

    @Test
    void aSnapshotOfPagesWhoseFileGotAnotherTimeHasThemAll() throws IOException {
        PageBlobClient pages = world.container("raw").getBlobClient("disk").getPageBlobClient();
        pages.create(4096);
        byte[] footer = new byte[512];
        Arrays.fill(footer, (byte) 7);
        pages.uploadPages(new PageRange().setStart(3584).setEnd(4095), new ByteArrayInputStream(footer));
        Files.setLastModifiedTime(world.file("raw", "disk"), FileTime.fromMillis(0));

        byte[] content = pages.createSnapshot().downloadContent().toBytes();

        assertThat(Arrays.copyOfRange(content, 3584, 4096)).isEqualTo(footer);
    }

    @Test
    void keepsTheFileWhenDataIsFlushed() throws IOException {
        world.container("raw");
        DataLakeFileClient file = new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .buildClient().getFileSystemClient("raw").createFile("a");
        Object before = Files.getAttribute(world.file("raw", "a"), "unix:ino");
        for (int i = 0; i < 100; i++) {
            file.append(BinaryData.fromString("0123456789"), i * 10L);
            file.flush(i * 10L + 10, true);
        }
        assertThat(Files.getAttribute(world.file("raw", "a"), "unix:ino")).isEqualTo(before);
        assertThat(Files.readString(world.file("raw", "a"))).isEqualTo("0123456789".repeat(100));
    }

    @Test
    void leavesAnotherNameOfTheFileAsItIs() throws IOException {
        AppendBlobClient blob = blob(world.container("raw"));
        append(blob, "one");
        Files.createLink(folder.resolve("linked"), world.file("raw", "log"));
        append(blob, "two");
        assertThat(Files.readString(folder.resolve("linked"))).isEqualTo("one");
        assertThat(Files.readString(world.file("raw", "log"))).isEqualTo("onetwo");
    }

    @Test
    void takesBackAtTheStartWhatAnAppendLeftHalfDone() throws IOException {
        AppendBlobClient blob = blob(world.container("raw"));
        append(blob, "whole");
        String etag = blob.getProperties().getETag();
        world.close();
        HalfDone.extend(folder, world.file("raw", "log"), "contoso/raw/log", " half of it");
        assertThat(Files.readString(world.file("raw", "log"))).isEqualTo("whole half");
        world = new StorageWorld(folder);
        AppendBlobClient again = world.container("raw").getBlobClient("log").getAppendBlobClient();
        assertThat(Files.readString(world.file("raw", "log"))).isEqualTo("whole");
        assertThat(again.getProperties().getETag()).isEqualTo(etag);
        append(again, "!");
        assertThat(again.downloadContent().toString()).isEqualTo("whole!");
    }

    @Test
    void refusesABlockThatBringsLessThanItSays() {
        AppendBlobClient blob = blob(world.container("raw"));
        append(blob, "one");
        assertThatThrownBy(() -> blob.appendBlockWithResponse(new ByteArrayInputStream(new byte[3]), 3, new byte[16], null, null, null))
            .isInstanceOf(BlobStorageException.class);
        assertThat(blob.downloadContent().toString()).isEqualTo("one");
    }
}
