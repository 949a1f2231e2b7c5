package io.lazuli.governance.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Makes certificates of version 3 (RFC 5280) with keys of the curve P-256. */
final class Certificates {
    private static final byte[] ALGORITHM = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int KEY_ID_BYTES = 20;
    private static final int SERIAL_BITS = 126;

    private Certificates() {
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** An authority's certificate, signed by itself. */
    static X509Certificate authority(String name, KeyPair keys, Instant from, Instant until) throws GeneralSecurityException {
        byte[] extensions = Der.sequence(
            extension("2.5.29.19", true, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
            extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06})),
            extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic()))));
        return certificate(name, keys.getPublic(), name, keys.getPrivate(), from, until, extensions);
    }

    /** A server's certificate for names of hosts and addresses. */
    static X509Certificate server(List<String> names, PublicKey key, X509Certificate authority, PrivateKey signer, Instant from,
            Instant until) throws GeneralSecurityException {
        byte[][] subjects = names.stream().map(Certificates::subject).toArray(byte[][]::new);
        byte[] extensions = Der.sequence(
            extension("2.5.29.19", true, Der.sequence()),
            extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
            extension("2.5.29.37", false, Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))),
            extension("2.5.29.14", false, Der.octets(keyId(key))),
            extension("2.5.29.35", false, Der.sequence(Der.implicit(0, keyId(authority.getPublicKey())))),
            extension("2.5.29.17", false, Der.sequence(subjects)));
        return certificate("CN=localhost", key, authority.getSubjectX500Principal().getName(), signer, from, until, extensions);
    }

    private static byte[] subject(String name) {
        try {
            boolean address = name.matches("[0-9.]+") || name.contains(":");
            return address ? Der.implicit(7, InetAddress.getByName(name).getAddress()) : Der.implicit(2, name.getBytes(US_ASCII));
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_BYTES);
    }

    private static byte[] extension(String id, boolean critical, byte[] content) {
        byte[] value = Der.octets(content);
        return critical ? Der.sequence(Der.identifier(id), Der.yes(), value) : Der.sequence(Der.identifier(id), value);
    }

    private static X509Certificate certificate(String subject, PublicKey key, String issuer, PrivateKey signer, Instant from,
            Instant until, byte[] extensions) throws GeneralSecurityException {
        byte[] content = Der.sequence(Der.constructed(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)), ALGORITHM,
            new X500Principal(issuer).getEncoded(), Der.sequence(Der.time(from), Der.time(until)),
            new X500Principal(subject).getEncoded(), key.getEncoded(), Der.constructed(3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(content);
        byte[] certificate = Der.sequence(content, ALGORITHM, Der.bits(0, signature.sign()));
        return read(certificate);
    }

    static X509Certificate read(byte[] encoded) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
