package io.lazuli.algebra.lineage;

/** How a source's column makes the values of another, the weaker before the stronger. */
public enum Influence {
    /** The value itself. */
    IDENTITY,
    /** A value computed from it. */
    TRANSFORMATION,
    /** A value computed from those of several rows. */
    AGGREGATION;

    /** What two steps make together. */
    Influence then(Influence next) {
        return compareTo(next) >= 0 ? this : next;
    }
}
