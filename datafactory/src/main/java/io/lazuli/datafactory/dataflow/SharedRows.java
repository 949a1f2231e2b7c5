package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Plans;
import io.lazuli.algebra.plan.Shared;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs each part that several sinks need once: the first that needs it keeps its rows for the others. */
final class SharedRows implements AutoCloseable {
    private final Engine engine;
    private final Execution execution;
    private final Map<String, Set<String>> users = new HashMap<>();
    private final Map<String, Set<String>> sinks = new HashMap<>();
    private final Map<String, Engine.Kept> kept = new HashMap<>();

    /** Looks at all plans that will run. */
    SharedRows(Engine engine, Execution execution, List<Plan> plans) {
        this.engine = engine;
        this.execution = execution;
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
        return sinks.getOrDefault(shared.name(), Set.of()).size() > 1 && users.get(shared.name()).size() > 1;
    }

    private Plan rows(Shared shared) {
        Engine.Kept rows = kept.get(shared.name());
        if (rows == null) {
            rows = engine.keep(replaced(shared.input()), execution);
            kept.put(shared.name(), rows);
        }
        return rows.plan();
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
