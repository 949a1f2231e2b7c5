package io.lazuli.algebra.lineage;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of a plan come from.
 *
 * @param columns for each column, in the plan's order, the source columns that its values are made of
 * @param rows the source columns that decide which rows there are: conditions, keys of joins and groups, orders
 */
public record Lineage(Map<String, Map<Origin, Influence>> columns, Set<Origin> rows) {
    /** Of several ways from one source column the strongest counts. */
    static void add(Map<Origin, Influence> all, Origin origin, Influence influence) {
        all.merge(origin, influence, Influence::then);
    }

    /** The origins of a column; none for one that is made of constants. */
    public Map<Origin, Influence> of(String column) {
        return columns.getOrDefault(column, new TreeMap<>());
    }

    /** All source columns that matter. */
    public Set<Origin> all() {
        Set<Origin> all = new TreeSet<>(rows);
        columns.values().forEach(origins -> all.addAll(origins.keySet()));
        return all;
    }
}
