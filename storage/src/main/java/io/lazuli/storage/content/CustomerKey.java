package io.lazuli.storage.content;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that a request brings for one blob's content; it is kept nowhere, its hash tells whether a later request brings the same. */
public final class CustomerKey {
    private static final int KEY_BYTES = 32;
    private static final String OWN = "x-ms-";
    private static final String SOURCE = "x-ms-source-";

    private final byte[] key;
    private final String hash;

    private CustomerKey(byte[] key) {
        this.key = key;
        this.hash = Base64.getEncoder().encodeToString(sha256(key));
    }

    /** The key of a request, null when it has none; refuses one that is incomplete or no key of AES 256. */
    public static CustomerKey of(Exchange exchange) {
        return of(exchange, OWN);
    }

    /** The key of the content that a request copies from, null when it has none. */
    public static CustomerKey ofSource(Exchange exchange) {
        return of(exchange, SOURCE);
    }

    private static CustomerKey of(Exchange exchange, String prefix) {
        String name = prefix + "encryption-key";
        String text = exchange.header(name);
        if (text == null) {
            return null;
        }
        String algorithm = required(exchange, prefix + "encryption-algorithm");
        String hash = required(exchange, name + "-sha256");
        if (!algorithm.equals("AES256")) {
            throw ServiceFailure.invalidHeader(prefix + "encryption-algorithm", algorithm);
        }
        CustomerKey key = new CustomerKey(decoded(name, text));
        if (!key.hash.equals(hash)) {
            throw ServiceFailure.invalidHeader(name + "-sha256", hash);
        }
        return key;
    }

    private static String required(Exchange exchange, String header) {
        String value = exchange.header(header);
        if (value == null) {
            throw ServiceFailure.missingHeader(header);
        }
        return value;
    }

    private static byte[] decoded(String header, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidHeader(header, "***");
        }
        throw ServiceFailure.invalidHeader(header, "***");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** The key's hash in base 64, as headers hold it. */
    public String hash() {
        return hash;
    }

    byte[] hashBytes() {
        return sha256(key);
    }

    /** The key of one content, which no other has. */
    SecretKey derived(byte[] salt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("lazuli content".getBytes(StandardCharsets.US_ASCII));
            return new SecretKeySpec(Arrays.copyOf(mac.doFinal(salt), KEY_BYTES), "AES");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", impossible);
        }
    }

    /** Fails with Azure's codes unless a content is encrypted with this key; null for no key stands for plain content. */
    public static void require(CustomerKey key, String contentHash) {
        Encryption.requireSame(hash(key), contentHash);
    }

    /** The same for what is said of a directory; one of which nothing has been said yet takes any key and none. */
    public static void require(CustomerKey key, DirectoryRecord directory) {
        if (!directory.implicit()) {
            require(key, directory.keyHash());
        }
    }

    /** The hash of a key, null for none. */
    public static String hash(CustomerKey key) {
        return key == null ? null : key.hash;
    }

    @Override
    public String toString() {
        return "***";
    }
}
