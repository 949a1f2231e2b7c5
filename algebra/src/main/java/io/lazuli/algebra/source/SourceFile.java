package io.lazuli.algebra.source;

import java.nio.file.Path;

/** A file to read, and the name by which rows and messages call it (its path within container and folder). */
public record SourceFile(Path path, String name) {
}
