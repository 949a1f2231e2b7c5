package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;

/** Where a blob is. In a hierarchical account the path is normal: no doubled, leading or trailing slashes. */
public record BlobAddress(String account, String container, String path) {
    private static final int MAX_NAME_CHARACTERS = 1024;

    /** The address that a request names; {@code InvalidUri} when the lake cannot hold the name. */
    public static BlobAddress of(Target target) {
        return target.flat() ? flat(target.account(), target.container(), target.path())
            : of(target.account(), target.container(), target.path());
    }

    /** A name as it is, as accounts without hierarchy have it. */
    private static BlobAddress flat(String account, String container, String name) {
        if (name.indexOf('\0') >= 0 || name.length() > MAX_NAME_CHARACTERS) {
            throw ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server. "
                + "A name has at most " + MAX_NAME_CHARACTERS + " characters, and no NUL.");
        }
        return new BlobAddress(account, container, name);
    }

    public static BlobAddress of(String account, String container, String path) {
        try {
            return new BlobAddress(account, container, LakeNames.path(path));
        } catch (LazuliException refused) {
            throw ServiceFailure.badRequest("InvalidUri", "The requested URI does not represent any resource on the server. "
                + refused.getMessage());
        }
    }

    /** Identifies the blob in the metadata. */
    public String key() {
        return containerKey() + "/" + path;
    }

    public String containerKey() {
        return account + "/" + container;
    }

    public BlobAddress withPath(String other) {
        return new BlobAddress(account, container, other);
    }
}
