package io.lazuli.datafactory.run;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Dependency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a list of activities succeeded, from its leaves: the activities on which no other depends. In place of a leaf that was skipped
 * stand the activities that it depends on, and so on upwards; all that stand must have succeeded.
 */
final class LeafStatus {
    private final Map<String, ActivityDefinition> activities;
    private final Map<String, ActivityResult> results;
    private final Set<String> evaluated = new HashSet<>();

    private LeafStatus(List<ActivityDefinition> activities, Map<String, ActivityResult> results) {
        this.activities = activities.stream().collect(Collectors.toMap(ActivityDefinition::name, Function.identity()));
        this.results = results;
    }

    /** The first activity, in the order of the list, that makes it fail; empty when the list succeeded. */
    static Optional<ActivityResult> failure(List<ActivityDefinition> activities, Map<String, ActivityResult> results) {
        LeafStatus status = new LeafStatus(activities, results);
        Set<String> parents = activities.stream().flatMap(activity -> activity.dependsOn().stream()).map(Dependency::activity)
            .collect(Collectors.toSet());
        activities.stream().map(ActivityDefinition::name).filter(name -> !parents.contains(name)).forEach(status::evaluate);
        return activities.stream().map(ActivityDefinition::name).filter(status.evaluated::contains).map(results::get)
            .filter(result -> result.status() == ActivityStatus.FAILED || result.status() == ActivityStatus.CANCELLED)
            .findFirst();
    }

    private void evaluate(String name) {
        if (!evaluated.add(name) || results.get(name).status() != ActivityStatus.SKIPPED) {
            return;
        }
        activities.get(name).dependsOn().forEach(dependency -> evaluate(dependency.activity()));
    }
}
