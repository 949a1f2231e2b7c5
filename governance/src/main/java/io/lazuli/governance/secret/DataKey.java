package io.lazuli.governance.secret;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a data directory: 256 random bits in a file that only its owner may read, made on first use. Encrypts with AES-GCM; safe for
 * use by several threads.
 */
public final class DataKey {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private DataKey(Path file, byte[] key) {
        this.file = file;
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The key in {@code secrets.key} of the data directory. */
    public static DataKey of(Path dataDirectory) {
        Path file = dataDirectory.resolve("secrets.key");
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != 32) {
                throw failure(CommonError.INVALID_ARGUMENT, Place.of(file, null), "A key has 32 bytes, this file has %d", key.length);
            }
            return new DataKey(file, key);
        } catch (IOException problem) {
            throw failure(CommonError.IO_ERROR, Place.of(file, null), "Cannot read or make the key: %s", problem.getMessage(), problem);
        }
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path fresh = Files.createTempFile(file.getParent(), "secrets", ".key");
        restrict(fresh);
        Files.write(fresh, key, StandardOpenOption.SYNC);
        try {
            // A link, not a move: of two processes that make the key at once, the second must not replace the first one's.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException madeByAnother) {
            return;
        } finally {
            Files.delete(fresh);
        }
    }

    static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** The nonce followed by the encrypted bytes and their tag. */
    public byte[] encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, all, NONCE_BYTES, encrypted.length);
            return all;
        } catch (GeneralSecurityException problem) {
            throw failure(CommonError.INTERNAL_ERROR, "Cannot encrypt: %s", problem.getMessage(), problem);
        }
    }

    /** What {@link #encrypt} was given; {@code FORBIDDEN} when another key encrypted it or it was changed. */
    public byte[] decrypt(byte[] encrypted) {
        if (encrypted.length < NONCE_BYTES) {
            throw failure(CommonError.FORBIDDEN, Place.of(file, null), "A secret was not encrypted with this key: it is cut off");
        }
        try {
            byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce).doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException problem) {
            throw failure(CommonError.FORBIDDEN, Place.of(file, null), "A secret was not encrypted with this key", problem);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
