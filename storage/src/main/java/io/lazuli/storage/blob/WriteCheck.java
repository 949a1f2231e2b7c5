package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Whether a request may change the blob that is there. */
public final class WriteCheck {
    private WriteCheck() {
    }

    /** For what replaces a blob or makes one; gets null when there is none. */
    public static Consumer<Blob> replacing(Exchange exchange) {
        requireCurrent(exchange);
        Conditions conditions = Conditions.of(exchange);
        String lease = exchange.header("x-ms-lease-id");
        return existing -> {
            if (existing == null) {
                conditions.checkMissing();
                TagCondition.check(exchange, Map.of());
                LeaseCheck.read("Blob", null, lease);
                return;
            }
            exchange.requireReplacing();
            // A lease goes first: who holds it knows that the blob is there, and Azure's client for Python sends both.
            if (conditions.wantsNone() && !LeaseCheck.isHeld(existing.lease())) {
                throw alreadyExists();
            }
            LeaseCheck.change("Blob", existing.lease(), lease);
            if (conditions.wantsNone() && (lease == null || lease.isEmpty())) {
                // The lease has ended just now.
                throw alreadyExists();
            }
            requireNoCopy(existing);
            (conditions.wantsNone() ? conditions.withoutNone() : conditions).checkWrite(existing.etag(), existing.record().modified());
            TagCondition.check(exchange, existing.record().tags());
            Tiers.requireOnline(existing);
        };
    }

    /** For what writes a blob of a kind; Put Blob and what uploads alone take the place of blobs of other kinds. */
    static Consumer<Blob> replacing(Exchange exchange, BlobKind kind) {
        return replacing(exchange).andThen(existing -> {
            if (existing != null && existing.record().kind() != kind) {
                throw ServiceFailure.invalidBlobType();
            }
        });
    }

    private static ServiceFailure alreadyExists() {
        return new ServiceFailure(409, "BlobAlreadyExists", "The specified blob already exists.");
    }

    static void requireNoCopy(Blob blob) {
        CopyRecord copy = blob.record().copy();
        if (copy != null && copy.status() == CopyRecord.Status.pending) {
            throw new ServiceFailure(409, "PendingCopyOperation", "There is currently a pending copy operation.");
        }
    }

    /** For what changes a blob's content or properties, which an archived one has out of reach. */
    public static Consumer<Blob> changingOnline(Exchange exchange) {
        return changing(exchange).andThen(Tiers::requireOnline).andThen(blob -> EncryptionScopes.change(exchange, blob));
    }

    /** Snapshots and versions never change. */
    static void requireCurrent(Exchange exchange) {
        for (String parameter : List.of("snapshot", "versionid")) {
            if (exchange.query(parameter) != null) {
                throw ServiceFailure.invalidParameter(parameter, exchange.query(parameter), "Only the current content can be changed.");
            }
        }
    }

    /** For what changes a blob that must be there. */
    public static Consumer<Blob> changing(Exchange exchange) {
        requireCurrent(exchange);
        return tagging(exchange);
    }

    /** For what changes or deletes a directory that must be there. */
    public static Consumer<DirectoryRecord> changingDirectory(Exchange exchange, Directories directories, BlobAddress address) {
        Conditions conditions = Conditions.of(exchange);
        return directory -> {
            LeaseCheck.change("Blob", directories.lease(address), exchange.header("x-ms-lease-id"));
            conditions.checkWrite(directory.etag(), directory.modified());
        };
    }

    /** For what makes a directory that is there already. */
    public static Consumer<DirectoryRecord> replacingDirectory(Exchange exchange, Directories directories, BlobAddress address) {
        Consumer<DirectoryRecord> changing = changingDirectory(exchange, directories, address);
        return directory -> {
            exchange.requireReplacing();
            changing.accept(directory);
        };
    }

    /** For what only reads the current content: a lease that is held need not be named. */
    public static Consumer<Blob> snapshotting(Exchange exchange) {
        requireCurrent(exchange);
        Conditions conditions = Conditions.of(exchange);
        String lease = exchange.header("x-ms-lease-id");
        return blob -> {
            LeaseCheck.read("Blob", blob.lease(), lease);
            conditions.checkWrite(blob.etag(), blob.record().modified());
            TagCondition.check(exchange, blob.record().tags());
            Tiers.requireOnline(blob);
            EncryptionScopes.change(exchange, blob);
        };
    }

    /** For what can be done to snapshots and versions too. */
    public static Consumer<Blob> tagging(Exchange exchange) {
        return changing(exchange, exchange.header("x-ms-lease-id"));
    }

    /** For what writes a part of a blob, with the lease that is held, or null for none. */
    public static Consumer<Blob> writing(Exchange exchange, String lease) {
        requireCurrent(exchange);
        return changing(exchange, lease).andThen(blob -> EncryptionScopes.change(exchange, blob));
    }

    /** The same for a request that holds a lease, or null for none. */
    public static Consumer<Blob> changing(Exchange exchange, String lease) {
        Conditions conditions = Conditions.of(exchange);
        return blob -> {
            LeaseCheck.change("Blob", blob.lease(), lease);
            requireNoCopy(blob);
            conditions.checkWrite(blob.etag(), blob.record().modified());
            TagCondition.check(exchange, blob.record().tags());
        };
    }
}
