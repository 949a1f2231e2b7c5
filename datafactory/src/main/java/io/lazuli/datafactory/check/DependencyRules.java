package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Dependency;
import io.lazuli.foundation.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The dependencies within one list of activities: each leads to another of them, and none in a circle. */
final class DependencyRules {
    private final Findings findings;

    DependencyRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks the dependencies, and gives for each activity all those that have ended when it starts. */
    Map<String, Set<String>> check(List<ActivityDefinition> level) {
        Map<String, ActivityDefinition> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        level.forEach(activity -> named.putIfAbsent(activity.name(), activity));
        level.forEach(activity -> known(activity, named));
        Map<String, Set<String>> upstream = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> reported = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (ActivityDefinition activity : level) {
            Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            collect(activity, named, before);
            upstream.put(activity.name(), before);
            if (before.contains(activity.name()) && !reported.contains(activity.name())) {
                cycle(activity, named, reported);
            }
        }
        return upstream;
    }

    private void known(ActivityDefinition activity, Map<String, ActivityDefinition> named) {
        for (Dependency dependency : activity.dependsOn()) {
            if (!named.containsKey(dependency.activity())) {
                findings.error(DataFactoryError.BROKEN_REFERENCE, dependency.place().member("activity"),
                    "There is no activity '%s' beside this one%s", dependency.activity(),
                    NearestName.hint(dependency.activity(), named.keySet()));
            }
        }
    }

    private static void collect(ActivityDefinition activity, Map<String, ActivityDefinition> named, Set<String> before) {
        for (Dependency dependency : activity.dependsOn()) {
            ActivityDefinition first = named.get(dependency.activity());
            if (first != null && before.add(first.name())) {
                inner(first, before);
                collect(first, named, before);
            }
        }
    }

    /** What ran inside a container can be read after it; of a loop's iterations nobody could tell which. */
    private static void inner(ActivityDefinition container, Set<String> before) {
        if (!container.type().equals("ForEach")) {
            container.branches().values().forEach(branch -> branch.forEach(activity -> {
                before.add(activity.name());
                inner(activity, before);
            }));
        }
    }

    private void cycle(ActivityDefinition start, Map<String, ActivityDefinition> named, Set<String> reported) {
        List<String> path = new ArrayList<>();
        if (walk(start, start, named, new TreeSet<>(String.CASE_INSENSITIVE_ORDER), path)) {
            reported.addAll(path);
            findings.error(DataFactoryError.DEPENDENCY_CYCLE, start.place().member("dependsOn"), "Activities wait for each other: %s → %s",
                String.join(" → ", path), path.getFirst());
        }
    }

    private static boolean walk(
        ActivityDefinition at, ActivityDefinition goal, Map<String, ActivityDefinition> named, Set<String> visited, List<String> path) {
        path.add(at.name());
        for (Dependency dependency : at.dependsOn()) {
            ActivityDefinition next = named.get(dependency.activity());
            if (next != null && (next.name().equalsIgnoreCase(goal.name())
                || visited.add(next.name()) && walk(next, goal, named, visited, path))) {
                return true;
            }
        }
        path.removeLast();
        return false;
    }
}
