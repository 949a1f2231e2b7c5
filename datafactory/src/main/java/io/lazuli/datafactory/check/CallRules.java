package io.lazuli.datafactory.check;

import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Finds pipelines that call each other, or themselves, in a circle. */
final class CallRules {
    private final Workspace workspace;
    private final Findings findings;
    private final Set<String> done = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    CallRules(Workspace workspace, Findings findings) {
        this.workspace = workspace;
        this.findings = findings;
    }

    void check() {
        workspace.pipelines().values().forEach(pipeline -> follow(pipeline, new ArrayList<>()));
    }

    private void follow(Pipeline pipeline, List<String> callers) {
        if (done.contains(pipeline.name())) {
            return;
        }
        callers.add(pipeline.name());
        calls(pipeline.activities(), new LinkedHashMap<>()).forEach((name, place) -> {
            int start = IntStream.range(0, callers.size()).filter(i -> callers.get(i).equalsIgnoreCase(name)).findFirst().orElse(-1);
            Pipeline called = workspace.pipelines().get(name);
            if (start >= 0) {
                findings.error(CheckError.PIPELINE_CYCLE, place, "Pipelines call each other in a circle: %s → %s",
                    String.join(" → ", callers.subList(start, callers.size())), callers.get(start));
            } else if (called != null) {
                follow(called, callers);
            }
        });
        callers.removeLast();
        done.add(pipeline.name());
    }

    private static Map<String, Place> calls(List<ActivityDefinition> activities, Map<String, Place> found) {
        for (ActivityDefinition activity : activities) {
            if (activity.type().equals("ExecutePipeline")) {
                String name = activity.typeProperties().path("pipeline").path("referenceName").asString("");
                found.putIfAbsent(name, activity.place().member("typeProperties").member("pipeline"));
            }
            activity.branches().values().forEach(inner -> calls(inner, found));
        }
        return found;
    }
}
