package io.lazuli.datafactory.connector.sql;

import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A script to run.
 *
 * @param parameters variables of the script by name with {@code @}
 * @param effectKey names the run of this script, so that running it again with the same key after an interruption changes nothing twice
 * @param rowLimit how many rows of a result set are read at most
 */
public record SqlBatch(String text, Map<String, Value> parameters, Optional<String> effectKey, int rowLimit) {
    public SqlBatch {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static SqlBatch of(String text) {
        return new SqlBatch(text, Map.of(), Optional.empty(), Integer.MAX_VALUE);
    }
}
