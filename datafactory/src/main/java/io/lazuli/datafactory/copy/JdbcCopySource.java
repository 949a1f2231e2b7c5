package io.lazuli.datafactory.copy;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.JdbcSqlDatabase;
import io.lazuli.datafactory.connector.sql.SqlReader;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.mapping.SourceShape;
import java.util.Optional;

/** A table, a query or a procedure of a real database, read as the engine asks for rows. */
record JdbcCopySource(JdbcSqlDatabase database, ResolvedDataset dataset, Settings source) implements CopySource {
    @Override
    public Optional<SourceRows> rows() {
        RowSource rows = database.rows(SqlReader.batch(database, dataset, source, "", Integer.MAX_VALUE));
        Plan own = new Scan(rows, rows.schema());
        Plan all = new AdditionalColumns(source, dataset.place()).add(own, Optional.empty());
        return Optional.of(new SourceRows(all, own.schema().size(), SourceShape.NAMED_COLUMNS));
    }

    @Override
    public CopyCounts measured(CopyCounts counts) {
        return counts;
    }

    @Override
    public String connector() {
        return dataset.linkedService().type();
    }

    @Override
    public Optional<String> table() {
        boolean whole = !source.has("sqlReaderQuery") && !source.has("query") && !source.has("sqlReaderStoredProcedureName");
        return whole ? SqlTableName.of(dataset).map(SqlTableName::toString) : Optional.empty();
    }
}
