package io.lazuli.engine.duckdb.render;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What SQL text the columns of a plan's input are known by. */
record Scope(Map<String, String> references) {
    /** The columns of a table alias that was made of a plan with this schema. */
    static Scope of(String alias, Schema schema) {
        List<String> names = SqlNames.of(schema);
        Map<String, String> references = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            references.put(schema.fields().get(i).name(), alias + "." + SqlNames.quote(names.get(i)));
        }
        return new Scope(references);
    }

    Scope and(Scope other) {
        Map<String, String> all = new HashMap<>(references);
        all.putAll(other.references);
        return new Scope(all);
    }

    String reference(String column) {
        String reference = references.get(column);
        if (reference == null) {
            throw failure(AlgebraError.COLUMN_NOT_FOUND, "Column '%s' is not among %s", column, references.keySet());
        }
        return reference;
    }
}
