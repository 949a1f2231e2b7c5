package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names as DuckDB takes them: always quoted, and distinct whatever their case, which DuckDB ignores and the algebra does not. */
public final class SqlNames {
    private SqlNames() {
    }

    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static List<String> of(Schema schema) {
        return distinct(schema.names());
    }

    public static List<String> of(StructType type) {
        return distinct(type.fields().stream().map(Field::name).toList());
    }

    /** The names themselves, where an earlier one does not differ in case alone; others, and empty ones, get a number. */
    public static List<String> distinct(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> result = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            String plain = names.get(i).replace('\0', '~');
            String name = plain;
            for (int number = i; name.isEmpty() || !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = plain + "~" + number;
            }
            result.add(name);
        }
        return result;
    }
}
