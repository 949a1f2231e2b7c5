package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** A file that is being written aside. {@link #seal} makes it durable; closing it removes it unless it was put in place. */
public final class StagedFile implements AutoCloseable {
    private static final int ZEROS_BYTES = 64 * 1024;

    private final Path path;
    private final Durability durability;
    private final CustomerKey key;
    private final FileChannel file;
    private final FileChannel channel;
    private WriteBack writeBack;
    private String keyHash;
    private boolean placed;
    private long size;
    private long stamp;

    public StagedFile(Path path, Durability durability) {
        this(path, null, durability);
    }

    /** With a key the content is encrypted on its way; null for none. */
    StagedFile(Path path, CustomerKey key, Durability durability) {
        this.path = path;
        this.key = key;
        this.keyHash = key == null ? null : key.hash();
        this.durability = durability;
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
            channel = key == null ? file : new EncryptingChannel(file, key);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Where the content is written, and read unless it is encrypted. */
    public FileChannel channel() {
        return channel;
    }

    public Path path() {
        return path;
    }

    /** Adds zeros, which take no space unless the content is encrypted. */
    public void writeZeros(long count) throws IOException {
        if (key == null) {
            file.position(file.position() + count);
            FileOverwrite.setSize(file, Math.max(file.size(), file.position()));
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS_BYTES);
        for (long left = count; left > 0; left -= zeros.limit()) {
            zeros.clear().limit((int) Math.min(ZEROS_BYTES, left));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        }
    }

    /** Says before anything is written whether the file is to take another one's place. */
    public void replaces(boolean another) {
        writeBack = another ? new WriteBack(path) : null;
    }

    /** To be told of what was written to the channel. */
    public void grew(long bytes) {
        if (writeBack != null) {
            writeBack.grew(bytes);
        }
    }

    /** Ends the writing: content and time are durable. */
    public StagedFile seal() throws IOException {
        if (channel instanceof EncryptingChannel encrypting) {
            encrypting.finish();
        }
        size = file.size();
        stamp = EntityTag.now();
        Files.setLastModifiedTime(path, FileTime.from(stamp, TimeUnit.MICROSECONDS));
        durability.force(channel);
        return this;
    }

    public long size() {
        return size;
    }

    /** The key that the content is encrypted with, null for none. */
    CustomerKey key() {
        return key;
    }

    /** The hash of the key that the content is encrypted with, null for plain content. */
    String keyHash() {
        return keyHash;
    }

    /** Says which key encrypted what was written to the channel, when that was done before. */
    void encryptedWith(String hash) {
        keyHash = hash;
    }

    /** The content of a sealed file. */
    FileChannel content() throws IOException {
        return key == null ? file : new DecryptingChannel(file, key);
    }

    /** The sealed file's modification time, in microseconds since 1970. */
    public long stamp() {
        return stamp;
    }

    /** It has taken its place: there is nothing to remove. */
    void placed() {
        placed = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!placed) {
            Files.deleteIfExists(path);
        }
    }
}
