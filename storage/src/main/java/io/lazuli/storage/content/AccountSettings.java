package io.lazuli.storage.content;

/**
 * What kind of storage account it is.
 *
 * @param hierarchical whether folders are things of their own, as in Data Lake Storage; else slashes are signs of a name like others
 * @param versions whether earlier contents of blobs are kept; only where names are flat
 * @param containerRetentionDays how long deleted containers can be restored, 0 for not at all
 * @param lastAccessTime whether it is noted down when blobs are read
 */
public record AccountSettings(boolean hierarchical, boolean versions, int containerRetentionDays, boolean lastAccessTime) {
    public static final AccountSettings DEFAULT = new AccountSettings(true, false, 0, false);

    /** An account that does not note down when blobs are read. */
    public AccountSettings(boolean hierarchical, boolean versions, int containerRetentionDays) {
        this(hierarchical, versions, containerRetentionDays, false);
    }
}
