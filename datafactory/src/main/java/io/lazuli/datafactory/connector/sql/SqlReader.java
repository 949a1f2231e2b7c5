package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.languages.tsql.session.BatchResult.Value;
import java.util.Map;
import java.util.Optional;

/** What a source reads of a database: its query, its stored procedure, or the dataset's table. */
public final class SqlReader {
    private SqlReader() {
    }

    /** {@code effectKey} is used where a script or a procedure may change something. */
    public static SqlBatch batch(SqlDatabase database, ResolvedDataset dataset, Settings source, String effectKey, int rowLimit) {
        Optional<String> query = source.text("sqlReaderQuery").or(() -> source.text("query")).or(() -> source.text("oracleReaderQuery"));
        Optional<String> procedure = source.text("sqlReaderStoredProcedureName");
        if (query.isPresent() && procedure.isPresent()) {
            throw failure(DataFactoryError.WRONG_TYPE, "A source has either sqlReaderQuery or sqlReaderStoredProcedureName, not both");
        }
        Map<String, Value> parameters = procedure.isPresent()
            ? SqlParameters.of(source.json().path("storedProcedureParameters")) : Map.of();
        String text = procedure.map(name -> database.call(name, parameters.keySet())).or(() -> query)
            .orElseGet(() -> "SELECT * FROM " + database.name(SqlTableName.required(dataset)));
        return new SqlBatch(text, parameters, Optional.of(effectKey), rowLimit);
    }
}
