package io.lazuli.datafactory.connector.delta;

import java.util.List;
import java.util.Map;

/**
 * Which rows are inserted, updated, upserted and deleted, by equal keys; a null key equals none. Rows whose policy is not allowed are
 * left out; updates and deletes whose key the table has not, and inserts whose key it has, do nothing.
 *
 * @param policy the column that says a row's policy: 1 insert, 2 update, 4 upsert, 8 delete
 * @param partitions the only partitions that are looked at, as texts by partition column; empty for all
 */
public record DeltaMerge(
    List<String> keys, String policy, boolean inserts, boolean updates, boolean upserts, boolean deletes,
    Map<String, List<String>> partitions) {
    public DeltaMerge {
        keys = List.copyOf(keys);
        partitions = Map.copyOf(partitions);
    }
}
