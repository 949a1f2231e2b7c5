package io.lazuli.datafactory.configuration;

import java.util.List;
import java.util.Map;

/**
 * What is seen of one table or of the files of a folder. Exactly one of {@code table} and {@code files} is given.
 *
 * @param table {@code server/database/schema.table}
 * @param files {@code account/container} or {@code account/container/folder}
 * @param rows a condition in the data flows' expression language; null for all rows
 * @param masks by column: {@code default()}, {@code email()}, {@code partial(prefix, "padding", suffix)} or {@code random(from, to)}
 * @param except the identities that see everything
 */
public record AccessRule(String table, String files, String rows, Map<String, String> masks, List<String> except) {
    public AccessRule {
        masks = masks == null ? Map.of() : Map.copyOf(masks);
        except = except == null ? List.of() : List.copyOf(except);
    }

    /** The table or the folder, for messages. */
    public String subject() {
        return table == null ? files : table;
    }
}
