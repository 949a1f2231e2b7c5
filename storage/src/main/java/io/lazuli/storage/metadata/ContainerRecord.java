package io.lazuli.storage.metadata;

import java.util.List;
import java.util.Map;

/**
 * What is known of a container besides its files.
 *
 * @param modified when it was made or its properties changed, in microseconds since 1970
 * @param publicAccess {@code blob}, {@code container}, or null when nobody may read without signing
 */
public record ContainerRecord(long modified, Map<String, String> metadata, String publicAccess, List<AccessPolicy> policies) {
    public ContainerRecord {
        metadata = metadata == null ? Map.of() : metadata;
        policies = policies == null ? List.of() : policies;
    }

    /** A stored access policy; start, expiry and permissions are null when the signature itself gives them. */
    public record AccessPolicy(String id, String start, String expiry, String permissions) {
    }

    public String etag() {
        return EntityTag.of(modified);
    }
}
