package io.lazuli.governance.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.governance.secret.SecretStore;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
    @TempDir
    private Path folder;

    @Test
    void refusesAKeyStoreWithoutAPrivateKey() throws Exception {
        LocalCertificates certificates = new LocalCertificates(folder, new SecretStore(folder, name -> null));
        assertThatThrownBy(() -> ServerKeys.of(certificates.trustStoreFile(), "changeit"))
            .hasMessage("The key store has no private key; a server needs one, with its certificate");
        ServerKeys own = certificates.serverKeys();
        Path file = folder.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            own.store().store(out, own.password().toCharArray());
        }
        assertThat(ServerKeys.of(file, own.password()).store().isKeyEntry("server")).isTrue();
    }
}
