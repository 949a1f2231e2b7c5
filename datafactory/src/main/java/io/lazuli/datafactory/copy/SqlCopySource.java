package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.connector.sql.SqlTableName;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.datafactory.copy.mapping.SourceShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table, a query or a stored procedure of a SQL database. */
final class SqlCopySource implements CopySource {
    private static final Map<String, Boolean> PARTITION_OPTIONS =
        Map.of("None", false, "PhysicalPartitionsOfTable", false, "DynamicRange", true);
    private static final Map<String, String> ISOLATION_LEVELS = Map.of("ReadCommitted", "", "ReadUncommitted", "", "RepeatableRead", "",
        "Serializable", "", "Snapshot", "");

    private final CopyDatabase database;
    private final ResolvedDataset dataset;
    private final Settings source;
    private final AdditionalColumns additional;
    private final Session session;

    SqlCopySource(CopyDatabase database, ResolvedDataset dataset, Settings source) {
        this.database = database;
        this.dataset = dataset;
        this.source = source;
        this.additional = new AdditionalColumns(source, dataset.place());
        source.choice("isolationLevel", ISOLATION_LEVELS);
        source.text("queryTimeout").filter(text -> !text.matches("(\\d+\\.)?\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d+)?|\\d+"))
            .ifPresent(text -> {
                throw source.wrong("queryTimeout", text, "a time span such as 02:00:00");
            });
        this.session = database.open();
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
        return whole() ? SqlTableName.of(dataset).map(SqlTableName::toString) : Optional.empty();
    }

    @Override
    public Optional<SourceRows> rows() {
        Plan rows = plan();
        Plan all = additional.add(rows, Optional.empty());
        return Optional.of(new SourceRows(all, rows.schema().size(), SourceShape.NAMED_COLUMNS));
    }

    private boolean whole() {
        return queryText().isEmpty() && source.text("sqlReaderStoredProcedureName").isEmpty();
    }

    private Optional<String> queryText() {
        return source.text("sqlReaderQuery").or(() -> source.text("query"));
    }

    private Plan plan() {
        boolean ranges = source.choice("partitionOption", PARTITION_OPTIONS).orElse(false);
        String column = source.object("partitionSettings").text("partitionColumnName").orElse(null);
        Optional<String> query = queryText();
        Optional<String> procedure = source.text("sqlReaderStoredProcedureName");
        if (query.isPresent() && procedure.isPresent()) {
            throw failure(DataFactoryError.WRONG_TYPE, "A source has either sqlReaderQuery or sqlReaderStoredProcedureName, not both");
        }
        if (query.isPresent()) {
            return database.query(session, SqlSourceQuery.whole(query.get(), column));
        }
        if (procedure.isPresent()) {
            return database.procedure(session, procedure.get(), source.json().path("storedProcedureParameters"));
        }
        return table(ranges, column);
    }

    private Plan table(boolean ranges, String column) {
        SqlTableName name = SqlTableName.required(dataset);
        Optional<Catalog.Table> table = session.catalog(database.name()).table(name.schema(), name.name());
        if (table.isEmpty()) {
            // A view is no table of the catalog; reading it as a query finds it, or fails with the name.
            return database.query(session, "SELECT * FROM " + bracketed(name.schema()) + "." + bracketed(name.name()));
        }
        if (ranges) {
            requirePartitionColumn(table.get(), column);
        }
        List<Field> fields = table.get().columns().stream().map(known -> new Field(known.name(), known.type())).toList();
        return new Scan(new TableSource(table.get().name()), new Schema(fields));
    }

    private static String bracketed(String name) {
        return "[" + name.replace("]", "]]") + "]";
    }

    private static void requirePartitionColumn(Catalog.Table table, String column) {
        boolean known = column != null && table.columns().stream().anyMatch(candidate -> candidate.name().equalsIgnoreCase(column));
        if (column == null ? table.primaryKey().isEmpty() : !known) {
            throw CopyFailure.of("SqlParallelFailedToDetectPartitionColumn", "Failed to detect the partition column of table '%s'%s.",
                table.name(), column == null ? ": it has no primary key" : ": it has no column '" + column + "'");
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
