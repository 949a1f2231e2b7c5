package io.lazuli.datafactory.check;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.Limit;
import io.lazuli.datafactory.configuration.LimitSettings;
import io.lazuli.datafactory.workspace.ActivityDefinition;
import io.lazuli.datafactory.workspace.Pipeline;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The rules of one pipeline as a whole: names, limits, nesting; hands each activity to {@link ActivityRules}. */
final class PipelineRules {
    private static final Set<String> LOOPS = Set.of("ForEach", "Until");
    private static final Set<String> BRANCHES = Set.of("IfCondition", "Switch");

    private final Findings findings;
    private final LimitSettings limits;
    private final ActivityRules activities;
    private final DependencyRules dependencies;
    private final ParameterRules parameters;

    PipelineRules(Findings findings, LimitSettings limits, ActivityRules activities) {
        this.findings = findings;
        this.limits = limits;
        this.activities = activities;
        this.dependencies = new DependencyRules(findings);
        this.parameters = new ParameterRules(findings);
    }

    void check(Pipeline pipeline) {
        parameters.declarations(pipeline.parameters());
        parameters.declarations(pipeline.variables());
        List<ActivityDefinition> all = new ArrayList<>();
        collect(pipeline.activities(), all);
        limit("activities", all.size(), limits.pipelineActivities(), pipeline.place().member("activities"));
        limit("parameters", pipeline.parameters().size(), limits.pipelineParameters(), pipeline.place().member("parameters"));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        uniqueNames(all, names);
        level(pipeline.activities(), ExpressionContext.ofPipeline(pipeline, names, Set.of(), false), null, false);
    }

    private static void collect(List<ActivityDefinition> activities, List<ActivityDefinition> all) {
        for (ActivityDefinition activity : activities) {
            all.add(activity);
            activity.branches().values().forEach(inner -> collect(inner, all));
        }
    }

    private void uniqueNames(List<ActivityDefinition> all, Set<String> names) {
        for (ActivityDefinition activity : all) {
            if (!names.add(activity.name())) {
                findings.error(DataFactoryError.DUPLICATE_NAME, activity.place().member("name"),
                    "The pipeline has another activity named '%s'", activity.name());
            }
        }
    }

    private void limit(String what, long count, Limit limit, Place place) {
        if (!limit.allows(count)) {
            findings.error(DataFactoryError.LIMIT_EXCEEDED, place, "The pipeline has %d %s; at most %s are allowed", count, what, limit);
        }
    }

    /** Activities of one list, with what has run before all of them. */
    private void level(List<ActivityDefinition> level, ExpressionContext outside, ActivityDefinition container, boolean parallel) {
        Map<String, Set<String>> upstream = dependencies.check(level);
        for (ActivityDefinition activity : level) {
            nesting(activity, container);
            Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            before.addAll(outside.upstream());
            before.addAll(upstream.getOrDefault(activity.name(), Set.of()));
            ExpressionContext context = outside.withUpstream(before);
            activities.check(activity, context, parallel);
            ExpressionContext inside = activity.type().equals("ForEach") ? context.withItem() : context;
            boolean together = activity.type().equals("ForEach") ? isParallel(activity) : parallel;
            activity.branches().values().forEach(inner -> level(inner, inside, activity, together));
        }
    }

    private void nesting(ActivityDefinition activity, ActivityDefinition container) {
        if (container == null) {
            return;
        }
        String type = activity.type();
        boolean control = LOOPS.contains(type) || BRANCHES.contains(type);
        boolean refused = type.equals("Validation") || LOOPS.contains(type) || control && BRANCHES.contains(container.type());
        if (refused) {
            findings.error(DataFactoryError.INVALID_NESTING, activity.place(), "%s cannot hold %s activities; put '%s' into a pipeline of "
                + "its own and call that with ExecutePipeline", article(container.type()), type, activity.name());
        }
    }

    private static String article(String type) {
        return ("AEIOU".indexOf(type.charAt(0)) >= 0 ? "An " : "A ") + type;
    }

    private boolean isParallel(ActivityDefinition forEach) {
        JsonNode batch = forEach.typeProperties().path("batchCount");
        Place place = forEach.place().member("typeProperties");
        if (batch.isNumber() && (!limits.batchCount().allows(batch.longValue()) || batch.longValue() < 1)) {
            findings.error(DataFactoryError.LIMIT_EXCEEDED, place.member("batchCount"), "batchCount is from 1 to %s, not %s",
                limits.batchCount(), batch);
        }
        JsonNode items = forEach.typeProperties().path("items");
        if (items.isArray() && !limits.forEachItems().allows(items.size())) {
            findings.error(DataFactoryError.LIMIT_EXCEEDED, place.member("items"), "ForEach takes at most %s items", limits.forEachItems());
        }
        boolean sequential = forEach.typeProperties().path("isSequential").asBoolean(false);
        return !sequential && !(batch.isNumber() && batch.longValue() == 1);
    }
}
