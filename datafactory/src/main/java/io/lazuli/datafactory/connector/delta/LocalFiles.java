package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of this machine, by their absolute paths, for Delta Kernel. */
final class LocalFiles implements FileIO {
    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
        Path from = Path.of(path);
        if (!Files.isDirectory(from.getParent())) {
            throw new FileNotFoundException(from.getParent().toString());
        }
        try (Stream<Path> all = Files.list(from.getParent())) {
            String first = from.getFileName().toString();
            return Utils.toCloseableIterator(all.filter(file -> file.getFileName().toString().compareTo(first) >= 0)
                .filter(Files::isRegularFile).sorted().map(LocalFiles::status).toList().iterator());
        }
    }

    private static FileStatus status(Path file) {
        java.io.File known = file.toFile();
        return FileStatus.of(file.toString(), known.length(), known.lastModified());
    }

    @Override
    public FileStatus getFileStatus(String path) {
        return status(Path.of(path));
    }

    @Override
    public String resolvePath(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        Files.createDirectories(Path.of(path));
        return true;
    }

    @Override
    public boolean delete(String path) throws IOException {
        return Files.deleteIfExists(Path.of(path));
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new InputFile() {
            @Override
            public long length() throws IOException {
                return Files.size(Path.of(path));
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public SeekableInputStream newStream() throws IOException {
                return new Reading(path);
            }
        };
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new OutputFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public PositionOutputStream create(boolean atomic) {
                throw new UnsupportedOperationException("Delta Kernel writes no bytes here: " + path);
            }

            @Override
            public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) throws IOException {
                AtomicFile.write(Path.of(path), overwrite, part -> {
                    try (BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                        while (lines.hasNext()) {
                            writer.write(lines.next());
                            writer.write('\n');
                        }
                    }
                });
            }
        };
    }

    private static final class Reading extends SeekableInputStream {
        private final RandomAccessFile file;

        Reading(String path) throws IOException {
            this.file = new RandomAccessFile(path, "r");
        }

        @Override
        public long getPos() throws IOException {
            return file.getFilePointer();
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public void readFully(byte[] bytes, int offset, int length) throws IOException {
            file.readFully(bytes, offset, length);
        }

        @Override
        public int read() throws IOException {
            return file.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return file.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
