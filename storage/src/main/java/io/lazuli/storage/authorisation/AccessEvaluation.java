package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.content.AccessList.Entry;
import io.lazuli.storage.metadata.AccessRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an access list gives a principal, by the algorithm in "Access control lists (ACLs) in Azure Data Lake Storage": the first that fits
 * decides alone, of owner and named users; then any one of the groups may give it, or what all others have.
 */
final class AccessEvaluation {
    private static final String ALL = "rwx";

    private AccessEvaluation() {
    }

    /** Whether all of the wanted signs, out of {@code r}, {@code w} and {@code x}, are given. */
    static boolean allows(AccessRecord record, Principal principal, String wanted) {
        List<Entry> entries = AccessList.parse(record.acl()).entries().stream().filter(entry -> !entry.isDefault()).toList();
        if (record.owner().equalsIgnoreCase(principal.objectId())) {
            return wanted.chars().allMatch(sign -> has(find(entries, "user", "").orElse(""), sign));
        }
        String mask = find(entries, "mask", "").orElse(ALL);
        Optional<String> named = find(entries, "user", principal.objectId());
        Stream<String> given = named.isPresent() ? named.stream()
            : Stream.concat(groups(entries, record.group(), principal), find(entries, "other", "").stream());
        return given.anyMatch(permissions -> wanted.chars().allMatch(sign -> has(permissions, sign) && has(mask, sign)));
    }

    private static Optional<String> find(List<Entry> entries, String kind, String id) {
        return entries.stream().filter(entry -> entry.kind().equals(kind) && entry.id().equalsIgnoreCase(id)).map(Entry::permissions)
            .findFirst();
    }

    /** What each of the groups gives that the principal is in. */
    private static Stream<String> groups(List<Entry> entries, String owningGroup, Principal principal) {
        return entries.stream().filter(entry -> entry.kind().equals("group"))
            .filter(entry -> isMember(principal, entry.id().isEmpty() ? owningGroup : entry.id()))
            .map(Entry::permissions);
    }

    /** Identifiers are the same in capital letters. */
    static boolean isMember(Principal principal, String group) {
        return principal.groups().stream().anyMatch(group::equalsIgnoreCase);
    }

    private static boolean has(String permissions, int sign) {
        return permissions.indexOf(sign) >= 0;
    }
}
