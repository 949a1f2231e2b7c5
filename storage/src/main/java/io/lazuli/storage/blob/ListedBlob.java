package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.Kept;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.Immutability;
import io.lazuli.storage.metadata.LeaseRecord;
import java.util.concurrent.TimeUnit;

/** The element of a blob, snapshot or version in a list, and of what was deleted. */
final class ListedBlob {
    private static final Xml.Name CREATED = new Xml.Name("Creation-Time");
    private static final Xml.Name MODIFIED = new Xml.Name("Last-Modified");
    private static final Xml.Name ETAG = new Xml.Name("Etag");
    private static final Xml.Name LENGTH = new Xml.Name("Content-Length");
    private static final Xml.Name TYPE = new Xml.Name("Content-Type");
    private static final Xml.Name ENCODING = new Xml.Name("Content-Encoding");
    private static final Xml.Name LANGUAGE = new Xml.Name("Content-Language");
    private static final Xml.Name MD5 = new Xml.Name("Content-MD5");
    private static final Xml.Name CACHE = new Xml.Name("Cache-Control");
    private static final Xml.Name DISPOSITION = new Xml.Name("Content-Disposition");
    private static final Xml.Name KIND = new Xml.Name("BlobType");
    private static final Xml.Name TIER = new Xml.Name("AccessTier");
    private static final Xml.Name INFERRED = new Xml.Name("AccessTierInferred");
    private static final Xml.Name LEASE_STATUS = new Xml.Name("LeaseStatus");
    private static final Xml.Name LEASE_STATE = new Xml.Name("LeaseState");
    private static final Xml.Name ENCRYPTED = new Xml.Name("ServerEncrypted");

    private ListedBlob() {
    }

    /** A blob's element; {@code kept} is null for the current content. */
    static void write(Xml xml, Blob blob, Kept kept, boolean hierarchical, ListedPaths paths) {
        BlobRecord record = blob.record();
        xml.open("Blob").name(blob.address().path());
        generation(xml, blob, kept, hierarchical, paths);
        xml.open("Properties")
            .plain(CREATED, HttpDates.formatMicros(record.created()))
            .plain(MODIFIED, HttpDates.formatMicros(record.modified()))
            .plain(ETAG, EntityTag.bare(record.modified()));
        paths.file(xml, blob.address());
        xml.plain(LENGTH, Long.toString(blob.size()));
        content(xml, record.headers());
        xml.plain(KIND, record.kind().name());
        if (record.kind() == BlobKind.PageBlob) {
            xml.element("x-ms-blob-sequence-number", record.pages().sequenceNumber());
        }
        if (record.kind() == BlobKind.BlockBlob) {
            tier(xml, record);
        }
        lease(xml, blob.lease());
        xml.plain(ENCRYPTED, "true").optional("CustomerProvidedKeySha256", record.keyHash())
            .optional("Sealed", record.sealed() ? "true" : null);
        if (paths.includes("copy") && record.copy() != null) {
            copy(xml, record.copy());
        }
        if (!record.tags().isEmpty()) {
            xml.element("TagCount", record.tags().size());
        }
        if (record.immutability() != null) {
            immutability(xml, record.immutability(), paths);
        }
        if (kept != null && kept.isDeleted()) {
            deletion(xml, kept);
        }
        xml.optional("Expiry-Time", record.expires() == null ? null : HttpDates.formatMicros(record.expires()))
            .optional("EncryptionScope", record.encryptionScope()).optional("EncryptionContext", record.encryptionContext())
            .optional("LastAccessTime", record.lastAccess() == null ? null : HttpDates.formatMicros(record.lastAccess()));
        xml.close("Properties");
        if (paths.includes("metadata")) {
            ListedPaths.metadata(xml, record.metadata(), record.keyHash());
        }
        if (paths.includes("tags") && !record.tags().isEmpty()) {
            xml.open("Tags");
            Tags.write(xml, record.tags());
            xml.close("Tags");
        }
        xml.close("Blob");
    }

    private static void immutability(Xml xml, Immutability immutability, ListedPaths paths) {
        if (paths.includes("immutabilitypolicy") && immutability.until() != null) {
            xml.element("ImmutabilityPolicyUntilDate", HttpDates.formatMicros(immutability.until()))
                .element("ImmutabilityPolicyMode", ImmutabilityHeaders.mode(immutability));
        }
        if (paths.includes("legalhold") && immutability.legalHold()) {
            xml.element("LegalHold", "true");
        }
    }

    private static void tier(Xml xml, BlobRecord record) {
        xml.plain(TIER, record.tier() == null ? "Hot" : record.tier());
        if (record.tier() == null) {
            xml.plain(INFERRED, "true");
        }
        xml.optional("SmartAccessTier", Tiers.smart(record));
        if (record.tierChanged() != null) {
            xml.element("AccessTierChangeTime", HttpDates.formatMicros(record.tierChanged()));
        }
        if (record.rehydration() != null) {
            xml.element("ArchiveStatus", BlobHeaders.archiveStatus(record.rehydration()))
                .element("RehydratePriority", record.rehydration().priority());
        }
    }

    private static void generation(Xml xml, Blob blob, Kept kept, boolean hierarchical, ListedPaths paths) {
        if (kept == null) {
            if (blob.record().version() != null) {
                xml.element("VersionId", Generation.id(blob.record().version()))
                    .optional("IsCurrentVersion", paths.includes("versions") ? "true" : null);
            }
            return;
        }
        if (kept.isDeleted()) {
            xml.element("Deleted", "true");
        }
        switch (kept.record().kind()) {
            case SNAPSHOT -> xml.element("Snapshot", kept.id());
            case VERSION -> {
                xml.optional("VersionId", paths.includes("versions") ? kept.id() : null);
                xml.optional("HasVersionsOnly", standsForDeleted(kept, paths) ? "true" : null);
            }
            case DELETED -> xml.optional("DeletionId", hierarchical ? kept.id() : null);
        }
    }

    static void content(Xml xml, ContentHeaders headers) {
        xml.element(TYPE, headers.shownType())
            .element(ENCODING, headers.encoding()).element(LANGUAGE, headers.language()).element(MD5, headers.md5())
            .element(CACHE, headers.cacheControl()).element(DISPOSITION, headers.disposition());
    }

    static void lease(Xml xml, LeaseRecord lease) {
        long now = System.currentTimeMillis();
        LeaseRecord.State state = lease == null ? LeaseRecord.State.available : lease.state(now);
        xml.plain(LEASE_STATUS, lease != null && lease.isHeld(now) ? "locked" : "unlocked").plain(LEASE_STATE, state.name());
        if (state == LeaseRecord.State.leased) {
            xml.element("LeaseDuration", lease.durationSeconds() < 0 ? "infinite" : "fixed");
        }
    }

    private static void copy(Xml xml, CopyRecord copy) {
        xml.element("CopyId", copy.id()).element("CopySource", copy.source()).element("CopyStatus", copy.status().name())
            .element("CopyProgress", copy.bytes() + "/" + Math.max(copy.bytes(), copy.total()))
            .optional("CopyStatusDescription", copy.description());
        if (copy.completedMicros() != null) {
            xml.element("CopyCompletionTime", HttpDates.formatMicros(copy.completedMicros()));
        }
    }

    /** A deleted directory. */
    static void deletedDirectory(Xml xml, Kept directory) {
        xml.open("Blob").name(directory.address().path()).element("Deleted", "true").element("DeletionId", directory.id())
            .open("Properties").element("Content-Length", 0).element("BlobType", "BlockBlob").element("ResourceType", "directory");
        deletion(xml, directory);
        xml.close("Properties").close("Blob");
    }

    private static void deletion(Xml xml, Kept kept) {
        long rest = kept.record().expires() - TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        xml.element("DeletedTime", HttpDates.formatMicros(kept.record().deleted()))
            .element("RemainingRetentionDays", Math.max(0, TimeUnit.MICROSECONDS.toDays(rest)));
    }

    /** Whether it is the last version of a blob of which there are versions only, and such blobs are asked for. */
    static boolean standsForDeleted(Kept kept, ListedPaths paths) {
        return paths.includes("deletedwithversions") && paths.lastVersions().contain(kept);
    }
}
