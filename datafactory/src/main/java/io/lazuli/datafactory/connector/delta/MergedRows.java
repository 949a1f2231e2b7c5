package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.types.StructType;
import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A merge: the files that hold rows to be changed are written anew, with the other rows in them and the new ones. */
final class MergedRows {
    private static final String GIVEN = "\0given ";
    private static final String POLICY = "\0policy";
    private static final String KIND = "\0kind";
    private static final int UNCHANGED = 0;
    private static final int UPDATED = 1;
    private static final int INSERTED = 2;

    private final DeltaVersion base;
    private final DeltaWrite write;
    private final DeltaMerge merge;
    private final StructType schema;
    private final Set<String> given;
    private final String name;
    private final Engine engine;
    private final Execution execution;
    private final List<String> keys;
    private final Plan source;

    MergedRows(
        DeltaVersion base, DeltaWrite write, StructType schema, Plan rows, List<String> columns, String name, Engine engine,
        Execution execution) {
        this.base = base;
        this.write = write;
        this.merge = write.merge().orElseThrow();
        this.schema = schema;
        this.given = schema.fieldNames().stream().filter(field -> columns.stream().anyMatch(field::equalsIgnoreCase))
            .collect(Collectors.toSet());
        this.name = name;
        this.engine = engine;
        this.execution = execution;
        this.keys = merge.keys().stream().map(this::key).toList();
        this.source = source(rows, columns);
    }

    private String key(String key) {
        return given.stream().filter(key::equalsIgnoreCase).findFirst().orElseThrow(() -> failure(AlgebraError.COLUMN_NOT_FOUND,
            "Key '%s' is no column of Delta table '%s' that the sink gets; those are %s%s", key, name, given.stream().sorted().toList(),
            NearestName.hint(key, given)));
    }

    /** The given rows in the table's types, under names of their own, with their policies. */
    private Plan source(Plan rows, List<String> columns) {
        List<NamedExpression> all = new ArrayList<>();
        schema.fields().stream().filter(field -> given.contains(field.getName())).forEach(field -> {
            String column = columns.stream().filter(field.getName()::equalsIgnoreCase).findFirst().orElseThrow();
            all.add(new NamedExpression(GIVEN + field.getName(),
                DeltaValues.fitted(ColumnReference.of(rows.schema().field(column)), field.getDataType())));
        });
        all.add(new NamedExpression(POLICY, ColumnReference.of(rows.schema().field(merge.policy()))));
        return new Project(rows, all);
    }

    PreparedWrite prepare(Protocol protocol, Metadata metadata, DataFiles files) {
        List<DeltaFile> looked = write.mode() == DeltaWrite.Mode.TRUNCATE ? List.of() : looked();
        Plan target = base.rows(engine, looked);
        Plan changing = allowed(merge.updates(), 2, merge.upserts(), 4, merge.deletes(), 8);
        try (Session session = engine.open()) {
            requireOneRowForEach(session, changing, target);
            Set<String> names = new HashSet<>(touched(session, changing, looked));
            List<DeltaFile> touched = looked.stream().filter(file -> names.contains(base.name(file))).toList();
            Plan before = base.rows(engine, touched);
            Plan after = new SetOperation(changed(before, changing), inserted(target), SetOperation.Kind.UNION, true);
            try (Engine.Kept kept = engine.keep(after, execution)) {
                List<DataFiles.Written> added = files.write(Project.of(kept.plan(), schema.fieldNames()));
                List<DeltaFile> removed = write.mode() == DeltaWrite.Mode.TRUNCATE ? base.files() : touched;
                Map<String, Long> metrics = metrics(session, kept.plan(), before, changing);
                metrics.put("numTargetFilesAdded", (long) added.size());
                metrics.put("numTargetFilesRemoved", (long) removed.size());
                long rows = metrics.get("numTargetRowsInserted") + metrics.get("numTargetRowsUpdated")
                    + metrics.get("numTargetRowsDeleted");
                String predicate = keys.stream().map(key -> "(target." + key + " = source." + key + ")")
                    .collect(Collectors.joining(" AND "));
                return new PreparedWrite(Optional.of(base), protocol, metadata, removed, added, files,
                    CommitInformation.of("MERGE", Map.of("predicate", predicate), metrics), rows, false, true);
            }
        }
    }

    /** The files of the partitions that the merge is limited to. */
    private List<DeltaFile> looked() {
        Map<String, List<String>> wanted = merge.partitions().entrySet().stream().collect(Collectors.toMap(
            entry -> partition(entry.getKey()), Map.Entry::getValue));
        return base.files().stream().filter(file -> wanted.entrySet().stream()
            .allMatch(entry -> entry.getValue().contains(file.partitionValues().get(entry.getKey())))).toList();
    }

    private String partition(String column) {
        List<String> partitions = base.snapshot().getPartitionColumnNames();
        return partitions.stream().filter(column::equalsIgnoreCase).findFirst()
            .map(found -> PhysicalNames.of(schema.get(schema.fieldNames().stream().filter(found::equalsIgnoreCase).findFirst()
                .orElseThrow())))
            .orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT, "pruneCondition names '%s', but Delta table '%s' is partitioned by %s",
                column, name, partitions));
    }

    /** The given rows with a policy that is allowed; pairs of whether it is and its number. */
    private Plan allowed(Object... policies) {
        ColumnReference policy = ColumnReference.of(source.schema().field(POLICY));
        Expression any = Literal.FALSE;
        for (int i = 0; i < policies.length; i += 2) {
            if ((boolean) policies[i]) {
                any = Call.of(ComparisonOperators.OR, any,
                    Call.of(ComparisonOperators.EQUAL, policy, Literal.int32((int) policies[i + 1])));
            }
        }
        return new Filter(source, any);
    }

    private Expression sameKeys(Plan table, Plan given) {
        Expression all = null;
        for (String key : keys) {
            Expression one = Call.of(ComparisonOperators.EQUAL, ColumnReference.of(table.schema().field(key)),
                ColumnReference.of(given.schema().field(GIVEN + key)));
            all = all == null ? one : Call.of(ComparisonOperators.AND, all, one);
        }
        return all;
    }

    /** As in Delta: of two rows that would change the same row it is not clear which is to win. Twice deleted is deleted. */
    private void requireOneRowForEach(Session session, Plan changing, Plan target) {
        Expression writes = Call.of(ComparisonOperators.NOT_EQUAL, ColumnReference.of(changing.schema().field(POLICY)), Literal.int32(8));
        AggregateCall count = AggregateCall.of(AggregateOperators.COUNT_ROWS);
        AggregateCall writing =
            new AggregateCall(AggregateOperators.COUNT_ROWS, List.of(), false, List.of(), Optional.of(writes), ScalarType.INT64);
        Plan counted = new Aggregate(changing, keys.stream()
            .map(key -> new NamedExpression(GIVEN + key, ColumnReference.of(changing.schema().field(GIVEN + key)))).toList(),
            List.of(new NamedExpression("\0count", count), new NamedExpression("\0writing", writing)));
        Plan several = new Filter(counted, Call.of(ComparisonOperators.AND, more(counted, "\0count", 1), more(counted, "\0writing", 0)));
        Plan met = new Limit(new Join(several, target, Join.Kind.SEMI, sameKeys(target, several)), 0, 1);
        try (RowCursor cursor = session.query(met, execution)) {
            if (cursor.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    values.add(keys.get(i) + " = " + cursor.value(i));
                }
                throw failure(AlgebraError.CONSTRAINT_VIOLATED, "Delta table '%s' cannot be merged: %s rows have the key %s of one row of "
                    + "the table, and which is to be written is not clear", name, cursor.value(keys.size()), String.join(", ", values));
            }
        }
    }

    private static Expression more(Plan counted, String column, long than) {
        return Call.of(ComparisonOperators.GREATER, ColumnReference.of(counted.schema().field(column)), Literal.int64(than));
    }

    /** The names of the files that hold rows with a key of the changing ones. */
    private List<String> touched(Session session, Plan changing, List<DeltaFile> files) {
        List<String> names = new ArrayList<>();
        if (files.isEmpty()) {
            return names;
        }
        Plan located = base.rowsWithFile(engine, files);
        Plan met = new Join(located, changing, Join.Kind.SEMI, sameKeys(located, changing));
        try (RowCursor cursor = session.query(new Distinct(Project.of(met, List.of(DeltaVersion.FILE))), execution)) {
            while (cursor.next()) {
                names.add((String) cursor.value(0));
            }
        }
        return names;
    }

    /** The rows of the touched files as they are to be: without the deleted ones. */
    private Plan changed(Plan before, Plan changing) {
        Plan met = new Join(before, changing, Join.Kind.LEFT, sameKeys(before, changing));
        Expression policy = ColumnReference.of(met.schema().field(POLICY));
        Plan left = new Filter(met, Call.of(ComparisonOperators.NOT_EQUAL, Call.of(ComparisonOperators.COALESCE, policy, Literal.int32(0)),
            Literal.int32(8)));
        Expression alone = Call.of(ComparisonOperators.IS_NULL, policy);
        List<NamedExpression> columns = new ArrayList<>();
        schema.fields().forEach(field -> {
            Optional<Field> known = before.schema().find(field.getName());
            Expression old = known.map(found -> DeltaValues.fitted(ColumnReference.of(found), field.getDataType()))
                .orElseGet(() -> new Literal(null, DeltaTypes.of(field.getDataType())));
            Expression value = given.contains(field.getName()) ? new Case(List.of(new Case.Branch(alone, old)),
                ColumnReference.of(met.schema().field(GIVEN + field.getName()))) : old;
            columns.add(new NamedExpression(field.getName(), value));
        });
        columns.add(new NamedExpression(KIND,
            new Case(List.of(new Case.Branch(alone, Literal.int32(UNCHANGED))), Literal.int32(UPDATED))));
        return new Project(left, columns);
    }

    private Plan inserted(Plan target) {
        Plan added = allowed(merge.inserts(), 1, merge.upserts(), 4);
        Plan alone = new Join(added, target, Join.Kind.ANTI, sameKeys(target, added));
        List<NamedExpression> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(new NamedExpression(field.getName(), given.contains(field.getName())
            ? ColumnReference.of(alone.schema().field(GIVEN + field.getName()))
            : new Literal(null, DeltaTypes.of(field.getDataType())))));
        columns.add(new NamedExpression(KIND, Literal.int32(INSERTED)));
        return new Project(alone, columns);
    }

    private Map<String, Long> metrics(Session session, Plan after, Plan before, Plan changing) {
        Map<String, Long> metrics = new java.util.HashMap<>();
        metrics.put("numTargetRowsCopied", count(session, kind(after, UNCHANGED)));
        metrics.put("numTargetRowsUpdated", count(session, kind(after, UPDATED)));
        metrics.put("numTargetRowsInserted", count(session, kind(after, INSERTED)));
        metrics.put("numTargetRowsDeleted",
            count(session, before) - metrics.get("numTargetRowsCopied") - metrics.get("numTargetRowsUpdated"));
        metrics.put("numSourceRows", count(session, source));
        metrics.put("numOutputRows", count(session, after));
        return metrics;
    }

    private static Plan kind(Plan after, int kind) {
        return new Filter(after, Call.of(ComparisonOperators.EQUAL, ColumnReference.of(after.schema().field(KIND)), Literal.int32(kind)));
    }

    private long count(Session session, Plan rows) {
        Plan counted = new Aggregate(rows, List.of(),
            List.of(new NamedExpression("rows", AggregateCall.of(AggregateOperators.COUNT_ROWS))));
        try (RowCursor cursor = session.query(counted, execution)) {
            cursor.next();
            return ((Number) cursor.value(0)).longValue();
        }
    }
}
