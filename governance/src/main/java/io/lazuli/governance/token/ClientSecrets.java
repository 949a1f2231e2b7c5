package io.lazuli.governance.token;

import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The secrets that applications sign in with: those that were chosen, else generated ones, kept among the data directory's secrets. */
public final class ClientSecrets {
    private static final String VAULT = "identity";
    private static final int BYTES = 32;

    private final SecretStore secrets;
    private final Map<String, String> chosen;

    /** {@code chosen} by client id. */
    public ClientSecrets(SecretStore secrets, Map<String, String> chosen) {
        this.secrets = secrets;
        this.chosen = Map.copyOf(chosen);
    }

    /** The application's secret, made when it has none. */
    public synchronized String of(Principal application) {
        String given = chosen.get(application.clientId());
        return given != null ? given : generated(secrets, "client-" + application.clientId());
    }

    /** The secret that is sent to the endpoint of managed identities on this machine. */
    public synchronized String ofManagedIdentities() {
        return generated(secrets, "identity-header");
    }

    private static String generated(SecretStore secrets, String name) {
        SecretStore.Name place = new SecretStore.Name(VAULT, name);
        return secrets.getOrMake(place, () -> {
            byte[] bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }

    /** Compares in a time that does not depend on where the difference is. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
