package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Encrypts bytes with a key that exists only in memory, and makes them unreadable when it is gone. Thread-safe. */
final class AsideCipher {
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    /** What stands around the bytes: the number that no other bytes have, and what tells whether they were changed. */
    static final int MORE_BYTES = Long.BYTES + TAG_BYTES;

    private final SecretKey key;
    private final AtomicLong numbers = new AtomicLong();

    AsideCipher() {
        try {
            KeyGenerator keys = KeyGenerator.getInstance("AES");
            keys.init(256);
            key = keys.generateKey();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES", impossible);
        }
    }

    ByteBuffer encrypt(ByteBuffer plain) throws IOException {
        long number = numbers.getAndIncrement();
        ByteBuffer secret = ByteBuffer.allocate(plain.remaining() + MORE_BYTES).putLong(number);
        return apply(Cipher.ENCRYPT_MODE, number, plain, secret);
    }

    ByteBuffer decrypt(ByteBuffer secret) throws IOException {
        long number = secret.getLong();
        return apply(Cipher.DECRYPT_MODE, number, secret, ByteBuffer.allocate(secret.remaining() - TAG_BYTES));
    }

    private ByteBuffer apply(int mode, long number, ByteBuffer in, ByteBuffer out) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(number).array();
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.doFinal(in, out);
            return out.flip();
        } catch (GeneralSecurityException damaged) {
            throw new IOException("What was appended and not flushed is damaged", damaged);
        }
    }
}
