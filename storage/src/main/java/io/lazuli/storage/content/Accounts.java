package io.lazuli.storage.content;

import java.util.Map;

/** What kinds of accounts the lake has. Those that nobody described are hierarchical. */
public record Accounts(Map<String, AccountSettings> settings) {
    public AccountSettings of(String account) {
        return settings.getOrDefault(account, AccountSettings.DEFAULT);
    }
}
