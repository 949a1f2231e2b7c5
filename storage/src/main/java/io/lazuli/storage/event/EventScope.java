package io.lazuli.storage.event;

/**
 * Where someone wants to hear of changes.
 *
 * @param account null for every account
 * @param container null for every container
 * @param folder in the container, and all below; empty for all of it
 */
public record EventScope(String account, String container, String folder) {
    public boolean covers(String someAccount, String someContainer) {
        return (account == null || account.equals(someAccount)) && (container == null || container.equals(someContainer));
    }

    /** Whether a folder of the container lies in this one. */
    public boolean holds(String path) {
        return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }

    /** Whether a folder of the container lies in this one, or this one in it. */
    public boolean concerns(String path) {
        return holds(path) || path.isEmpty() || folder.startsWith(path + "/");
    }
}
