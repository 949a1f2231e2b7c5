package io.lazuli.algebra.source;

/**
 * JSON documents.
 *
 * @param shape how the documents of a file stand together; reading takes any of the shapes
 */
public record JsonFormat(Shape shape, String encoding, Compression compression) implements FileFormat {
    /** How documents stand in a file. */
    public enum Shape {
        /** One object a line, or objects one after another. */
        SET_OF_OBJECTS,
        ARRAY_OF_OBJECTS
    }
}
