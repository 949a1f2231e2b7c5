package io.lazuli.algebra.lineage;

/** A column of a source. */
public record Origin(String source, String column) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
        int bySource = source.compareTo(other.source);
        return bySource == 0 ? column.compareTo(other.column) : bySource;
    }

    @Override
    public String toString() {
        return source + "." + column;
    }
}
