package io.lazuli.storage.blob;

import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.http.Exchange;
import java.io.IOException;

/** What kind of account it is. */
public final class AccountOperations {
    private final Accounts accounts;

    public AccountOperations(Accounts accounts) {
        this.accounts = accounts;
    }

    public void information(Exchange exchange) throws IOException {
        exchange.set("x-ms-sku-name", "Standard_LRS");
        exchange.set("x-ms-account-kind", "StorageV2");
        exchange.set("x-ms-is-hns-enabled", Boolean.toString(accounts.of(exchange.target().account()).hierarchical()));
        exchange.respond(200);
    }
}
