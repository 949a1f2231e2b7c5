package io.lazuli.storage.blob;

import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.AccessRecord;

/** Who may use a path, as headers that both endpoints answer with. */
public final class PathHeaders {
    private PathHeaders() {
    }

    /** Owner, group and permissions of a path. */
    public static void write(Exchange exchange, AccessRecord access, boolean directory) {
        exchange.set("x-ms-resource-type", directory ? "directory" : "file");
        exchange.set("x-ms-owner", access.owner());
        exchange.set("x-ms-group", access.group());
        exchange.set("x-ms-permissions", permissions(access));
        exchange.set("x-ms-acl", access.acl());
    }

    /** The nine signs, with the sticky bit in the last one. */
    public static String permissions(AccessRecord access) {
        String signs = AccessList.parse(access.acl(), false).permissions();
        if (!access.sticky()) {
            return signs;
        }
        return signs.substring(0, 8) + (signs.charAt(8) == 'x' ? 't' : 'T') + signs.substring(9);
    }
}
