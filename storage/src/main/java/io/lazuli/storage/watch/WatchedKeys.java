package io.lazuli.storage.watch;

import io.lazuli.storage.content.BlobAddress;
import java.util.Comparator;

/** Addresses as sorted texts, {@code ACCOUNT/CONTAINER/PATH}, of which those in a folder stand together. */
final class WatchedKeys {
    static final Comparator<BlobAddress> ORDER = Comparator.comparing(BlobAddress::key);

    private WatchedKeys() {
    }

    static BlobAddress address(String key) {
        String[] parts = key.split("/", 3);
        return new BlobAddress(parts[0], parts[1], parts[2]);
    }

    /** How the keys of all that is in a folder or container begin. */
    static String below(BlobAddress folder) {
        return folder.path().isEmpty() ? folder.key() : folder.key() + "/";
    }

    /** What is behind all keys in a folder or container. */
    static String behind(BlobAddress folder) {
        return behind(below(folder));
    }

    /** What is behind all keys that begin so, with a slash at the end. */
    static String behind(String below) {
        return below.substring(0, below.length() - 1) + (char) ('/' + 1);
    }
}
