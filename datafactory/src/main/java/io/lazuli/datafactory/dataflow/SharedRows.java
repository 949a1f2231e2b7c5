package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.UsedColumns;
import io.lazuli.algebra.type.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs each part that several sinks need once: the first that needs it keeps the columns that any of them looks at. Parts whose
 * rows repeat at less cost than keeping them has are left as they are.
 */
final class SharedRows implements AutoCloseable {
    private final Engine engine;
    private final Execution execution;
    private final Map<String, Set<String>> users = new HashMap<>();
    private final Map<String, Set<String>> sinks = new HashMap<>();
    private final Map<String, Engine.Kept> kept = new HashMap<>();
    private final Map<String, Boolean> repeats = new HashMap<>();
    private final RepeatableRows repeatable;
    private final UsedColumns used;

    /** Looks at all plans that will run. */
    SharedRows(Engine engine, Execution execution, List<Plan> plans, RepeatableRows repeatable) {
        this.engine = engine;
        this.execution = execution;
        this.repeatable = repeatable;
        this.used = new UsedColumns(plans);
        for (int i = 0; i < plans.size(); i++) {
            visit(plans.get(i), "sink " + i, "sink " + i, new HashSet<>());
        }
    }

    /** Notes which sinks need each shared part, and what uses it directly: a sink, or another shared part. */
    private void visit(Plan plan, String user, String sink, Set<String> seen) {
        Plans.forEach(plan, part -> {
            if (part instanceof Shared shared) {
                users.computeIfAbsent(shared.name(), _ -> new HashSet<>()).add(user);
                sinks.computeIfAbsent(shared.name(), _ -> new HashSet<>()).add(sink);
                if (seen.add(shared.name())) {
                    visit(shared.input(), "shared " + shared.name(), sink, seen);
                }
                return false;
            }
            return true;
        });
    }

    /** The plan with the rows that are kept in place of the parts that made them. */
    Plan replaced(Plan plan) {
        return Plans.replace(plan, part -> part instanceof Shared shared && isKept(shared) ? Optional.of(rows(shared)) : Optional.empty());
    }

    private boolean isKept(Shared shared) {
        return sinks.getOrDefault(shared.name(), Set.of()).size() > 1 && users.get(shared.name()).size() > 1
            && !repeats.computeIfAbsent(shared.name(), _ -> repeatable.repeats(shared.input()));
    }

    private Plan rows(Shared shared) {
        Engine.Kept rows = kept.get(shared.name());
        if (rows == null) {
            rows = engine.keep(Project.of(replaced(shared.input()), used.of(shared)), execution);
            kept.put(shared.name(), rows);
        }
        return whole(rows.plan(), shared.schema());
    }

    /** The rows with nulls in place of the columns that nobody looks at. */
    private static Plan whole(Plan rows, Schema schema) {
        List<NamedExpression> columns = schema.fields().stream().map(field -> new NamedExpression(field.name(),
            rows.schema().find(field.name()).<Expression>map(ColumnReference::of).orElse(new Literal(null, field.type())))).toList();
        return new Project(rows, columns, schema);
    }

    /** How many rows a shared part has, if they are kept. */
    Optional<Long> count(String name) {
        return Optional.ofNullable(kept.get(name)).map(Engine.Kept::count);
    }

    @Override
    public void close() {
        kept.values().forEach(Engine.Kept::close);
        kept.clear();
    }
}
