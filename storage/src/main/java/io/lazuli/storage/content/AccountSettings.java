package io.lazuli.storage.content;

import java.util.Map;

/**
 * What kind of storage account it is.
 *
 * @param hierarchical whether folders are things of their own, as in Data Lake Storage; else slashes are signs of a name like others
 * @param versions whether earlier contents of blobs are kept; only where names are flat
 * @param containerRetentionDays how long deleted containers can be restored, 0 for not at all
 * @param lastAccessTime whether it is noted down when blobs are read
 * @param encryptionScopes whether those that there are are enabled, by name
 */
public record AccountSettings(boolean hierarchical, boolean versions, int containerRetentionDays, boolean lastAccessTime,
        Map<String, Boolean> encryptionScopes) {
    public static final AccountSettings DEFAULT = new AccountSettings(true, false, 0, false);

    public AccountSettings {
        encryptionScopes = Map.copyOf(encryptionScopes);
    }

    /** An account without encryption scopes. */
    public AccountSettings(boolean hierarchical, boolean versions, int containerRetentionDays, boolean lastAccessTime) {
        this(hierarchical, versions, containerRetentionDays, lastAccessTime, Map.of());
    }

    /** An account that does not note down when blobs are read. */
    public AccountSettings(boolean hierarchical, boolean versions, int containerRetentionDays) {
        this(hierarchical, versions, containerRetentionDays, false);
    }
}
