package io.lazuli.governance.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.governance.secret.SecretStore;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificatesTest {
    @TempDir
    private Path folder;

    private LocalCertificates certificates() {
        return new LocalCertificates(folder, new SecretStore(folder, name -> null));
    }

    private static X509Certificate read(byte[] content) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
    }

    @Test
    void theAuthorityVouchesForTheServer() throws Exception {
        X509Certificate server = (X509Certificate) certificates().serverKeys().store().getCertificate("server");
        X509Certificate authority = read(Files.readAllBytes(certificates().authorityFile()));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX").validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)), parameters);
        assertThat(server.getSubjectAlternativeNames()).extracting(name -> name.get(1).toString())
            .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "*.blob.core.windows.net", "*.dfs.core.windows.net");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void makesThemOnce() throws Exception {
        X509Certificate first = (X509Certificate) certificates().serverKeys().store().getCertificate("server");
        assertThat(certificates().serverKeys().store().getCertificate("server")).isEqualTo(first);
        String authority = Files.readString(certificates().authorityFile());
        assertThat(Files.readString(certificates().authorityFile())).isEqualTo(authority);
    }

    @Test
    void theTrustStoreOpensWithoutPasswordAndHoldsTheAuthority() throws Exception {
        KeyStore store = KeyStore.getInstance(certificates().trustStoreFile().toFile(), (char[]) null);
        assertThat(store.getCertificate("lazuli")).isEqualTo(read(Files.readAllBytes(certificates().authorityFile())));
        assertThat(store.size()).isGreaterThan(1);
    }
}
