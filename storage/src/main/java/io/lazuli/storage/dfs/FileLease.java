package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.LeaseOperations;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.LeaseRecord;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The lease of a file that an append or a flush takes, renews or gives back, as {@code x-ms-lease-action} says: {@code acquire},
 * {@code auto-renew}, and for a flush {@code release} and {@code acquire-release}.
 */
final class FileLease {
    /** A request's work under a lease; {@code lease} is the id that it holds, or null. */
    interface Work {
        void run(String lease) throws IOException;
    }

    private static final String PROPOSED = "x-ms-proposed-lease-id";
    private static final String DURATION = "x-ms-lease-duration";

    private final Blobs blobs;

    FileLease(Blobs blobs) {
        this.blobs = blobs;
    }

    /** Does the work between what the request wants of the lease before and after it; a lease is not kept for work that failed. */
    void around(Exchange exchange, BlobAddress address, boolean flushes, Work work) throws IOException {
        String action = Optional.ofNullable(exchange.header("x-ms-lease-action")).orElse("none").toLowerCase(Locale.ROOT);
        switch (action) {
            case "none" -> work.run(exchange.header("x-ms-lease-id"));
            case "auto-renew" -> {
                change(exchange, address, "renew");
                exchange.set("x-ms-lease-renewed", "true");
                work.run(exchange.header("x-ms-lease-id"));
            }
            case "release" -> {
                work.run(exchange.header("x-ms-lease-id"));
                if (flushes) {
                    change(exchange, address, "release");
                }
            }
            case "acquire", "acquire-release" -> acquired(exchange, address, flushes && action.equals("acquire-release"), work);
            default -> throw ServiceFailure.invalidHeader("x-ms-lease-action", action);
        }
    }

    private void acquired(Exchange exchange, BlobAddress address, boolean releases, Work work) throws IOException {
        String lease = change(exchange, address, "acquire");
        boolean done = false;
        try {
            work.run(lease);
            done = true;
        } finally {
            if (releases || !done) {
                blobs.lease(address, found -> LeaseOperations.released(found.lease()));
            }
        }
        if (!releases) {
            exchange.set("x-ms-lease-id", lease);
        }
    }

    /** Refuses what a new file or directory cannot have as a lease. */
    static void checkNew(Exchange exchange) {
        if (exchange.header(DURATION) != null && exchange.header(PROPOSED) == null) {
            throw ServiceFailure.missingHeader(PROPOSED);
        }
        if (exchange.header(PROPOSED) != null) {
            LeaseOperations.changed("acquire", exchange, "Blob", null);
        }
    }

    /** Gives the lease that a new path is to have from its beginning: the one that it has, when the request names none. */
    static UnaryOperator<LeaseRecord> ofNew(Exchange exchange) {
        if (exchange.header(PROPOSED) == null) {
            return old -> old;
        }
        return old -> {
            LeaseRecord taken = LeaseOperations.changed("acquire", exchange, "Blob", old);
            exchange.set("x-ms-lease-id", taken.id());
            return taken;
        };
    }

    private String change(Exchange exchange, BlobAddress address, String action) {
        return blobs.lease(address, found -> LeaseOperations.changed(action, exchange, "Blob", found.lease())).lease().id();
    }
}
