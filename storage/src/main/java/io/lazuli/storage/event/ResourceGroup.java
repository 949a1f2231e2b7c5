package io.lazuli.storage.event;

/** Where storage accounts stand among Azure's resources. */
public record ResourceGroup(String subscription, String name) {
    /** For a lake that nobody gave one. */
    public static final ResourceGroup LOCAL = new ResourceGroup("00000000-0000-0000-0000-000000000000", "local");

    /** The resource identifier of a storage account. */
    public String storageAccount(String account) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + name + "/providers/Microsoft.Storage/storageAccounts/" + account;
    }
}
