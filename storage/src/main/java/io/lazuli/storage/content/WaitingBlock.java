package io.lazuli.storage.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A block that was uploaded and not committed yet: a file in its blob's folder, or in the folder below that is for the scope that it is
 * encrypted under. Its name is its id, so that one id has one file in each; there are several of the same id only while, or because the
 * service ended while, one takes the place of another, and any of them counts then.
 *
 * @param name the id in hexadecimal digits
 * @param scope that it is encrypted under, null for the account's own
 */
record WaitingBlock(Path file, String name, String scope) {
    private static final String SCOPES = ".scopes";

    private WaitingBlock(Path file, String scope) {
        this(file, file.getFileName().toString(), scope);
    }

    /** Where a block is kept. */
    static Path place(Path folder, String id, String scope) {
        return (scope == null ? folder : folder.resolve(SCOPES).resolve(scope)).resolve(name(id));
    }

    /** Where the block of a place may be as well, under other scopes. */
    static List<Path> others(Path folder, Path place) throws IOException {
        List<Path> others = new ArrayList<>(List.of(folder.resolve(place.getFileName())));
        for (Path scope : scopes(folder)) {
            others.add(scope.resolve(place.getFileName()));
        }
        others.remove(place);
        return others;
    }

    static String name(String id) {
        return HexFormat.of().formatHex(Blocks.decode(id));
    }

    /** The blocks in a folder, by name. */
    static Collection<WaitingBlock> in(Path folder) throws IOException {
        SortedMap<String, WaitingBlock> blocks = new TreeMap<>();
        for (WaitingBlock block : all(folder)) {
            blocks.put(block.name(), block);
        }
        return blocks.values();
    }

    private static List<WaitingBlock> all(Path folder) throws IOException {
        List<WaitingBlock> blocks = new ArrayList<>();
        try (Stream<Path> files = blocks(folder)) {
            files.forEach(file -> blocks.add(new WaitingBlock(file, null)));
        }
        for (Path scope : scopes(folder)) {
            try (Stream<Path> files = Files.list(scope)) {
                files.forEach(file -> blocks.add(new WaitingBlock(file, scope.getFileName().toString())));
            }
        }
        return blocks;
    }

    /**
     * A block's content.
     *
     * @param written the time of its upload, which no other upload has
     */
    record Opened(FileChannel content, FileTime written) {
    }

    /** Opens the block of that id, null when there is none; fails unless it was uploaded with that key and scope. */
    static Opened open(Path folder, String id, Encryption encryption) {
        try {
            WaitingBlock block = find(folder, id);
            return block == null ? null : new Opened(block.open(encryption), block.written());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static WaitingBlock find(Path folder, String id) throws IOException {
        Path plain = place(folder, id, null);
        if (Files.exists(plain)) {
            return new WaitingBlock(plain, null);
        }
        for (Path scope : scopes(folder)) {
            Path file = scope.resolve(plain.getFileName());
            if (Files.exists(file)) {
                return new WaitingBlock(file, scope.getFileName().toString());
            }
        }
        return null;
    }

    /** One of the blocks in a folder, empty when there is none; reads little of a folder that has many. */
    static Optional<WaitingBlock> any(Path folder) throws IOException {
        try (Stream<Path> files = blocks(folder)) {
            Optional<Path> plain = files.findFirst();
            if (plain.isPresent()) {
                return Optional.of(new WaitingBlock(plain.get(), null));
            }
        }
        for (Path scope : scopes(folder)) {
            try (Stream<Path> files = Files.list(scope)) {
                Optional<Path> scoped = files.findFirst();
                if (scoped.isPresent()) {
                    return Optional.of(new WaitingBlock(scoped.get(), scope.getFileName().toString()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Removes the blocks in a folder beside those that stay, whose name is in {@code taken} with another time than their own; says whether
     * none stays, and removes nothing then.
     */
    static boolean discardBesideNew(Path folder, Map<String, FileTime> taken) throws IOException {
        List<WaitingBlock> all = all(folder);
        List<WaitingBlock> old = new ArrayList<>();
        for (WaitingBlock block : all) {
            if (!taken.containsKey(block.name()) || block.written().equals(taken.get(block.name()))) {
                old.add(block);
            }
        }
        if (old.size() == all.size()) {
            return true;
        }
        for (WaitingBlock block : old) {
            Files.delete(block.file());
        }
        return false;
    }

    /** The folders of scopes, a few beside many blocks. */
    private static List<Path> scopes(Path folder) throws IOException {
        Path scopes = folder.resolve(SCOPES);
        if (!Files.isDirectory(scopes)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(scopes)) {
            return folders.sorted().toList();
        }
    }

    /** Files that are blocks under no scope; the caller closes the stream. */
    private static Stream<Path> blocks(Path folder) throws IOException {
        return Files.list(folder).filter(file -> !file.getFileName().toString().startsWith("."));
    }

    String id() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(name));
    }

    /** When it was uploaded; no two uploads have the same time. */
    FileTime written() throws IOException {
        return Files.getLastModifiedTime(file);
    }

    /** The number of bytes of its content. */
    long size() throws IOException {
        try (FileChannel block = FileChannel.open(file, StandardOpenOption.READ)) {
            return EncryptedContent.keyHash(block) == null ? block.size() : EncryptedContent.contentSize(block.size());
        }
    }

    private FileChannel open(Encryption encryption) throws IOException {
        Encryption.requireSame(encryption.scope(), scope);
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
