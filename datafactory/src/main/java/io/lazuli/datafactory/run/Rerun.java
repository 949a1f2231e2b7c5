package io.lazuli.datafactory.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Which ends of a run's activities a rerun takes over. */
record Rerun(Pipeline pipeline, RunRecord before) {
    /** The journalled ends of what is not run again; {@code from} empty means all that failed or were cancelled. */
    List<ObjectNode> takenOver(List<String> from) {
        Set<String> names = pipeline.activities().stream().map(ActivityDefinition::name).collect(Collectors.toSet());
        for (String name : from) {
            if (!names.contains(name)) {
                throw failure(CommonError.INVALID_ARGUMENT, pipeline.place(), "There is no activity '%s' directly in the pipeline '%s'%s",
                    name, pipeline.name(), NearestName.hint(name, names));
            }
        }
        Set<String> again = ActivityGraph.withDependents(pipeline.activities(), from.isEmpty() ? failed(names) : new HashSet<>(from));
        return before.endEvents().stream()
            .filter(event -> !event.path("status").asString().equals(ActivityStatus.CANCELLED.label()))
            .filter(event -> takenOver(event.path("key").asString(), names, again))
            .toList();
    }

    private static boolean takenOver(String key, Set<String> names, Set<String> again) {
        return names.stream().filter(name -> key.equals(name) || key.startsWith(name + "/")).noneMatch(again::contains)
            && names.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "/"));
    }

    private Set<String> failed(Set<String> names) {
        Set<String> failed = before.activities().stream()
            .filter(activity -> activity.status() == ActivityStatus.FAILED || activity.status() == ActivityStatus.CANCELLED)
            .map(ActivityRecord::key).filter(names::contains).collect(Collectors.toSet());
        if (failed.isEmpty() && before.status() == RunStatus.SUCCEEDED) {
            throw failure(CommonError.INVALID_ARGUMENT, "Nothing failed in the run %s; name an activity with --from",
                before.request().runId());
        }
        return failed;
    }
}
