package io.lazuli.storage.authorisation;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;

/** Lets a request pass or refuses it, before anything else is looked at. */
public final class Authorisation {
    private final AccountKeys keys;

    public Authorisation(AccountKeys keys) {
        this.keys = keys;
    }

    /** Fails with Azure's codes when the request is not allowed. */
    public void check(Exchange exchange) {
        String authorization = exchange.header("Authorization");
        if (authorization == null) {
            throw new ServiceFailure(401, "NoAuthenticationInformation", "Server failed to authenticate the request. Please refer to the "
                + "information in the www-authenticate header.");
        }
        if (!authorization.startsWith("SharedKey ") && !authorization.startsWith("SharedKeyLite ")) {
            throw new ServiceFailure(401, "InvalidAuthenticationInfo",
                "Server failed to authenticate the request. Requests are signed with an account's key.");
        }
        SharedKey.verify(exchange, authorization, keys);
    }
}
