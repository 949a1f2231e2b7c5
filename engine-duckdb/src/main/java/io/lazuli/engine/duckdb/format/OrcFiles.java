package io.lazuli.engine.duckdb.format;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** What ORC's library wants of Hadoop, with as little of Hadoop as goes: no configuration files, no user, no file system cache. */
final class OrcFiles {
    private OrcFiles() {
    }

    static Configuration configuration() {
        return new Configuration(false);
    }

    static FileSystem fileSystem(Configuration configuration) throws IOException {
        RawLocalFileSystem local = new RawLocalFileSystem();
        local.initialize(URI.create("file:///"), configuration);
        return local;
    }

    static org.apache.hadoop.fs.Path path(Path file) {
        return new org.apache.hadoop.fs.Path(file.toAbsolutePath().toUri());
    }
}
