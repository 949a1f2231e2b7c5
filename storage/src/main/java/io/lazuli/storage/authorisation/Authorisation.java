package io.lazuli.storage.authorisation;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import java.util.function.Predicate;

/** Lets a request pass or refuses it, before anything else is looked at. */
public final class Authorisation {
    private final AccountKeys keys;
    private final Containers containers;
    private final SharedAccess signatures;
    private final Predicate<BlobAddress> exists;

    /** {@code exists} tells whether there is a blob or directory, which to replace is more than to make. */
    public Authorisation(AccountKeys keys, Containers containers, Predicate<BlobAddress> exists) {
        this.keys = keys;
        this.containers = containers;
        this.exists = exists;
        this.signatures = new SharedAccess(keys, (account, container, id) -> containers.require(account, container).record().policies()
            .stream().filter(policy -> policy.id().equals(id)).findFirst());
    }

    /** Fails with Azure's codes when the request is not allowed. */
    public void check(Exchange exchange) {
        String authorization = exchange.header("Authorization");
        Target target = exchange.target();
        if (authorization != null) {
            if (!authorization.startsWith("SharedKey ") && !authorization.startsWith("SharedKeyLite ")) {
                throw new ServiceFailure(401, "InvalidAuthenticationInfo",
                    "Server failed to authenticate the request. Requests are signed with an account's key.");
            }
            SharedKey.verify(exchange, authorization, keys);
        } else if (target.parameter("sig") != null) {
            signatures.verify(target, Need.of(exchange, exists(target)), exchange.isSecure(), exchange.remoteAddress());
        } else if (!isPublic(exchange)) {
            throw new ServiceFailure(401, "NoAuthenticationInformation", "Server failed to authenticate the request. Please refer to the "
                + "information in the www-authenticate header.");
        }
    }

    private boolean exists(Target target) {
        try {
            return !target.path().isEmpty() && containers.exists(target.account(), target.container())
                && exists.test(BlobAddress.of(target));
        } catch (LazuliException | ServiceFailure noSuchName) {
            return false;
        }
    }

    /** Whether everybody may do it: read a blob of a public container, or list one that is public as a whole. */
    private boolean isPublic(Exchange exchange) {
        Target target = exchange.target();
        boolean reads = exchange.sentMethod().equals("GET") || exchange.sentMethod().equals("HEAD");
        if (!reads || keys.find(target.account()).isEmpty() || target.container().isEmpty()
                || !containers.exists(target.account(), target.container())) {
            return false;
        }
        String access = containers.require(target.account(), target.container()).record().publicAccess();
        boolean blob = !target.path().isEmpty() && target.parameter("comp") == null;
        boolean list = "container".equals(access) && target.path().isEmpty() && !"acl".equals(target.parameter("comp"));
        return access != null && (blob || list);
    }

    /** Fails with {@code CannotVerifyCopySource} when the request may not read the source that it names. */
    public void requireSource(Exchange exchange, Target source) {
        if (source.parameter("sig") != null) {
            signatures.verify(source, Need.reading(), true, exchange.remoteAddress());
            return;
        }
        boolean sameOwner = exchange.header("Authorization") != null && source.account().equals(exchange.target().account());
        boolean open = containers.exists(source.account(), source.container())
            && containers.require(source.account(), source.container()).record().publicAccess() != null;
        if (!sameOwner && !open) {
            throw new ServiceFailure(401, "CannotVerifyCopySource", "Server failed to authenticate the request for the source.");
        }
    }
}
