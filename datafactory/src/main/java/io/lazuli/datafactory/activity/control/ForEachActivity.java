package io.lazuli.datafactory.activity.control;

import io.lazuli.datafactory.activity.Activity;
import io.lazuli.datafactory.activity.ActivityContext;
import io.lazuli.datafactory.activity.ActivityFailure;
import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.configuration.Limit;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;


/**
 * {@code ForEach}: runs its activities once for each of {@code items}, one after another ({@code isSequential}) or {@code batchCount} at
 * once. A failed iteration does not stop the others; the loop fails afterwards.
 */
public final class ForEachActivity implements ActivityType {
    private static final int STANDARD_BATCH = 20;

    @Override
    public String name() {
        return "ForEach";
    }

    @Override
    public Shape typeProperties() {
        return Shape.of(Property.of("items", Kind.ARRAY).asRequired(), Property.bool("isSequential"), Property.integer("batchCount"),
            Property.of("activities", Kind.ACTIVITIES).asRequired());
    }

    @Override
    public boolean control() {
        return true;
    }

    @Override
    public Activity create(ActivityDefinition definition) {
        return ForEachActivity::run;
    }

    private static ObjectNode run(ActivityContext context) throws InterruptedException {
        JsonNode items = ControlActivity.required(context, "items");
        if (!items.isArray()) {
            throw new ActivityFailure("InvalidTemplate",
                "The 'items' of ForEach '" + context.definition().name() + "' must be an array; the provided value is of type '"
                    + items.getNodeType().name().charAt(0) + items.getNodeType().name().substring(1).toLowerCase(java.util.Locale.ROOT)
                        + "'");
        }
        Limit limit = context.services().configuration().limits().forEachItems();
        if (!limit.allows(items.size())) {
            throw new ActivityFailure("BadRequest",
                "ForEach '" + context.definition().name() + "' got " + items.size() + " items; at most " + limit + " are allowed");
        }
        new Loop(context, items).run(atOnce(context));
        return ControlActivity.nothing();
    }

    private static int atOnce(ActivityContext context) {
        if (ControlActivity.flag(context.properties().get("isSequential"), false)) {
            return 1;
        }
        JsonNode given = context.properties().get("batchCount");
        int batch = given == null || given.isNull() ? STANDARD_BATCH : given.asInt(0);
        Limit limit = context.services().configuration().limits().batchCount();
        if (batch < 1 || !limit.allows(batch)) {
            throw new ActivityFailure("BadRequest", "The 'batchCount' of ForEach '" + context.definition().name() + "' is " + given
                + "; expected a whole number from 1 to " + limit);
        }
        return batch;
    }

    /** The iterations, taken in their order by as many threads as may run at once. */
    private static final class Loop {
        private final ActivityContext context;
        private final JsonNode items;
        private final List<ActivityDefinition> activities;
        private final AtomicInteger next = new AtomicInteger();
        private final ConcurrentSkipListMap<Integer, RuntimeException> failures = new ConcurrentSkipListMap<>();

        Loop(ActivityContext context, JsonNode items) {
            this.context = context;
            this.items = items;
            this.activities = context.definition().branches().getOrDefault("activities", List.of());
        }

        void run(int atOnce) throws InterruptedException {
            List<Thread> workers = new ArrayList<>();
            IntStream.range(0, Math.min(atOnce, items.size())).forEach(i -> workers.add(Thread.ofVirtual().start(this::work)));
            try {
                for (Thread worker : workers) {
                    worker.join();
                }
            } catch (InterruptedException cancelled) {
                workers.forEach(Thread::interrupt);
                for (Thread worker : workers) {
                    worker.join();
                }
                throw cancelled;
            }
            if (!failures.isEmpty()) {
                throw failures.firstEntry().getValue();
            }
        }

        private void work() {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                try {
                    context.orchestration().runActivities(activities, Integer.toString(i), items.get(i));
                } catch (RuntimeException failure) {
                    failures.put(i, failure);
                } catch (InterruptedException cancelled) {
                    return;
                }
            }
        }
    }
}
