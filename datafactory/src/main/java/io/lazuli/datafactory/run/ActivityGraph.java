package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Dependency;
import io.lazuli.foundation.NearestName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A list of activities that wait for each other: each has a virtual thread that waits for what its activity depends on, then runs it. */
final class ActivityGraph {
    /** Runs one activity whose dependencies are met. */
    interface Step {
        ActivityResult run(ActivityDefinition activity);
    }

    /** Ends one activity whose dependencies are not met. */
    interface Skip {
        ActivityResult skip(ActivityDefinition activity);
    }

    private final List<ActivityDefinition> activities;
    private final Map<String, ActivityDefinition> byName = new LinkedHashMap<>();

    /** Fails when a dependency is not in the list, or when activities wait for each other in a circle. */
    ActivityGraph(List<ActivityDefinition> activities) {
        this.activities = activities;
        activities.forEach(activity -> byName.put(activity.name(), activity));
        for (ActivityDefinition activity : activities) {
            for (Dependency dependency : activity.dependsOn()) {
                if (!byName.containsKey(dependency.activity())) {
                    throw failure(DataFactoryError.BROKEN_REFERENCE, dependency.place(),
                        "Activity '%s' depends on '%s', which is not beside it%s",
                        activity.name(), dependency.activity(), NearestName.hint(dependency.activity(), byName.keySet()));
                }
            }
        }
        Set<String> safe = new HashSet<>();
        activities.forEach(activity -> rejectCycle(activity, new HashSet<>(), safe));
    }

    private void rejectCycle(ActivityDefinition activity, Set<String> path, Set<String> safe) {
        if (safe.contains(activity.name())) {
            return;
        }
        if (!path.add(activity.name())) {
            throw failure(DataFactoryError.DEPENDENCY_CYCLE, activity.place(), "Activity '%s' waits for itself: %s", activity.name(), path);
        }
        activity.dependsOn().forEach(dependency -> rejectCycle(byName.get(dependency.activity()), path, safe));
        path.remove(activity.name());
        safe.add(activity.name());
    }

    /** Runs all to their ends. When the calling thread is interrupted it still waits for all, then tells so. */
    Map<String, ActivityResult> run(Step step, Skip skip) throws InterruptedException {
        Map<String, CompletableFuture<ActivityResult>> ends = new HashMap<>();
        activities.forEach(activity -> ends.put(activity.name(), new CompletableFuture<>()));
        List<Thread> threads = activities.stream().map(activity -> Thread.ofVirtual().name(activity.name()).start(() -> {
            CompletableFuture<ActivityResult> end = ends.get(activity.name());
            try {
                end.complete(ready(activity, ends) ? step.run(activity) : skip.skip(activity));
            } catch (Throwable problem) {
                end.completeExceptionally(problem);
            }
        })).toList();
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= joinFully(thread);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
        Map<String, ActivityResult> results = new LinkedHashMap<>();
        activities.forEach(activity -> results.put(activity.name(), unwrap(ends.get(activity.name()))));
        return results;
    }

    private static boolean ready(ActivityDefinition activity, Map<String, CompletableFuture<ActivityResult>> ends) {
        boolean ready = true;
        for (Dependency dependency : activity.dependsOn()) {
            ActivityStatus status = ends.get(dependency.activity()).join().status();
            ready &= dependency.conditions().stream().anyMatch(status::meets);
        }
        return ready;
    }

    private static boolean joinFully(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException cancelled) {
                interrupted = true;
            }
        }
    }

    private static ActivityResult unwrap(CompletableFuture<ActivityResult> end) {
        try {
            return end.join();
        } catch (CompletionException problem) {
            throw problem.getCause() instanceof RuntimeException known ? known : problem;
        }
    }

    /** The named activities and all that depend on them, directly or not. */
    static Set<String> withDependents(List<ActivityDefinition> activities, Set<String> names) {
        Set<String> found = new HashSet<>(names);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ActivityDefinition activity : activities) {
                if (activity.dependsOn().stream().anyMatch(dependency -> found.contains(dependency.activity()))) {
                    grown |= found.add(activity.name());
                }
            }
        }
        return found;
    }
}
