package io.lazuli.engine.spark.worker;

import java.io.Serializable;
import java.util.List;

/**
 * A type as the functions that read and write JSON need it.
 *
 * @param names of a structure's fields; empty for other kinds
 * @param parts the types of an array's elements, a map's keys and values, a structure's fields
 * @param scale of a decimal
 */
public record Shape(Kind kind, List<String> names, List<Shape> parts, int scale) implements Serializable {
    /** What JSON tells apart. */
    public enum Kind { BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL, TEXT, BINARY, DATE, TIMESTAMP, INSTANT, JSON, ARRAY,
        MAP, STRUCTURE }
}
