package io.lazuli.engine.spark;

import java.nio.file.Path;

/**
 * How Spark runs.
 *
 * @param master Spark's name of where it runs, such as {@code local[*]}, {@code spark://host:7077} or {@code sc://host:15002}
 * @param temporaryDirectory where rows are written that Spark and the engine at home hand to each other; a cluster's workers and a
 *     server must see it
 */
public record SparkSettings(String master, Path temporaryDirectory) {
    /** Whether a Spark Connect server runs the queries. */
    boolean isConnect() {
        return master.startsWith("sc://");
    }

    boolean isLocal() {
        return master.startsWith("local");
    }
}
