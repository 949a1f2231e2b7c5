package io.lazuli.engine.spark;

import java.nio.file.Path;

/**
 * How Spark runs.
 *
 * @param master Spark's name of where it runs, such as {@code local[2]} or {@code spark://host:7077}
 * @param shufflePartitions into how many parts rows are dealt for joins and groups
 */
public record SparkSettings(String master, int shufflePartitions, Path temporaryDirectory) {
}
