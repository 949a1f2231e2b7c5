package io.lazuli.storage.endpoint;

import java.nio.file.Path;

/** The certificate and key to serve TLS with: a PKCS 12 or JKS file and its password. */
public record TlsSettings(Path keystore, String password) {
    @Override
    public String toString() {
        return "TlsSettings[" + keystore + ", ***]";
    }
}
