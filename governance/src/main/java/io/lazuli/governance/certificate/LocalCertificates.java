package io.lazuli.governance.certificate;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.governance.secret.SecretStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The certificates of a data directory, made when they are first needed: an authority, whose certificate clients are told to trust, and a
 * server's, which is made again before it ends. Keys are among the directory's secrets; for clients there are the files
 * {@code tls/ca.pem} and {@code tls/truststore.jks}. Thread-safe, also among processes.
 */
public final class LocalCertificates {
    /** The names that a server on this machine answers to. */
    public static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1", "*.localhost", "*.blob.localhost", "*.dfs.localhost",
        "*.blob.lazuli.internal", "*.dfs.lazuli.internal", "*.blob.core.windows.net", "*.dfs.core.windows.net");
    public static final String TRUSTSTORE_PASSWORD = "changeit";

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final Duration SKEW = Duration.ofDays(1);

    /** A private key with its certificate. */
    private record Identity(PrivateKey key, X509Certificate certificate) {
        String text() throws GeneralSecurityException {
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(key.getEncoded()) + " " + base64.encodeToString(certificate.getEncoded());
        }

        static Identity parse(String text) throws GeneralSecurityException {
            String[] parts = text.split(" ");
            Base64.Decoder base64 = Base64.getDecoder();
            return new Identity(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(base64.decode(parts[0]))),
                Certificates.read(base64.decode(parts[1])));
        }

        boolean lasts(Duration time) {
            return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(time));
        }
    }

    private static final SecretStore.Name AUTHORITY = new SecretStore.Name("tls", "authority");
    private static final SecretStore.Name SERVER = new SecretStore.Name("tls", "server");

    private final Path directory;
    private final SecretStore secrets;

    public LocalCertificates(Path dataDirectory, SecretStore secrets) {
        this.directory = dataDirectory.resolve("tls");
        this.secrets = secrets;
    }

    /** What a server proves itself with. */
    public synchronized ServerKeys serverKeys() {
        return alone(() -> {
            Identity authority = authority();
            Identity server = server(authority);
            String password = Long.toString(ThreadLocalRandom.current().nextLong());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", server.key(), password.toCharArray(),
                new Certificate[] {server.certificate(), authority.certificate()});
            return new ServerKeys(store, password);
        });
    }

    /** The authority's certificate as text, for clients such as curl, Python and Node. */
    public synchronized Path authorityFile() {
        Path file = directory.resolve("ca.pem");
        alone(() -> {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority().certificate().getEncoded());
            String pem = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
            if (!Files.exists(file) || !Files.readString(file).equals(pem)) {
                replace(file, out -> out.write(pem.getBytes(StandardCharsets.US_ASCII)));
            }
            return null;
        });
        return file;
    }

    /** A Java trust store: the authorities that Java trusts anyway, and this one. */
    public synchronized Path trustStoreFile() {
        Path file = directory.resolve("truststore.jks");
        alone(() -> {
            X509Certificate authority = authority().certificate();
            if (!Files.exists(file) || KeyStore.getInstance(file.toFile(), TRUSTSTORE_PASSWORD.toCharArray())
                    .getCertificateAlias(authority) == null) {
                KeyStore store = KeyStore.getInstance("JKS");
                store.load(null, null);
                addStandard(store);
                store.setCertificateEntry("lazuli", authority);
                replace(file, out -> store.store(out, TRUSTSTORE_PASSWORD.toCharArray()));
            }
            return null;
        });
        return file;
    }

    private static void addStandard(KeyStore store) throws GeneralSecurityException, IOException {
        Path standard = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        if (Files.exists(standard)) {
            KeyStore trusted = KeyStore.getInstance(standard.toFile(), (char[]) null);
            for (String alias : Collections.list(trusted.aliases())) {
                store.setCertificateEntry(alias, trusted.getCertificate(alias));
            }
        }
    }

    private Identity authority() throws GeneralSecurityException {
        Optional<Identity> kept = kept(AUTHORITY).filter(found -> found.lasts(SERVER_LIFE));
        if (kept.isPresent()) {
            return kept.get();
        }
        KeyPair keys = Certificates.keys();
        Instant now = Instant.now();
        // A name of its own, so that the authorities of two data directories can be told apart.
        String name = "CN=Lazuli " + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ",O=This machine only";
        Identity made = new Identity(keys.getPrivate(), Certificates.authority(name, keys, now.minus(SKEW), now.plus(AUTHORITY_LIFE)));
        secrets.set(AUTHORITY, made.text());
        secrets.delete(SERVER);
        return made;
    }

    private Identity server(Identity authority) throws GeneralSecurityException {
        Optional<Identity> kept = kept(SERVER).filter(found -> found.lasts(RENEWAL));
        if (kept.isPresent()) {
            return kept.get();
        }
        KeyPair keys = Certificates.keys();
        Instant now = Instant.now();
        Identity made = new Identity(keys.getPrivate(), Certificates.server(
            NAMES, keys.getPublic(), authority.certificate(), authority.key(), now.minus(SKEW), now.plus(SERVER_LIFE)));
        secrets.set(SERVER, made.text());
        return made;
    }

    private Optional<Identity> kept(SecretStore.Name name) throws GeneralSecurityException {
        Optional<String> text = secrets.get(name);
        return text.isPresent() ? Optional.of(Identity.parse(text.get())) : Optional.empty();
    }

    private interface Making<T> {
        T make() throws GeneralSecurityException, IOException;
    }

    private <T> T alone(Making<T> making) {
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
                return lock.isValid() ? making.make() : null;
            }
        } catch (IOException | GeneralSecurityException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(directory, null), "Cannot make or read the certificates for TLS: %s",
                problem.getMessage(), problem);
        }
    }

    private interface Writing {
        void write(OutputStream out) throws GeneralSecurityException, IOException;
    }

    private static void replace(Path file, Writing writing) throws GeneralSecurityException, IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh)) {
            writing.write(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
