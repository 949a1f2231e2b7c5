package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.Block;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The blocks that were uploaded and not committed yet: a folder for each blob, a file for each block, under a folder of the data
 * directory. What is being written is in another one beside; so is what was discarded, until it is removed. Thread-safe.
 */
public final class Blocks {
    /** So a file's name began that was being written, when it was in its blob's folder. */
    private static final String FORMER_TEMPORARY = ".new-";
    private static final String COMING = ".coming";
    private static final String DISCARDED = ".discarded";
    private static final String NAME_FILE = ".name";
    private static final int ARRIVAL_COUNTS = 1024;

    private final Path root;
    private final Locks locks;
    private final Lake lake;
    private final Durability durability;
    /** How many blocks came, those of some blobs counted together. */
    private final AtomicLongArray arrivals = new AtomicLongArray(ARRIVAL_COUNTS);
    /** The containers that may have some, so that the many that have none cost nothing. */
    private final Set<String> containers = ConcurrentHashMap.newKeySet();

    public Blocks(Path root, Locks locks, Lake lake) {
        this.root = root;
        this.lake = lake;
        this.durability = lake.durability();
        this.locks = locks;
    }

    /** Removes what was being uploaded or discarded when the service ended; called before anything else. */
    public void removeAbandoned() {
        if (!Files.isDirectory(root)) {
            return;
        }
        remove(root.resolve(COMING));
        remove(root.resolve(DISCARDED));
        try (Stream<Path> files = Files.walk(root)) {
            createFolders();
            for (Path file : (Iterable<Path>) files::iterator) {
                Path place = root.relativize(file);
                if (place.getNameCount() == 2 && !place.startsWith(COMING) && !place.startsWith(DISCARDED)) {
                    containers.add(place.getName(0) + "/" + place.getName(1));
                }
                if (file.getFileName().toString().startsWith(FORMER_TEMPORARY)) {
                    Files.delete(file);
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Before they are needed: when the disk is full, discarding goes on. */
    private void createFolders() throws IOException {
        durability.createFolders(root.resolve(COMING));
        durability.createFolders(root.resolve(DISCARDED));
    }

    private static void remove(Path discarded) {
        try {
            FileTree.deleteAll(discarded);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Forgets the blocks of all blobs of a container, in which nothing changes meanwhile; gives what removes them. */
    Runnable takeAll(String account, String container) {
        BlobAddress place = new BlobAddress(account, container, "");
        containers.remove(place.containerKey());
        Optional<Path> aside = takeAway(container(place));
        return () -> aside.ifPresent(Blocks::remove);
    }

    /** Takes a folder away in one step, if there is one; the caller removes it, or the next start does. */
    private Optional<Path> takeAway(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            Path aside = root.resolve(DISCARDED).resolve(Long.toString(EntityTag.now()));
            durability.createFolders(aside.getParent());
            return Optional.of(Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** One for each blob that has or had uncommitted blocks. */
    private List<Path> folders(BlobAddress place) {
        try (Stream<Path> folders = Files.list(container(place))) {
            return folders.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Path folder(BlobAddress address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(address.path().getBytes(StandardCharsets.UTF_8));
            return container(address).resolve(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private Path container(BlobAddress address) {
        return root.resolve(address.account()).resolve(address.container());
    }

    /** A new file in which a block is written, encrypted unless the key is null; the caller closes it. */
    public StagedFile stage(CustomerKey key) {
        Path file = root.resolve(COMING).resolve(Long.toString(EntityTag.now()));
        try {
            createFolders();
            return new StagedFile(file, key, durability);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Says whose blocks are in a folder. */
    private void name(Path folder, String path) throws IOException {
        Path place = folder.resolve(NAME_FILE);
        if (place.toFile().length() > 0) {
            return;
        }
        durability.createFolders(folder);
        try (StagedFile name = stage(null)) {
            name.channel().write(ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8)));
            Files.move(name.seal().path(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            name.placed();
        }
        durability.forceFolder(folder);
    }

    /**
     * Keeps a sealed file as the block of that id, over one that has it under any scope; {@code ContainerNotFound} when there is no
     * container for its blob.
     *
     * @param scope that it is encrypted under, null for the account's own
     */
    public void put(BlobAddress address, String id, String scope, StagedFile content) {
        locks.withBlob(address, () -> {
            Containers.requireThere(lake.container(address.account(), address.container()));
            containers.add(address.containerKey());
            try {
                Path folder = folder(address);
                name(folder, address.path());
                requireSameLength(folder, id);
                Path place = WaitingBlock.place(folder, id, scope);
                durability.createFolders(place.getParent());
                Files.move(content.path(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                arrivals.incrementAndGet(count(address));
                durability.forceFolder(place.getParent());
                for (Path other : WaitingBlock.others(folder, place)) {
                    if (Files.deleteIfExists(other)) {
                        durability.forceFolder(other.getParent());
                    }
                }
                return null;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    private static int count(BlobAddress address) {
        return Math.floorMod(address.key().hashCode(), ARRIVAL_COUNTS);
    }

    /** All ids of a blob have the same length before their encoding. */
    private static void requireSameLength(Path folder, String id) throws IOException {
        int length = WaitingBlock.name(id).length();
        boolean same = WaitingBlock.any(folder).map(block -> block.name().length() == length).orElse(true);
        if (!same) {
            throw ServiceFailure.badRequest("InvalidBlobOrBlock", "The specified blob or block content is invalid: the identifiers of "
                + "the blocks of a blob have the same length.");
        }
    }

    /** The bytes of an id; {@code InvalidQueryParameterValue} when it is not base 64 or too long. */
    public static byte[] decode(String id) {
        try {
            // Java reads base 64 without its padding too.
            byte[] bytes = id.length() % 4 == 0 ? Base64.getDecoder().decode(id) : null;
            if (bytes == null) {
                throw ServiceFailure.invalidParameter("blockid", id, "Not a valid base64 string.");
            }
            if (bytes.length > 0 && bytes.length <= 64) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidParameter("blockid", id, "Not a valid base64 string.");
        }
        throw ServiceFailure.invalidParameter("blockid", id, "A block's identifier has 1 to 64 bytes.");
    }

    /** When the last of a blob's uncommitted blocks came, in microseconds since 1970; empty when there is none. */
    public OptionalLong lastUploaded(BlobAddress address) {
        return locks.withBlob(address, () -> {
            try {
                long last = -1;
                for (WaitingBlock block : WaitingBlock.in(folder(address))) {
                    last = Math.max(last, block.written().to(TimeUnit.MICROSECONDS));
                }
                return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
            } catch (NoSuchFileException none) {
                return OptionalLong.empty();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    /** The uncommitted blocks of a blob, by id. */
    public List<Block> list(BlobAddress address) {
        return locks.withBlob(address, () -> {
            List<Block> found = new ArrayList<>();
            try {
                for (WaitingBlock block : WaitingBlock.in(folder(address))) {
                    found.add(new Block(block.id(), block.size()));
                }
                return found;
            } catch (NoSuchFileException none) {
                return List.of();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    /** The blobs of a container that have uncommitted blocks. */
    public List<BlobAddress> blobs(String account, String container) {
        BlobAddress place = new BlobAddress(account, container, "");
        List<BlobAddress> found = new ArrayList<>();
        for (Path folder : folders(place)) {
            try {
                String name = Files.readString(folder.resolve(NAME_FILE));
                if (!name.isEmpty() && WaitingBlock.any(folder).isPresent()) {
                    found.add(place.withPath(name));
                }
            } catch (NoSuchFileException committedMeanwhile) {
                continue;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return found;
    }

    /** A block that a list names: of those waiting, or of the blob that is there. */
    public record Choice(String id, boolean committedOnly, boolean uncommittedOnly) {
    }

    /**
     * What a new content was made of.
     *
     * @param waiting the time of the upload of each block that was taken, null for none, by {@link WaitingBlock#name}
     * @param arrivals how many blocks had come before the first was taken
     */
    public record Assembled(List<Block> blocks, Map<String, FileTime> waiting, long arrivals) {
    }

    /**
     * Writes the chosen blocks one after another.
     *
     * @param existing the blob with the committed blocks, null for none
     * @param encryption that the blocks must have been uploaded with
     * @return what the new content consists of; {@code InvalidBlockList} when a block is missing
     */
    public Assembled assemble(BlobAddress address, List<Choice> choices, Blobs.Opened existing, Encryption encryption,
            StagedFile content) throws IOException {
        Map<String, long[]> committed = committed(existing);
        Assembled assembled = new Assembled(new ArrayList<>(), new HashMap<>(), arrivals.get(count(address)));
        for (Choice choice : choices) {
            long[] there = committed.get(choice.id());
            if (!choice.committedOnly() && appendWaiting(address, choice.id(), encryption, content, assembled)) {
                continue;
            }
            if (choice.uncommittedOnly() || there == null) {
                throw ServiceFailure.badRequest("InvalidBlockList", "The specified block list is invalid.");
            }
            Encryption.requireSame(encryption.scope(), existing.blob().record().encryptionScope());
            assembled.blocks().add(new Block(choice.id(), append(existing.channel(), there[0], there[1], content)));
        }
        return assembled;
    }

    /** Appends the block of that id that waits; false when there is none. */
    private boolean appendWaiting(BlobAddress address, String id, Encryption encryption, StagedFile content, Assembled assembled)
            throws IOException {
        WaitingBlock.Opened opened = locks.withBlob(address, () -> WaitingBlock.open(folder(address), id, encryption));
        assembled.waiting().put(WaitingBlock.name(id), opened == null ? null : opened.written());
        if (opened == null) {
            return false;
        }
        try (FileChannel block = opened.content()) {
            assembled.blocks().add(new Block(id, append(block, 0, block.size(), content)));
            return true;
        }
    }

    /** Where each block of a blob is, and how long; null is no blob. */
    private static Map<String, long[]> committed(Blobs.Opened existing) {
        Map<String, long[]> committed = new HashMap<>();
        if (existing != null) {
            long offset = 0;
            for (Block block : existing.blob().record().blocks()) {
                committed.put(block.id(), new long[] {offset, block.size()});
                offset += block.size();
            }
        }
        return committed;
    }

    private static long append(FileChannel source, long offset, long length, StagedFile content) throws IOException {
        content.channel().position(content.channel().size());
        long copied = 0;
        while (copied < length) {
            long step = source.transferTo(offset + copied, length - copied, content.channel());
            if (step <= 0) {
                throw new IOException("A block became shorter while it was read");
            }
            copied += step;
        }
        content.grew(length);
        return length;
    }

    /** Forgets the uncommitted blocks of a blob. */
    public void discard(BlobAddress address) {
        discard(address, () -> takeAway(folder(address)));
    }

    /** Forgets the uncommitted blocks of a blob that has a new content, without those that came anew after they were taken for it. */
    public void discard(BlobAddress address, Assembled content) {
        discard(address, () -> arrivals.get(count(address)) == content.arrivals() || discardBesideNew(folder(address), content.waiting())
            ? takeAway(folder(address)) : Optional.empty());
    }

    private void discard(BlobAddress address, Supplier<Optional<Path>> takeAway) {
        if (containers.contains(address.containerKey())) {
            locks.withBlob(address, takeAway).ifPresent(Blocks::remove);
        }
    }

    /** Whether no new ones stay, so that all can be taken away. */
    private static boolean discardBesideNew(Path folder, Map<String, FileTime> taken) {
        try {
            return !Files.isDirectory(folder) || WaitingBlock.discardBesideNew(folder, taken);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
