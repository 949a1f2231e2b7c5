package io.lazuli.storage.dfs;

import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.content.NewAccess;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import java.util.Optional;

/**
 * Who may use a new path: as the request that makes it asks, else as the directory above hands down, else by the file mode mask.
 *
 * @param owner whom it belongs to
 * @param group null for that of the directory above
 * @param acl null when none is given
 * @param permissions null when none are given
 * @param umask null for the usual mask
 */
record NewPathAccess(boolean directory, String owner, String group, AccessList acl, String permissions, String umask) {
    private static final String UMASK = "0027";

    static NewPathAccess of(Exchange exchange, boolean directory) {
        String text = exchange.header("x-ms-acl");
        String permissions = exchange.header("x-ms-permissions");
        requireOne(text, permissions);
        AccessList acl = text == null ? null : AccessList.given(text, false);
        if (!directory && acl != null) {
            acl.requireNoDefaults();
        }
        if (permissions != null) {
            AccessList.permissions(permissions);
        }
        String umask = exchange.header("x-ms-umask");
        if (umask != null) {
            AccessList.signs("x-ms-umask", umask);
        }
        return new NewPathAccess(directory, Optional.ofNullable(exchange.header("x-ms-owner")).orElse(exchange.caller().owner()),
            exchange.header("x-ms-group"), acl, permissions, umask);
    }

    /** Fails when both are given: a list has the permissions in it. */
    static void requireOne(String acl, String permissions) {
        if (acl != null && permissions != null) {
            throw ServiceFailure.badRequest("InvalidHeaderValue", "Give either x-ms-acl or x-ms-permissions.");
        }
    }

    /** Who may use it in a directory that is used as {@code above} says. */
    AccessRecord in(AccessRecord above) {
        AccessRecord usual = NewAccess.inherited(above, owner, directory, umask);
        String its = group == null ? usual.group() : group;
        if (acl != null) {
            return new AccessRecord(owner, its, acl.complete(AccessList.ofPermissions("rw-r-----")).requireSize().toString(), false);
        }
        if (permissions == null) {
            return new AccessRecord(owner, its, usual.acl(), false);
        }
        AccessList list = AccessList.parse(usual.acl());
        String signs = AccessList.permissions(permissions);
        AccessList asked = AccessList.parse(above.acl()).hasDefaults() ? list.limited(signs)
            : list.withPermissions(signs).masked(umask == null ? UMASK : umask);
        return new AccessRecord(owner, its, asked.toString(), AccessList.isSticky(permissions));
    }
}
