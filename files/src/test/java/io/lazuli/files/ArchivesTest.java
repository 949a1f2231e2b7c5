package io.lazuli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.source.Compression;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = {"ZIP", "TAR", "TAR_GZIP"})
    void unpacksWhatItPacks(Compression kind) throws IOException {
        Path first = Files.writeString(folder.resolve("first.csv"), "a,b\n");
        Path second = Files.writeString(folder.resolve("second.csv"), "ü\n".repeat(10_000));
        String longName = "2024/" + "long".repeat(40) + "/größe.csv";
        Path archive = folder.resolve("archive");
        Archives.create(archive, kind, Compressions.Level.OPTIMAL,
            List.of(new Archives.Entry("first.csv", first), new Archives.Entry(longName, second)));

        List<Archives.Entry> entries = Archives.extract(archive, "archive", kind, folder.resolve("out"));

        assertThat(entries).extracting(Archives.Entry::name).containsExactly("first.csv", longName);
        assertThat(entries.get(1).path()).startsWith(folder.resolve("out")).hasSameBinaryContentAs(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "/etc/outside.txt", "deep/../../outside.txt", "..\\outside.txt"})
    void refusesNamesThatLeaveTheTargetFolder(String name) throws IOException {
        Path archive = folder.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        }
        assertThatThrownBy(() -> Archives.extract(archive, "evil.zip", Compression.ZIP, folder.resolve("out")))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
            .hasMessageContaining("outside.txt").hasMessageContaining("evil.zip");
        assertThat(folder.resolve("outside.txt")).doesNotExist();
    }

    @Test
    void refusesLinksByName() throws IOException {
        Path archive = folder.resolve("link.tar");
        try (OutputStream bytes = Files.newOutputStream(archive); TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry link = new TarArchiveEntry("passwords", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        assertThatThrownBy(() -> Archives.extract(archive, "link.tar", Compression.TAR, folder.resolve("out")))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_SUPPORTED))
            .hasMessageContaining("passwords");
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = {"ZIP", "TAR", "TAR_GZIP"})
    void failsOnAFileThatIsNoArchive(Compression kind) throws IOException {
        Path archive = Files.writeString(folder.resolve("plain.txt"), "no archive at all, ".repeat(100));
        assertThatThrownBy(() -> Archives.extract(archive, "in/plain.txt", kind, folder.resolve("out")))
            .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(AlgebraError.MALFORMED_DATA))
            .hasMessageContaining("in/plain.txt");
    }
}
