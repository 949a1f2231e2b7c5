package io.lazuli.storage.dfs;

import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.content.NewAccess;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;

/**
 * Who may use a new path: as the request that makes it asks, else as the directory above hands down, else by the file mode mask.
 *
 * @param maker whom it belongs to when no owner is given
 * @param owner null when none is given
 * @param group null for that of the directory above
 * @param acl null when none is given
 * @param permissions null when none are given
 * @param umask null for the usual mask
 */
record NewPathAccess(boolean directory, String maker, String owner, String group, AccessList acl, String permissions, String umask) {
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
        return new NewPathAccess(directory, exchange.caller().owner(), exchange.header("x-ms-owner"), exchange.header("x-ms-group"), acl,
            permissions, umask);
    }

    /** Fails when both are given: a list has the permissions in it. */
    static void requireOne(String acl, String permissions) {
        if (acl != null && permissions != null) {
            throw ServiceFailure.badRequest("InvalidHeaderValue", "Give either x-ms-acl or x-ms-permissions.");
        }
    }

    /** The same over one that is there, null for none: what is not asked for stays, as what is in the directory does. */
    AccessRecord over(AccessRecord above, AccessRecord existing) {
        AccessRecord made = in(above);
        if (existing == null) {
            return made;
        }
        boolean asked = acl != null || permissions != null;
        return new AccessRecord(owner == null ? existing.owner() : owner, group == null ? existing.group() : group,
            asked ? made.acl() : existing.acl(), asked ? made.sticky() : existing.sticky());
    }

    /** Who may use it in a directory that is used as {@code above} says. */
    AccessRecord in(AccessRecord above) {
        String whose = owner == null ? maker : owner;
        AccessRecord usual = NewAccess.inherited(above, whose, directory, umask);
        String its = group == null ? usual.group() : group;
        if (acl != null) {
            return new AccessRecord(whose, its, acl.complete(AccessList.ofPermissions("rw-r-----")).requireSize().toString(), false);
        }
        if (permissions == null) {
            return new AccessRecord(whose, its, usual.acl(), false);
        }
        AccessList list = AccessList.parse(usual.acl());
        String signs = AccessList.permissions(permissions);
        AccessList asked = AccessList.parse(above.acl()).hasDefaults() ? list.limited(signs)
            : list.withPermissions(signs).masked(umask == null ? UMASK : umask);
        return new AccessRecord(whose, its, asked.toString(), AccessList.isSticky(permissions));
    }
}
