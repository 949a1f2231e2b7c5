package io.lazuli.storage.lifecycle;

import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.event.StorageEvent;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Action;
import io.lazuli.storage.lifecycle.LifecycleRun.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a run of a policy has done, as the event {@code LifecyclePolicyCompleted}. */
public final class LifecycleReport {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LifecycleReport() {
    }

    /** {@code scheduled} is when the run was due. */
    public static StorageEvent of(ResourceGroup group, String account, Instant scheduled, List<Step> steps) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("scheduleTime", TIME.format(scheduled));
        boolean failed = steps.stream().anyMatch(step -> step.failure() != null);
        data.putObject("policyRunSummary").put("completionStatus", failed ? "CompletedWithError" : "Completed");
        summary(data, "deleteSummary", steps, Action.DELETE);
        summary(data, "tierToCoolSummary", steps, Action.TIER_TO_COOL);
        summary(data, "tierToColdSummary", steps, Action.TIER_TO_COLD);
        summary(data, "tierToArchiveSummary", steps, Action.TIER_TO_ARCHIVE);
        return new StorageEvent(UUID.randomUUID().toString(), group.storageAccount(account),
            "BlobDataManagement/LifeCycleManagement/SummaryReport", "Microsoft.Storage.LifecyclePolicyCompleted", Instant.now(), data, "1");
    }

    private static void summary(ObjectNode data, String name, List<Step> steps, Action action) {
        List<Step> all = steps.stream().filter(step -> step.action() == action).toList();
        String errors = all.stream().filter(step -> step.failure() != null)
            .map(step -> step.address().container() + "/" + step.address().path() + ": " + step.failure())
            .collect(Collectors.joining("; "));
        data.putObject(name).put("totalObjectsCount", all.size())
            .put("successCount", all.stream().filter(step -> step.failure() == null).count()).put("errorList", errors);
    }
}
