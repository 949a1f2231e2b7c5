package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** By which columns an upsert tells rows apart: {@code upsertSettings.keys}, else the table's primary key. */
final class UpsertKeys {
    private UpsertKeys() {
    }

    /** The keys as the copied columns write them. */
    static List<String> of(Settings sink, SqlTableName table, List<String> primaryKey, List<String> columns) {
        List<String> given = sink.object("upsertSettings").elements("keys").stream().map(JsonNode::asString).toList();
        List<String> keys = given.isEmpty() ? primaryKey : given;
        if (keys.isEmpty()) {
            throw CopyFailure.of("SqlUpsertKeysMissing",
                "Upsert into table '%s' needs 'keys' in 'upsertSettings', or a primary key of the table.", table);
        }
        return keys.stream().map(key -> columns.stream().filter(key::equals).findFirst()
            .or(() -> columns.stream().filter(key::equalsIgnoreCase).findFirst()).orElseThrow(() -> CopyFailure.of(
                "UserErrorInvalidColumnName", "Upsert key '%s' is not among the columns that are copied: %s", key, columns))).toList();
    }
}
