package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of pages while others come in their place. */
class FileOverwriteTest {
    private static final int SIZE = 64 << 20;
    private static final long HUGE = 4L << 40;
    private static final long MOST_BYTES_ON_DISK = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void keepsOfAFileThatIsMostlyHolesOnlyWhatWasWritten() throws IOException, InterruptedException {
        Path file = folder.resolve("pages");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileOverwrite.setSize(channel, SIZE);
            for (long place : new long[] {512, 30_000_000, SIZE - 512}) {
                channel.write(ByteBuffer.wrap("a page".getBytes(StandardCharsets.US_ASCII)), place);
            }
        }
        BlobRecord record = Blobs.ofFile("pages").withContent(SIZE, 1_000_000, 0, 1_000_000);
        byte[] before = Files.readAllBytes(file);
        FileOverwrite overwrite = FileOverwrite.of(512, SIZE - 512).keep(
            new Blob(new BlobAddress("contoso", "raw", "pages"), record, file, null), folder, "kept", Durability.PROCESS);
        assertThat(Files.size(folder.resolve("kept"))).isEqualTo(SIZE - 512);
        assertThat(bytesOnDisk(folder.resolve("kept"))).isLessThan(MOST_BYTES_ON_DISK);
        Files.write(file, new byte[SIZE / 2]);
        overwrite.takeBack(file, folder, record, Durability.PROCESS);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void readsOfTerabytesOnlyTheRangesThatWereWritten() throws IOException {
        Path file = folder.resolve("pages");
        List<Range> written = List.of(new Range(1024, 1535), new Range(HUGE / 2, HUGE / 2 + 1023), new Range(HUGE - 512, HUGE - 1));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileOverwrite.setSize(channel, HUGE);
            for (Range range : written) {
                channel.write(ByteBuffer.wrap("a page".getBytes(StandardCharsets.US_ASCII)), range.first());
            }
        }
        BlobRecord record = Blobs.ofFile("pages").withContent(HUGE, 1_000_000, 0, 1_000_000);
        FileOverwrite overwrite = FileOverwrite.of(512, HUGE - 512, written).keep(
            new Blob(new BlobAddress("contoso", "raw", "pages"), record, file, null), folder, "kept", Durability.PROCESS);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(512);
        }
        overwrite.takeBack(file, folder, record, Durability.PROCESS);
        assertThat(Files.size(file)).isEqualTo(HUGE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Range range : written) {
                ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(8, HUGE - range.first()));
                channel.read(bytes, range.first());
                assertThat(new String(bytes.array(), StandardCharsets.US_ASCII)).isEqualTo("a page\0\0");
            }
        }
    }

    private static long bytesOnDisk(Path file) throws IOException, InterruptedException {
        Process usage = new ProcessBuilder("du", "-k", file.toString()).redirectErrorStream(true).start();
        String answer = new String(usage.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(usage.waitFor()).as(answer).isZero();
        return Long.parseLong(answer.split("\\s")[0]) * 1024;
    }
}
