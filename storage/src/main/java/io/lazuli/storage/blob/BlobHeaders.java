package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.StructuredMessage;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.RehydrationRecord;
import java.util.Locale;
import java.util.Map;

/** A blob's properties as headers, in both directions. */
public final class BlobHeaders {
    private static final String KEY = "x-ms-encryption-key";

    private BlobHeaders() {
    }

    /** For what takes no customer's key. */
    public static void refuseUnsupported(Exchange exchange) {
        if (exchange.header(KEY) != null) {
            throw ServiceFailure.unsupportedHeader(KEY, "***");
        }
        refuseUnsupportedButKey(exchange);
    }

    /** For what takes a customer's key. */
    public static void refuseUnsupportedButKey(Exchange exchange) {
        StructuredMessage.isAsked(exchange);
    }

    /** The content headers that a request gives a blob: {@code x-ms-blob-…}, and the plain ones where they may stand for them. */
    public static ContentHeaders read(Exchange exchange, boolean plainToo) {
        return new ContentHeaders(
            value(exchange, "x-ms-blob-content-type", plainToo ? "Content-Type" : null),
            value(exchange, "x-ms-blob-content-encoding", plainToo ? "Content-Encoding" : null),
            value(exchange, "x-ms-blob-content-language", plainToo ? "Content-Language" : null),
            exchange.header("x-ms-blob-content-disposition"),
            value(exchange, "x-ms-blob-cache-control", plainToo ? "Cache-Control" : null),
            exchange.header("x-ms-blob-content-md5"));
    }

    private static String value(Exchange exchange, String name, String plain) {
        String value = exchange.header(name);
        value = value == null && plain != null ? exchange.header(plain) : value;
        return value == null || value.isEmpty() ? null : value;
    }

    /** What reads and properties have in common. */
    public static void write(Exchange exchange, Blob blob) {
        BlobRecord record = blob.record();
        EncryptionScopes.read(exchange, blob);
        identity(exchange, blob);
        exchange.set("x-ms-blob-type", record.kind().name());
        exchange.setDate("x-ms-creation-time", record.created());
        exchange.set("Accept-Ranges", "bytes");
        exchange.set("x-ms-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", record.keyHash());
        content(exchange, record.headers());
        exchange.setMetadata(record.metadata());
        if (!record.tags().isEmpty()) {
            exchange.set("x-ms-tag-count", record.tags().size());
        }
        if (record.kind() == BlobKind.PageBlob) {
            exchange.set("x-ms-blob-sequence-number", record.pages().sequenceNumber());
        }
        if (record.kind() == BlobKind.AppendBlob) {
            exchange.set("x-ms-blob-committed-block-count", record.appendedBlocks());
            exchange.set("x-ms-blob-sealed", record.sealed() ? "true" : null);
        }
        if (record.expires() != null) {
            exchange.setDate("x-ms-expiry-time", record.expires());
        }
        exchange.set("x-ms-encryption-context", record.encryptionContext());
        if (record.lastAccess() != null) {
            exchange.setDate("x-ms-last-access-time", record.lastAccess());
        }
        lease(exchange, blob.lease());
        copy(exchange, record.copy());
        ImmutabilityHeaders.write(exchange, record.immutability());
    }

    /** The entity tag, the time of the last change, and which version it is. */
    public static void identity(Exchange exchange, Blob blob) {
        identity(exchange, blob.record());
        boolean current = blob.generation() == null;
        if (!current && blob.generation().kind() == Kind.VERSION) {
            exchange.set("x-ms-version-id", blob.generation().id());
        } else if (current && blob.record().version() != null) {
            exchange.set("x-ms-version-id", Generation.id(blob.record().version()));
            exchange.set("x-ms-is-current-version", exchange.method().equals("GET") || exchange.method().equals("HEAD") ? "true" : null);
        }
    }

    /** The entity tag and the time of the last change. */
    public static void identity(Exchange exchange, BlobRecord record) {
        exchange.set("ETag", record.etag());
        exchange.setDate("Last-Modified", record.modified());
    }

    /** The headers of the content; query parameters of a signature go first. */
    static void content(Exchange exchange, ContentHeaders headers) {
        exchange.set("Content-Type", override(exchange, "rsct", headers.shownType()));
        exchange.set("Content-Encoding", override(exchange, "rsce", headers.encoding()));
        exchange.set("Content-Language", override(exchange, "rscl", headers.language()));
        exchange.set("Content-Disposition", override(exchange, "rscd", headers.disposition()));
        exchange.set("Cache-Control", override(exchange, "rscc", headers.cacheControl()));
    }

    private static String override(Exchange exchange, String parameter, String value) {
        // That of an account does not sign them.
        boolean signed = exchange.query("sig") != null && exchange.query("ss") == null;
        String given = signed ? exchange.query(parameter) : null;
        return given == null ? value : given;
    }

    /** The state of a lease. */
    public static void lease(Exchange exchange, LeaseRecord lease) {
        long now = System.currentTimeMillis();
        LeaseRecord.State state = lease == null ? LeaseRecord.State.available : lease.state(now);
        exchange.set("x-ms-lease-state", state.name());
        exchange.set("x-ms-lease-status", lease != null && lease.isHeld(now) ? "locked" : "unlocked");
        if (state == LeaseRecord.State.leased) {
            exchange.set("x-ms-lease-duration", lease.durationSeconds() < 0 ? "infinite" : "fixed");
        }
    }

    private static void copy(Exchange exchange, CopyRecord copy) {
        if (copy != null) {
            exchange.set("x-ms-copy-id", copy.id());
            exchange.set("x-ms-copy-source", copy.source());
            exchange.set("x-ms-copy-status", copy.status().name());
            exchange.set("x-ms-copy-status-description", copy.description());
            exchange.set("x-ms-copy-progress", copy.bytes() + "/" + Math.max(copy.bytes(), copy.total()));
            if (copy.completedMicros() != null) {
                exchange.setDate("x-ms-copy-completion-time", copy.completedMicros());
            }
        }
    }

    /** The tier as properties show it. */
    public static void tier(Exchange exchange, BlobRecord record) {
        if (record.kind() == BlobKind.BlockBlob) {
            exchange.set("x-ms-access-tier", record.tier() == null ? "Hot" : record.tier());
            exchange.set("x-ms-access-tier-inferred", record.tier() == null ? "true" : null);
            exchange.set("x-ms-smart-access-tier", Tiers.smart(record));
            if (record.tierChanged() != null) {
                exchange.setDate("x-ms-access-tier-change-time", record.tierChanged());
            }
            if (record.rehydration() != null) {
                exchange.set("x-ms-archive-status", archiveStatus(record.rehydration()));
                exchange.set("x-ms-rehydrate-priority", record.rehydration().priority());
            }
        }
    }

    /** Where a blob goes from the archive, in Azure's words. */
    static String archiveStatus(RehydrationRecord rehydration) {
        return "rehydrate-pending-to-" + rehydration.tier().toLowerCase(Locale.ROOT);
    }

    /** The tags in {@code x-ms-tags}, which are encoded as a query is; null when the header is missing. */
    public static Map<String, String> tags(Exchange exchange) {
        String value = exchange.header("x-ms-tags");
        return value == null ? null : Tags.parseHeader(value);
    }
}
