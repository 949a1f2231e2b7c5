package io.lazuli.algebra.source;

import java.util.List;
import java.util.Optional;

/**
 * The rows of files of one format, in the order of the list.
 *
 * @param pathColumn a column, after the files' own, that holds each row's {@link SourceFile#name}
 */
public record FileSource(List<SourceFile> files, FileFormat format, Optional<String> pathColumn) implements Source {
    public FileSource {
        files = List.copyOf(files);
    }
}
