package io.lazuli.datafactory.lineage;

import io.lazuli.algebra.engine.AlterTable;
import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.Command;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.engine.DeleteRows;
import io.lazuli.algebra.engine.DropTable;
import io.lazuli.algebra.engine.InsertRows;
import io.lazuli.algebra.engine.MergeRows;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.TruncateTable;
import io.lazuli.algebra.engine.UpdateRows;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.lineage.Influence;
import io.lazuli.algebra.lineage.Lineage;
import io.lazuli.algebra.lineage.LineageTracer;
import io.lazuli.algebra.lineage.Origin;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.languages.tsql.bind.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What commands put into tables: for each table that is changed, the columns that its columns come from. Temporary tables are passed
 * through to what they were filled from.
 */
final class TableLineage implements RecordingEngine.Reader {
    private final Map<String, Lineage> temporaryTables = new LinkedHashMap<>();
    private final Map<String, Lineage> tables = new LinkedHashMap<>();

    /** The changed tables in the order of their first change, called {@code server/database/schema.table}. */
    Map<String, Lineage> tables() {
        return tables;
    }

    void clear() {
        tables.clear();
        temporaryTables.clear();
    }

    @Override
    public void command(Command command, Session session) {
        switch (command) {
            case InsertRows insert -> add(insert.table(), insert.columns(), insert.rows());
            case MergeRows merge -> add(merge.table(), merge.columns(), merge.rows());
            case UpdateRows update -> rows(update.table(), update.condition(), session).ifPresent(rows ->
                add(update.table(), update.assignments().stream().map(NamedExpression::name).toList(),
                    new Project(rows, update.assignments())));
            case DeleteRows delete -> rows(delete.table(), delete.condition(), session)
                .ifPresent(rows -> add(delete.table(), List.of(), rows));
            case DropTable drop -> temporaryTables.remove(name(drop.table()));
            case CreateTable _, AlterTable _, TruncateTable _, WriteFile _ -> {
            }
        }
    }

    private static Optional<Plan> rows(TableName table, Expression condition, Session session) {
        Optional<Catalog.Table> found = session.catalog(table.database()).table(table.schema(), table.name());
        return found.map(known -> new Filter(new Scan(new TableSource(known.name()), new Schema(known.columns().stream()
            .map(column -> new Field(column.name(), column.type())).toList())), condition));
    }

    /** Adds what a plan's columns, by position, bring to the named ones. */
    private void add(TableName table, List<String> columns, Plan rows) {
        if (table.schema().equals(Tables.INTERNAL_SCHEMA)) {
            return;
        }
        Lineage traced = LineageTracer.of(rows, part -> part instanceof Scan scan && scan.source() instanceof TableSource source
            ? Optional.of(name(source.table())) : Optional.empty());
        Map<String, Lineage> all = table.schema().startsWith("#") ? temporaryTables : tables;
        Lineage before = all.computeIfAbsent(name(table), _ -> new Lineage(new LinkedHashMap<>(), new TreeSet<>()));
        List<String> names = new ArrayList<>(traced.columns().keySet());
        for (int i = 0; i < columns.size() && i < names.size(); i++) {
            Map<Origin, Influence> origins = before.columns().computeIfAbsent(columns.get(i), _ -> new TreeMap<>());
            traced.of(names.get(i)).forEach((origin, influence) -> through(origin, influence, origins, before.rows()));
        }
        traced.rows().forEach(origin -> {
            Map<Origin, Influence> origins = new TreeMap<>();
            through(origin, Influence.IDENTITY, origins, before.rows());
            before.rows().addAll(origins.keySet());
        });
    }

    /** A column of a temporary table is what it was filled from, and its rows are decided by what decided that table's. */
    private void through(Origin origin, Influence influence, Map<Origin, Influence> origins, Set<Origin> rows) {
        Lineage filled = temporaryTables.get(origin.source());
        if (filled == null) {
            origins.merge(origin, influence, TableLineage::stronger);
            return;
        }
        rows.addAll(filled.rows());
        filled.columns().entrySet().stream().filter(column -> column.getKey().equalsIgnoreCase(origin.column())).forEach(column ->
            column.getValue().forEach((first, step) -> origins.merge(first, stronger(step, influence), TableLineage::stronger)));
    }

    private static Influence stronger(Influence first, Influence second) {
        return first.compareTo(second) >= 0 ? first : second;
    }

    private static String name(TableName table) {
        return table.database() + "/" + table;
    }
}
