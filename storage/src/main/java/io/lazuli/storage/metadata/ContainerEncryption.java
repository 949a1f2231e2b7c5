package io.lazuli.storage.metadata;

/**
 * Under which scope the content of a container's blobs is encrypted.
 *
 * @param scope of blobs whose upload names none
 * @param enforced whether no upload may name another one
 */
public record ContainerEncryption(String scope, boolean enforced) {
    /** The scope that every account has. */
    public static final String ACCOUNT = "$account-encryption-key";
    public static final ContainerEncryption DEFAULT = new ContainerEncryption(ACCOUNT, false);

    /** The scope as properties of what is in the container show it: null for that of the account. */
    public String named() {
        return scope.equals(ACCOUNT) ? null : scope;
    }
}
