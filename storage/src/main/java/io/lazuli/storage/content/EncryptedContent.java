package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * How content lies in a file that is encrypted with a customer's key: a mark, the key's hash and a random salt, then chunks of 64 KB, each
 * by AES-GCM with its tag. The key of a content comes from the customer's and the salt, so that a chunk's number is a nonce.
 */
final class EncryptedContent {
    static final int CHUNK_BYTES = 64 * 1024;
    static final int TAG_BYTES = 16;
    private static final byte[] MARK =
        {(byte) 0x9E, 0x4C, 0x5A, 0x4C, (byte) 0xC3, 0x50, 0x4B, 0x01, (byte) 0xF1, 0x7D, 0x22, (byte) 0xAB, 0x0E, (byte) 0x96, 0x63, 0x1C};
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 32;
    static final int HEADER_BYTES = 16 + HASH_BYTES + SALT_BYTES;
    private static final int NONCE_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private EncryptedContent(SecretKey key) {
        this.key = key;
    }

    /** Begins a file: writes what stands before the chunks. */
    static EncryptedContent begin(FileChannel file, CustomerKey customer) throws IOException {
        return new EncryptedContent(newKey(file, customer));
    }

    /** The key of a new content, whose file gets what stands before it. */
    static SecretKey newKey(FileChannel file, CustomerKey customer) throws IOException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(MARK).put(customer.hashBytes()).put(salt).flip();
        while (header.hasRemaining()) {
            file.write(header, header.position());
        }
        return customer.derived(salt);
    }

    /** The content of a file that is encrypted with that key. */
    static EncryptedContent of(FileChannel file, CustomerKey customer) throws IOException {
        return new EncryptedContent(key(file, customer));
    }

    /** The key of a content that is there. */
    static SecretKey key(FileChannel file, CustomerKey customer) throws IOException {
        return customer.derived(Arrays.copyOfRange(header(file), HEADER_BYTES - SALT_BYTES, HEADER_BYTES));
    }

    private static byte[] header(FileChannel file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
            continue;
        }
        return header.array();
    }

    /** The hash of the key that a file is encrypted with, in base 64; null for a file that is not. */
    static String keyHash(FileChannel file) throws IOException {
        byte[] header = header(file);
        return Arrays.equals(header, 0, MARK.length, MARK, 0, MARK.length)
            ? Base64.getEncoder().encodeToString(Arrays.copyOfRange(header, MARK.length, MARK.length + HASH_BYTES)) : null;
    }

    /** How many bytes the content of a file of that size has. */
    static long contentSize(long fileSize) {
        long body = Math.max(0, fileSize - HEADER_BYTES);
        long chunks = (body + CHUNK_BYTES + TAG_BYTES - 1) / (CHUNK_BYTES + TAG_BYTES);
        return body - chunks * TAG_BYTES;
    }

    static long place(long chunk) {
        return HEADER_BYTES + chunk * (CHUNK_BYTES + TAG_BYTES);
    }

    ByteBuffer encrypt(long chunk, ByteBuffer plain) {
        return apply(Cipher.ENCRYPT_MODE, chunk, plain, plain.remaining() + TAG_BYTES);
    }

    ByteBuffer decrypt(long chunk, ByteBuffer secret) throws IOException {
        try {
            return apply(Cipher.DECRYPT_MODE, chunk, secret, Math.max(0, secret.remaining() - TAG_BYTES));
        } catch (IllegalStateException damaged) {
            throw new IOException("The content of an encrypted blob is damaged", damaged);
        }
    }

    private ByteBuffer apply(int mode, long chunk, ByteBuffer in, int size) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(chunk).array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            ByteBuffer out = ByteBuffer.allocate(size);
            cipher.doFinal(in, out);
            return out.flip();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
