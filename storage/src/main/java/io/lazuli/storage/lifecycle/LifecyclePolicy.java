package io.lazuli.storage.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules by which an account's blobs are tiered and deleted, in Azure's words; {@link LifecycleReader} reads them. */
public record LifecyclePolicy(List<Rule> rules) {
    /** What a rule is about. */
    enum Subject { BASE_BLOB, SNAPSHOT, VERSION }

    /** What is done, the cheapest for the account's owner last: of several that are due, that one is done. */
    public enum Action {
        /** Of what was read after it had become cool. */
        TIER_TO_HOT("enableAutoTierToHotFromCool", "Hot"),
        TIER_TO_COOL("tierToCool", "Cool"), TIER_TO_COLD("tierToCold", "Cold"), TIER_TO_ARCHIVE("tierToArchive", "Archive"),
        DELETE("delete", null);

        private final String title;
        private final String tier;

        Action(String title, String tier) {
            this.title = title;
            this.tier = tier;
        }

        /** As policies write it. */
        public String title() {
            return title;
        }

        /** Null for a deletion. */
        String tier() {
            return tier;
        }
    }

    /**
     * When an action is due: all that are given have to be exceeded.
     *
     * @param modification days since the last change, null when it does not matter; so with the others
     * @param access days since it was read or written
     */
    record Condition(Integer modification, Integer creation, Integer tierChange, Integer access) {
    }

    /**
     * One rule.
     *
     * @param blobTypes {@code blockBlob}, {@code appendBlob}
     * @param prefixes of {@code CONTAINER/PATH}, empty for all
     * @param tags that a blob must have
     * @param hotAgain whether blobs that were read after they had become cool become hot
     */
    record Rule(String name, boolean enabled, Set<String> blobTypes, List<String> prefixes, Map<String, String> tags,
            Map<Subject, Map<Action, Condition>> actions, boolean hotAgain) {
    }

    /** Whether it asks when blobs were read. */
    public boolean asksForAccess() {
        return rules.stream().flatMap(rule -> rule.actions().values().stream()).flatMap(actions -> actions.values().stream())
            .anyMatch(condition -> condition.access() != null);
    }
}
