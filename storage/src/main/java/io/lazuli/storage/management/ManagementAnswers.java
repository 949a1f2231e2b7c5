package io.lazuli.storage.management;

import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Containers.Container;
import io.lazuli.storage.metadata.ContainerProtection;
import io.lazuli.storage.metadata.ContainerProtection.Appendable;
import io.lazuli.storage.metadata.LeaseRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Containers, policies and legal holds as Azure's resource manager shows them. */
final class ManagementAnswers {
    private static final String CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers";

    private ManagementAnswers() {
    }

    static Map<String, Object> policy(String id, ContainerProtection protection) {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("id", id);
        policy.put("name", "default");
        policy.put("type", CONTAINERS + "/immutabilityPolicies");
        policy.put("etag", ContainerProtections.etag(protection));
        policy.put("properties", properties(protection));
        return policy;
    }

    private static Map<String, Object> properties(ContainerProtection protection) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("immutabilityPeriodSinceCreationInDays", protection.days());
        properties.put("state", protection.locked() ? "Locked" : "Unlocked");
        properties.put("allowProtectedAppendWrites", protection.appends() == Appendable.APPEND_BLOBS);
        properties.put("allowProtectedAppendWritesAll", protection.appends() == Appendable.ALL);
        return properties;
    }

    static Map<String, Object> hold(ContainerProtection protection) {
        Map<String, Object> hold = new LinkedHashMap<>();
        hold.put("hasLegalHold", !protection.holds().isEmpty());
        hold.put("tags", protection.holds());
        hold.put("allowProtectedAppendWritesAll", protection.holdAppends());
        return hold;
    }

    static Map<String, Object> container(String id, Containers containers, Container container) {
        ContainerProtection protection = container.record().protection();
        LeaseRecord lease = container.lease();
        long now = System.currentTimeMillis();
        String access = container.record().publicAccess();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("deleted", false);
        properties.put("remainingRetentionDays", 0);
        properties.put("publicAccess", access == null ? "None" : access.equals("blob") ? "Blob" : "Container");
        properties.put("leaseStatus", lease != null && lease.isHeld(now) ? "Locked" : "Unlocked");
        long modified = TimeUnit.MICROSECONDS.toSeconds(container.record().modified());
        properties.put("lastModifiedTime", Instant.ofEpochSecond(modified).toString());
        properties.put("metadata", container.record().metadata());
        properties.put("hasImmutabilityPolicy", containers.hasImmutabilityPolicy(container));
        properties.put("hasLegalHold", containers.hasLegalHold(container));
        if (protection.days() > 0) {
            properties.put("immutabilityPolicy",
                Map.of("etag", ContainerProtections.etag(protection), "properties", properties(protection)));
        }
        if (!protection.holds().isEmpty()) {
            List<Map<String, String>> tags = protection.holds().stream().map(tag -> Map.of("tag", tag)).toList();
            properties.put("legalHold", Map.of("hasLegalHold", true, "tags", tags));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id);
        answer.put("name", container.name());
        answer.put("type", CONTAINERS);
        answer.put("etag", container.record().etag());
        answer.put("properties", properties);
        return answer;
    }
}
