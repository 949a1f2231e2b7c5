package io.lazuli.storage.dfs;

import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;

/**
 * The id that a client gives to a request that creates or renames a path. The path's status tells it: a client that repeats a request
 * whose answer it missed finds out that the first one was carried out.
 */
final class ClientTransaction {
    static final String HEADER = "x-ms-client-transaction-id";
    private static final int MAX_LENGTH = 1024;

    private final Blobs blobs;
    private final Directories directories;

    ClientTransaction(Blobs blobs, Directories directories) {
        this.blobs = blobs;
        this.directories = directories;
    }

    static void check(Exchange exchange) {
        String id = exchange.header(HEADER);
        if (id != null && id.length() > MAX_LENGTH) {
            throw ServiceFailure.invalidHeader(HEADER, id);
        }
    }

    /** Keeps the request's id with the path that it made. */
    void note(Exchange exchange, BlobAddress address) {
        String id = exchange.header(HEADER);
        if (id == null || id.isEmpty()) {
            return;
        }
        if (blobs.find(address).isPresent()) {
            blobs.rewrite(address, blob -> { }, record -> record.withTransaction(id));
        } else {
            directories.update(address, directory -> { }, directory -> directory.withTransaction(id));
        }
    }
}
