package io.lazuli.storage.blob;

import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blobs.Snapshots;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.Removal;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.EntityTag;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Snapshot Blob, Delete Blob, Undelete Blob. */
public final class ProtectionOperations {
    private static final String DELETE_SNAPSHOTS = "x-ms-delete-snapshots";
    private static final String DELETE_TYPE = "deletetype";

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;
    private final Accounts accounts;

    public ProtectionOperations(Containers containers, Blobs blobs, Directories directories, Accounts accounts) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
        this.accounts = accounts;
    }

    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupported(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        return BlobAddress.of(exchange.target());
    }

    public void snapshot(Exchange exchange) throws IOException {
        Map<String, String> metadata = exchange.metadata();
        CustomerKey key = CustomerKey.of(exchange);
        containers.require(exchange.target().account(), exchange.target().container());
        Blob taken = blobs.snapshot(BlobAddress.of(exchange.target()),
            WriteCheck.snapshotting(exchange).andThen(blob -> CustomerKey.require(key, blob.record().keyHash())),
            record -> metadata.isEmpty() ? record : record.withMetadata(metadata).withModified(EntityTag.now()));
        BlobHeaders.identity(exchange, taken.record());
        exchange.set("x-ms-snapshot", taken.generation().id());
        exchange.set("x-ms-version-id", taken.record().version() == null ? null : Generation.id(taken.record().version()));
        // The request has no content that could have been encrypted.
        exchange.set("x-ms-request-server-encrypted", "false");
        exchange.respond(201);
    }

    public void delete(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        Optional<Generation> generation = Generation.of(exchange.target());
        Snapshots snapshots = snapshots(exchange, generation.isPresent());
        Removal removal;
        if (exchange.query(DELETE_TYPE) != null) {
            removal = new Removal(deleteForGood(exchange, address, generation), null);
        } else if (generation.isPresent()) {
            boolean permanent =
                blobs.delete(address, generation.get(), WriteCheck.tagging(exchange).andThen(TierCondition.of(exchange)));
            removal = new Removal(permanent, null);
        } else if (blobs.find(address).isEmpty() && !address.path().isEmpty() && directories.find(address).isPresent()) {
            removal = deleteDirectory(exchange, address);
        } else {
            removal = blobs.delete(address, WriteCheck.changing(exchange).andThen(TierCondition.of(exchange)), snapshots);
        }
        exchange.set("x-ms-delete-type-permanent", Boolean.toString(removal.permanent()));
        exchange.set("x-ms-deletion-id", removal.id());
        exchange.respond(202);
    }

    /** Removes a snapshot or version that was deleted, before its time. */
    private boolean deleteForGood(Exchange exchange, BlobAddress address, Optional<Generation> generation) {
        String type = exchange.query(DELETE_TYPE);
        if (!type.equalsIgnoreCase("permanent") || generation.isEmpty()) {
            throw ServiceFailure.invalidParameter(DELETE_TYPE, type, "Only a snapshot or version can be deleted so, with permanent.");
        }
        blobs.deleteForGood(address, generation.get(), () -> ServiceFailure.invalidParameter(DELETE_TYPE, type,
            "The delete retention policy of the account has no AllowPermanentDelete."));
        return true;
    }

    /** This endpoint deletes directories without files only, and says so in its own words. */
    private Removal deleteDirectory(Exchange exchange, BlobAddress address) {
        try {
            return directories.deleteWithoutFiles(address, WriteCheck.changingDirectory(exchange, directories, address));
        } catch (ServiceFailure failure) {
            throw failure.code().equals("DirectoryNotEmpty") ? new ServiceFailure(409, "DirectoryIsNotEmpty",
                "This operation is not permitted on a non-empty directory.") : failure;
        }
    }

    private static Snapshots snapshots(Exchange exchange, boolean ofGeneration) {
        String value = exchange.header(DELETE_SNAPSHOTS);
        if (value == null) {
            return Snapshots.REFUSE;
        }
        if (ofGeneration) {
            throw ServiceFailure.badRequest("InvalidInput", "A snapshot or version has no snapshots: leave out " + DELETE_SNAPSHOTS + ".");
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "include" -> Snapshots.INCLUDE;
            case "only" -> Snapshots.ONLY;
            default -> throw ServiceFailure.invalidHeader(DELETE_SNAPSHOTS, value);
        };
    }

    public void undelete(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        if (!accounts.of(address.account()).hierarchical()) {
            blobs.undelete(address);
        } else if (exchange.header("x-ms-undelete-source") != null || blobs.find(address).isEmpty()) {
            Deletion deletion = Deletion.of(exchange, address);
            boolean directory = directories.undelete(deletion.address(), deletion.id(), blobs::restore);
            exchange.set("x-ms-resource-type", directory ? "directory" : "file");
        }
        exchange.respond(200);
    }

    /**
     * Which deletion of a path is undone.
     *
     * @param id null for the last one
     */
    private record Deletion(BlobAddress address, String id) {
        /** Reads {@code x-ms-undelete-source}, such as {@code folder/file?deletionid=1234}. */
        static Deletion of(Exchange exchange, BlobAddress place) {
            String source = exchange.header("x-ms-undelete-source");
            if (source == null) {
                return new Deletion(place, null);
            }
            Target target = Target.of(null, "/-/-/" + source.replaceFirst("\\?.*", "").replaceFirst("^/", ""),
                source.contains("?") ? source.substring(source.indexOf('?') + 1) : null, null, account -> true);
            // What the request may do was decided for its own path.
            if (!target.path().isEmpty() && !BlobAddress.of(place.account(), place.container(), target.path()).equals(place)) {
                throw ServiceFailure.invalidHeader("x-ms-undelete-source", source);
            }
            return new Deletion(place, target.parameter("deletionid"));
        }
    }
}
