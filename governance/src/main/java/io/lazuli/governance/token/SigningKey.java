package io.lazuli.governance.token;

import static io.lazuli.foundation.LazuliException.failure;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.lazuli.foundation.CommonError;
import io.lazuli.governance.secret.SecretStore;
import java.text.ParseException;

/** The key that tokens are signed with: made when the first one is asked for, and kept among the data directory's secrets. Thread-safe. */
public final class SigningKey {
    private static final SecretStore.Name NAME = new SecretStore.Name("identity", "token-key");
    private static final int BITS = 2048;

    private final SecretStore secrets;
    private RSAKey key;

    public SigningKey(SecretStore secrets) {
        this.secrets = secrets;
    }

    synchronized RSAKey get() {
        if (key == null) {
            try {
                key = RSAKey.parse(secrets.getOrMake(NAME, SigningKey::make));
            } catch (ParseException problem) {
                throw failure(CommonError.INTERNAL_ERROR, "Cannot read the key of tokens: %s", problem.getMessage(), problem);
            }
        }
        return key;
    }

    private static String make() {
        try {
            return new RSAKeyGenerator(BITS).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256).keyIDFromThumbprint(true).generate()
                .toJSONString();
        } catch (JOSEException problem) {
            throw failure(CommonError.INTERNAL_ERROR, "Cannot make the key of tokens: %s", problem.getMessage(), problem);
        }
    }
}
