package io.lazuli.storage.authorisation;

import io.lazuli.governance.secret.SecretStore;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Keys that principals sign shared access with. Nothing is kept of them: each follows from what it is for and a secret of the data
 * directory. Thread-safe.
 */
public final class UserDelegationKeys {
    /**
     * What a key is for; times as the client writes them.
     *
     * @param delegatedTenant the tenant whose users may use it, empty when anybody may
     */
    record Subject(String account, String objectId, String tenant, String start, String expiry, String service, String version,
            String delegatedTenant) {
    }

    private static final SecretStore.Name NAME = new SecretStore.Name("identity", "user-delegation");
    private static final int BYTES = 64;

    private final SecretStore secrets;
    private byte[] secret;

    public UserDelegationKeys(SecretStore secrets) {
        this.secrets = secrets;
    }

    private synchronized byte[] secret() {
        if (secret == null) {
            secret = Base64.getDecoder().decode(secrets.getOrMake(NAME, () -> {
                byte[] made = new byte[BYTES];
                new SecureRandom().nextBytes(made);
                return Base64.getEncoder().encodeToString(made);
            }));
        }
        return secret;
    }

    /** The key in base 64. */
    String key(Subject subject) {
        return Signature.of(secret(), String.join("\n", subject.account(), subject.objectId(), subject.tenant(), subject.start(),
            subject.expiry(), subject.service(), subject.version(), subject.delegatedTenant()));
    }
}
