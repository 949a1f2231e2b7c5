package io.lazuli.storage.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A block that was uploaded and not committed yet: a file whose name is its id and, behind a dot, the scope that it is encrypted under.
 * Of several with the same id the last one counts.
 *
 * @param name the id in hexadecimal digits
 */
record WaitingBlock(Path file, String name) {
    /** Where a block is kept. */
    static Path place(Path folder, String id, String scope) {
        return folder.resolve(scope == null ? name(id) : name(id) + "." + scope);
    }

    static String name(String id) {
        return HexFormat.of().formatHex(Blocks.decode(id));
    }

    /** The blocks in a folder, by name. */
    static SortedMap<String, WaitingBlock> in(Path folder) throws IOException {
        SortedMap<String, WaitingBlock> blocks = new TreeMap<>();
        try (Stream<Path> files = blocks(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                WaitingBlock block = of(file);
                WaitingBlock other = blocks.get(block.name);
                if (other == null || block.isLaterThan(other)) {
                    blocks.put(block.name, block);
                }
            }
        }
        return blocks;
    }

    /** Files that are blocks; the caller closes the stream. */
    static Stream<Path> blocks(Path folder) throws IOException {
        return Files.list(folder).filter(file -> !file.getFileName().toString().startsWith("."));
    }

    static WaitingBlock of(Path file) {
        String name = file.getFileName().toString();
        return new WaitingBlock(file, name.contains(".") ? name.substring(0, name.indexOf('.')) : name);
    }

    private boolean isLaterThan(WaitingBlock other) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other.file)) > 0;
    }

    String id() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(name));
    }

    private String scope() {
        String whole = file.getFileName().toString();
        return whole.equals(name) ? null : whole.substring(name.length() + 1);
    }

    /** The number of bytes of its content. */
    long size() throws IOException {
        try (FileChannel block = FileChannel.open(file, StandardOpenOption.READ)) {
            return EncryptedContent.keyHash(block) == null ? block.size() : EncryptedContent.contentSize(block.size());
        }
    }

    /** Its content; fails unless it was uploaded with that key and scope. */
    FileChannel open(Encryption encryption) throws IOException {
        Encryption.requireSame(encryption.scope(), scope());
        FileChannel block = FileChannel.open(file, StandardOpenOption.READ);
        try {
            CustomerKey.require(encryption.key(), EncryptedContent.keyHash(block));
            return encryption.key() == null ? block : new DecryptingChannel(block, encryption.key());
        } catch (IOException | RuntimeException failure) {
            block.close();
            throw failure;
        }
    }
}
