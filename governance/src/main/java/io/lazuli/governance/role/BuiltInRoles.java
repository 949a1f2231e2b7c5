package io.lazuli.governance.role;

import java.util.List;
import java.util.Optional;

/** The roles of Azure that services here know. */
public final class BuiltInRoles {
    private static final String BLOB_SERVICES = "Microsoft.Storage/storageAccounts/blobServices/";
    private static final String CONTAINERS = BLOB_SERVICES + "containers/";
    private static final String BLOBS = CONTAINERS + "blobs/";
    private static final String DELEGATE = BLOB_SERVICES + "generateUserDelegationKey/action";
    private static final List<String> NONE = List.of();

    public static final Role STORAGE_BLOB_DATA_OWNER = new Role("Storage Blob Data Owner", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        List.of(CONTAINERS + "*", DELEGATE), NONE, List.of(BLOBS + "*"));
    public static final Role STORAGE_BLOB_DATA_CONTRIBUTOR = new Role("Storage Blob Data Contributor",
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        List.of(CONTAINERS + "delete", CONTAINERS + "read", CONTAINERS + "write", DELEGATE), NONE,
        List.of(BLOBS + "delete", BLOBS + "read", BLOBS + "write", BLOBS + "move/action", BLOBS + "add/action"));
    public static final Role STORAGE_BLOB_DATA_READER = new Role("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        List.of(CONTAINERS + "read", DELEGATE), NONE, List.of(BLOBS + "read"));
    public static final Role STORAGE_BLOB_DELEGATOR = new Role("Storage Blob Delegator", "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
        List.of(DELEGATE), NONE, NONE);
    public static final Role OWNER = new Role("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", List.of("*"), NONE, NONE);
    public static final Role CONTRIBUTOR = new Role("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", List.of("*"),
        List.of("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action"),
        NONE);
    public static final Role READER = new Role("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", List.of("*/read"), NONE, NONE);
    public static final Role STORAGE_ACCOUNT_CONTRIBUTOR = new Role("Storage Account Contributor",
        "17d1049b-9a84-46fb-8f53-869881c3d3ab", List.of("Microsoft.Storage/storageAccounts/*"), NONE, NONE);

    private static final List<Role> ALL = List.of(STORAGE_BLOB_DATA_OWNER, STORAGE_BLOB_DATA_CONTRIBUTOR, STORAGE_BLOB_DATA_READER,
        STORAGE_BLOB_DELEGATOR, OWNER, CONTRIBUTOR, READER, STORAGE_ACCOUNT_CONTRIBUTOR);

    private BuiltInRoles() {
    }

    /** A role by its name, case ignored, or by its id. */
    public static Optional<Role> find(String name) {
        return ALL.stream().filter(role -> role.name().equalsIgnoreCase(name) || role.id().equalsIgnoreCase(name)).findFirst();
    }

    public static List<String> names() {
        return ALL.stream().map(Role::name).toList();
    }
}
