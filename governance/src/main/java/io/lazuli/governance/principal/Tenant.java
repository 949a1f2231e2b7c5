package io.lazuli.governance.principal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * All principals of a data directory.
 *
 * @param id a GUID, in lower case
 */
public record Tenant(String id, List<Principal> principals) {
    public Tenant {
        principals = List.copyOf(principals);
    }

    /** The object or client id of a name for which none was chosen: always the same in a tenant. */
    public static String idOf(String tenant, String purpose, String name) {
        return UUID.nameUUIDFromBytes((tenant + "\n" + purpose + "\n" + name).getBytes(StandardCharsets.UTF_8)).toString();
    }

    public Optional<Principal> withObjectId(String objectId) {
        return find(principal -> principal.objectId().equalsIgnoreCase(objectId));
    }

    public Optional<Principal> withClientId(String clientId) {
        return find(principal -> principal.clientId() != null && principal.clientId().equalsIgnoreCase(clientId));
    }

    public Optional<Principal> withName(String name) {
        return find(principal -> principal.name().equalsIgnoreCase(name));
    }

    private Optional<Principal> find(Predicate<Principal> condition) {
        return principals.stream().filter(condition).findFirst();
    }
}
