package io.lazuli.storage.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The content of a page blob that is encrypted with a customer's key. Behind what begins all encrypted content there is for each page a
 * nonce, the page by AES-GCM, and its tag. Every write of a page has a new nonce, so that pages can be written in place again and again;
 * the page's number is authenticated with it, so that none can stand for another. A page that was never written is zeros in the file too.
 */
final class EncryptedPages extends ContentChannel {
    static final int PAGE_BYTES = 512;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int STORED_BYTES = NONCE_BYTES + PAGE_BYTES + TAG_BYTES;
    private static final int PAGES_AT_ONCE = 128;
    /** With a pause after each but the last, which begins with a millisecond and doubles: four seconds in all. */
    private static final int LOOKS = 13;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel file;
    private final SecretKey key;
    private final Cipher cipher;
    private final ByteBuffer stored = ByteBuffer.allocate(PAGES_AT_ONCE * STORED_BYTES).limit(0);
    private long first;

    private EncryptedPages(FileChannel file, SecretKey key) {
        this.file = file;
        this.key = key;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM", impossible);
        }
    }

    /** Begins an empty file. */
    static void begin(FileChannel file, CustomerKey customer) throws IOException {
        EncryptedContent.newKey(file, customer);
    }

    /** The pages of a file that is encrypted with that key. */
    static EncryptedPages of(FileChannel file, CustomerKey customer) throws IOException {
        return new EncryptedPages(file, EncryptedContent.key(file, customer));
    }

    /** How many bytes the content of a file of that size has. */
    static long contentSize(long fileSize) {
        return Math.max(0, fileSize - EncryptedContent.HEADER_BYTES) / STORED_BYTES * PAGE_BYTES;
    }

    /** Where the page that begins at an offset lies in its file. */
    static long place(long offset) {
        return EncryptedContent.HEADER_BYTES + offset / PAGE_BYTES * STORED_BYTES;
    }

    @Override
    public synchronized int read(ByteBuffer target, long from) throws IOException {
        long size = size();
        if (from >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - from);
        for (int done = 0; done < count;) {
            int start = (int) ((from + done) % PAGE_BYTES);
            int step = Math.min(count - done, PAGE_BYTES - start);
            target.put(page((from + done) / PAGE_BYTES), start, step);
            done += step;
        }
        return count;
    }

    private byte[] page(long number) throws IOException {
        if (number < first || number >= first + stored.limit() / STORED_BYTES) {
            load(number);
        }
        for (int look = 1;; look++) {
            byte[] page = new byte[STORED_BYTES];
            stored.get((int) (number - first) * STORED_BYTES, page);
            try {
                return isZero(page) ? new byte[PAGE_BYTES] : decrypt(number, page);
            } catch (AEADBadTagException damaged) {
                // The page may have been read while it was being written.
                if (look == LOOKS) {
                    throw new IOException("A page of an encrypted blob is damaged", damaged);
                }
                pause(1L << look - 1);
                loadAgain(number);
            } catch (GeneralSecurityException problem) {
                throw new IllegalStateException(problem);
            }
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted while a page was being written").initCause(interrupted);
        }
    }

    /** One page alone of those that are loaded. */
    private void loadAgain(long number) throws IOException {
        ByteBuffer page = stored.slice((int) (number - first) * STORED_BYTES, STORED_BYTES);
        long place = place(number * PAGE_BYTES);
        while (page.hasRemaining()) {
            if (file.read(page, place + page.position()) < 0) {
                throw new IOException("The file became shorter while it was read");
            }
        }
    }

    private void load(long number) throws IOException {
        first = number;
        stored.clear();
        long place = place(number * PAGE_BYTES);
        while (stored.hasRemaining() && file.read(stored, place + stored.position()) >= 0) {
            continue;
        }
        stored.flip();
        if (stored.limit() < STORED_BYTES) {
            throw new IOException("The file became shorter while it was read");
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] decrypt(long number, byte[] page) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, page, 0, NONCE_BYTES));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
        return cipher.doFinal(page, NONCE_BYTES, PAGE_BYTES + TAG_BYTES);
    }

    /** Writes whole pages. */
    @Override
    public synchronized int write(ByteBuffer source, long to) throws IOException {
        if (to % PAGE_BYTES != 0 || source.remaining() % PAGE_BYTES != 0) {
            throw new IOException("Only whole pages can be written");
        }
        int count = source.remaining();
        for (long number = to / PAGE_BYTES; source.hasRemaining(); number += PAGES_AT_ONCE) {
            ByteBuffer some = ByteBuffer.allocate(Math.min(PAGES_AT_ONCE, source.remaining() / PAGE_BYTES) * STORED_BYTES);
            for (int i = 0; some.hasRemaining(); i++) {
                encrypt(number + i, source, some);
            }
            some.flip();
            long place = place(number * PAGE_BYTES);
            while (some.hasRemaining()) {
                file.write(some, place + some.position());
            }
        }
        return count;
    }

    private void encrypt(long number, ByteBuffer source, ByteBuffer target) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        ByteBuffer page = source.slice(source.position(), PAGE_BYTES);
        source.position(source.position() + PAGE_BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
            target.put(nonce);
            cipher.doFinal(page, target);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public long size() throws IOException {
        return contentSize(file.size());
    }

    @Override
    public void force(boolean metadata) throws IOException {
        file.force(metadata);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
