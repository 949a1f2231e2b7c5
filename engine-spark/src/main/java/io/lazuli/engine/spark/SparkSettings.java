package io.lazuli.engine.spark;

import java.nio.file.Path;

/**
 * How Spark runs.
 *
 * @param master Spark's name of where it runs, such as {@code local[*]} or {@code spark://host:7077}
 * @param temporaryDirectory where rows are written that Spark and the engine at home hand to each other; a cluster's workers must see it
 */
public record SparkSettings(String master, Path temporaryDirectory) {
    boolean isLocal() {
        return master.startsWith("local");
    }
}
