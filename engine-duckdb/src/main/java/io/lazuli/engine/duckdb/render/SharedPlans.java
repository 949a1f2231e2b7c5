package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shared plans of one statement; each is written once, and run once when it is used more than once. */
final class SharedPlans {
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        private final Shared plan;
        private final String name;
        private final String query;
        private int uses;

        Entry(Shared plan, String name, String query) {
            this.plan = plan;
            this.name = name;
            this.query = query;
        }
    }

    /** The name to select from; the first use renders the plan, before it takes a place in the list, so that what it uses comes first. */
    String name(Shared shared, Function<Plan, String> rendering) {
        for (Entry entry : entries) {
            if (entry.plan.name().equals(shared.name()) && (entry.plan == shared || entry.plan.input().equals(shared.input()))) {
                entry.uses++;
                return entry.name;
            }
        }
        String query = rendering.apply(shared.input());
        Entry entry = new Entry(shared, SqlNames.quote(shared.name().replace('\0', '~') + "~" + entries.size()), query);
        entry.uses = 1;
        entries.add(entry);
        return entry.name;
    }

    String with() {
        return entries.isEmpty() ? "" : entries.stream()
            .map(entry -> entry.name + " AS " + (entry.uses > 1 ? "MATERIALIZED " : "NOT MATERIALIZED ") + "(" + entry.query + ")")
            .collect(Collectors.joining(", ", "WITH ", " "));
    }
}
