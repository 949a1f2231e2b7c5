package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file being written whose size its source does not tell truthfully, as with decompressed data: writing fails with {@code DISK_FULL}
 * before the disk is full.
 */
public final class GuardedOutputStream extends FilterOutputStream {
    /** Room that stays free for everything else on the disk. */
    static final long RESERVE_BYTES = 256L << 20;
    private static final long CHECK_EVERY_BYTES = 16L << 20;

    private final FileStore disk;
    private final Path file;
    private final String source;
    private long untilCheck;

    /** Creates or replaces the file; {@code source} is what messages name as the origin of the bytes. */
    public GuardedOutputStream(Path file, String source) throws IOException {
        super(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE));
        this.disk = Files.getFileStore(file);
        this.file = file;
        this.source = source;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        untilCheck -= length;
        if (untilCheck < 0) {
            untilCheck = CHECK_EVERY_BYTES;
            if (disk.getUsableSpace() < RESERVE_BYTES + CHECK_EVERY_BYTES) {
                throw failure(CommonError.DISK_FULL, "Unpacking %s to %s stopped: less than %d MB are free on %s",
                    source, file, RESERVE_BYTES >> 20, disk);
            }
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw failure(disk.getUsableSpace() == 0 ? CommonError.DISK_FULL : CommonError.IO_ERROR, "Unpacking %s to %s stopped: %s",
                source, file, e.getMessage(), e);
        }
    }
}
