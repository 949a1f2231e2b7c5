package io.lazuli.governance.certificate;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Collections;

/** What a server proves with who it is: a store with its key and certificate, and the password of both. */
public record ServerKeys(KeyStore store, String password) {
    /** Reads a PKCS 12 or JKS file; {@code INVALID_ARGUMENT} for one without a private key. */
    public static ServerKeys of(Path file, String password) {
        if (!Files.isRegularFile(file)) {
            throw failure(CommonError.NOT_FOUND, Place.of(file, null), "There is no key store '%s'", file);
        }
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            if (!hasKey(store, password)) {
                throw failure(CommonError.INVALID_ARGUMENT, Place.of(file, null),
                    "The key store has no private key; a server needs one, with its certificate");
            }
            return new ServerKeys(store, password);
        } catch (IOException | GeneralSecurityException problem) {
            throw failure(CommonError.INVALID_ARGUMENT, Place.of(file, null),
                "Cannot read the key store: %s", problem.getMessage(), problem);
        }
    }

    private static boolean hasKey(KeyStore store, String password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password.toCharArray()) instanceof PrivateKey) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "ServerKeys[***]";
    }
}
