package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;

/** Where a blob is. The path is normal: no doubled, leading or trailing slashes, as in a hierarchical account. */
public record BlobAddress(String account, String container, String path) {
    /** The address that a request names; {@code InvalidUri} when the lake cannot hold the name. */
    public static BlobAddress of(Target target) {
        return of(target.account(), target.container(), target.path());
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
