package io.lazuli.storage.metadata;

import java.util.List;
import java.util.Map;

/**
 * What is known of a container besides its files.
 *
 * @param modified when it was made or its properties changed, in microseconds since 1970
 * @param publicAccess {@code blob}, {@code container}, or null when nobody may read without signing
 * @param protection what keeps its blobs from being changed and deleted
 * @param encryption under which scope its blobs are encrypted
 */
public record ContainerRecord(
        long modified, Map<String, String> metadata, String publicAccess, List<AccessPolicy> policies, ContainerProtection protection,
        ContainerEncryption encryption) {
    public ContainerRecord {
        metadata = metadata == null ? Map.of() : metadata;
        policies = policies == null ? List.of() : policies;
        protection = protection == null ? ContainerProtection.NONE : protection;
        encryption = encryption == null ? ContainerEncryption.DEFAULT : encryption;
    }

    /** A stored access policy; start, expiry and permissions are null when the signature itself gives them. */
    public record AccessPolicy(String id, String start, String expiry, String permissions) {
    }

    /** A new container. */
    public static ContainerRecord of(long modified, Map<String, String> metadata, String publicAccess) {
        return new ContainerRecord(modified, metadata, publicAccess, List.of(), ContainerProtection.NONE, ContainerEncryption.DEFAULT);
    }

    public String etag() {
        return EntityTag.of(modified);
    }

    /** New metadata, with a new entity tag. */
    public ContainerRecord withMetadata(Map<String, String> metadata) {
        return new ContainerRecord(EntityTag.now(), metadata, publicAccess, policies, protection, encryption);
    }

    /** New access policies, with a new entity tag. */
    public ContainerRecord withAccess(String publicAccess, List<AccessPolicy> policies) {
        return new ContainerRecord(EntityTag.now(), metadata, publicAccess, policies, protection, encryption);
    }

    /** What only a new container is given. */
    public ContainerRecord withEncryption(ContainerEncryption encryption) {
        return new ContainerRecord(modified, metadata, publicAccess, policies, protection, encryption);
    }

    /** Another protection; the entity tag stays. */
    public ContainerRecord withProtection(ContainerProtection protection) {
        return new ContainerRecord(modified, metadata, publicAccess, policies, protection, encryption);
    }
}
