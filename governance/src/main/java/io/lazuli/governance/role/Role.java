package io.lazuli.governance.role;

import java.util.List;
import java.util.Locale;

/**
 * A set of operations, as role definitions of Azure name them: {@code Microsoft.Storage/storageAccounts/read}, with {@code *} for any text.
 *
 * @param id the definition's GUID in Azure
 * @param actions what may be done to resources
 * @param dataActions what may be done to the data in them
 */
public record Role(String name, String id, List<String> actions, List<String> notActions, List<String> dataActions) {
    public Role {
        actions = lower(actions);
        notActions = lower(notActions);
        dataActions = lower(dataActions);
    }

    private static List<String> lower(List<String> patterns) {
        return patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
    }

    public boolean allows(Operation operation) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        return operation.data() ? matches(dataActions, name) : matches(actions, name) && !matches(notActions, name);
    }

    private static boolean matches(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        String end = pattern.substring(star + 1);
        return name.length() >= pattern.length() - 1 && name.startsWith(pattern.substring(0, star)) && name.endsWith(end);
    }
}
