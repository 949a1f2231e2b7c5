package io.lazuli.storage.content;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;

/**
 * Where the blobs of an account with flat names are. One whose name the file system can hold, and whose place is free, is a plain file at
 * its plain place. Others are aside, in a hidden folder of the container, under a digest of the name: the metadata knows the names. A blob
 * stays where it was made, so that no place ever has to be cleared.
 */
final class FlatNames {
    static final String TABLE = "aside";

    /** A file of a tree. */
    record Place(FileTree tree, String path) {
        Optional<FileStatus> file() {
            return tree.status(path).filter(status -> !status.folder());
        }
    }

    private final Table<Boolean> names;

    FlatNames(MetadataStore metadata) {
        this.names = metadata.table(TABLE, Boolean.class);
    }

    /** Where a blob is, or would be made. */
    Place place(FileTree tree, BlobAddress address) {
        Place aside = aside(tree, address);
        if (!isPlain(address.path())) {
            return aside;
        }
        Place plain = new Place(tree, address.path());
        if (plain.file().isPresent()) {
            return plain;
        }
        return names.has(address.key()) && aside.file().isPresent() || !isFree(plain) ? aside : plain;
    }

    static Place aside(FileTree tree, BlobAddress address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(address.path().getBytes(StandardCharsets.UTF_8));
            String name = HexFormat.of().formatHex(digest);
            return new Place(tree.aside(), name.substring(0, 2) + "/" + name);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Whether a file system can hold the name as it is. */
    private static boolean isPlain(String name) {
        try {
            return LakeNames.path(name).equals(name);
        } catch (LazuliException noPath) {
            return false;
        }
    }

    /** Whether no folder is there and no file where one of its folders would be. */
    private static boolean isFree(Place place) {
        if (place.tree().status(place.path()).isPresent()) {
            return false;
        }
        for (int slash = place.path().lastIndexOf('/'); slash > 0; slash = place.path().lastIndexOf('/', slash - 1)) {
            Optional<FileStatus> above = place.tree().status(place.path().substring(0, slash));
            if (above.isPresent()) {
                return above.get().folder();
            }
        }
        return true;
    }

    /** Notes that a blob is aside; called within a change of the metadata. */
    void note(BlobAddress address) {
        names.put(address.key(), true);
    }

    /** Called within a change of the metadata. */
    void forget(BlobAddress address) {
        names.remove(address.key());
    }

    /** The names of a container that are aside, from one on, in their order. */
    Iterator<String> from(BlobAddress first) {
        String prefix = first.containerKey() + "/";
        Iterator<String> keys = names.keysFrom(first.key());
        return new Iterator<>() {
            private String next = advance();

            private String advance() {
                String key = keys.hasNext() ? keys.next() : null;
                return key != null && key.startsWith(prefix) ? key.substring(prefix.length()) : null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public String next() {
                String result = next;
                next = advance();
                return result;
            }
        };
    }
}
