package io.lazuli.algebra.source;

import java.util.Set;

/**
 * JSON documents.
 *
 * @param shape how the documents of a file stand together; reading takes any of the shapes
 * @param lenient what is read beyond the grammar of JSON
 */
public record JsonFormat(Shape shape, String encoding, Compression compression, Set<Leniency> lenient) implements FileFormat {
    /** How documents stand in a file. */
    public enum Shape {
        /** One object a line, or objects one after another. */
        SET_OF_OBJECTS,
        ARRAY_OF_OBJECTS
    }

    /** What some writers put into JSON. */
    public enum Leniency {
        /** As in C and Java. */
        COMMENTS,
        SINGLE_QUOTES,
        UNQUOTED_NAMES,
        /** A backslash before any character stands for that character. */
        BACKSLASH_ESCAPES
    }

    public JsonFormat {
        lenient = Set.copyOf(lenient);
    }

    /** JSON as its grammar says. */
    public JsonFormat(Shape shape, String encoding, Compression compression) {
        this(shape, encoding, compression, Set.of());
    }
}
