package io.lazuli.storage.blob;

import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.Listing;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.HttpDates;
import io.lazuli.storage.http.Xml;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.EntityTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one list shows besides blobs: the directories of a hierarchical account, and of all its paths what kind they are and who may use
 * them.
 */
final class ListedPaths {
    private static final Xml.Name TYPE = new Xml.Name("ResourceType");

    private final Directories directories;
    private final Exchange exchange;
    private final String scope;
    private final List<String> include;
    private final LastVersions lastVersions;
    private final boolean hierarchical;
    private final boolean permissions;

    /** {@code scope} is the encryption scope of the container's directories, null for none. */
    ListedPaths(Directories directories, Exchange exchange, String scope, List<String> include, LastVersions lastVersions) {
        this.directories = directories;
        this.exchange = exchange;
        this.scope = scope;
        this.include = include;
        this.lastVersions = lastVersions;
        this.hierarchical = !exchange.target().flat();
        this.permissions = include.contains("permissions");
    }

    /** Whether the request asks for something that lists do not show by themselves. */
    boolean includes(String dataset) {
        return include.contains(dataset);
    }

    LastVersions lastVersions() {
        return lastVersions;
    }

    /** Among the properties of a blob: who may use the file. */
    void file(Xml xml, BlobAddress address) {
        if (hierarchical) {
            path(xml, address, false);
        }
    }

    private void path(Xml xml, BlobAddress address, boolean directory) {
        if (permissions) {
            AccessRecord access = directories.access(address, directory);
            xml.element("Owner", exchange.shown(access.owner())).element("Group", exchange.shown(access.group()))
                .element("Permissions", PathHeaders.permissions(access))
                .element("Acl", AccessList.parse(access.acl()).renamed(exchange::shown).toString());
        }
        xml.plain(TYPE, directory ? "directory" : "file");
    }

    /** A directory as a blob of its own. */
    void directory(Xml xml, BlobAddress address, FileStatus folder) {
        DirectoryRecord record = directories.record(address, folder);
        xml.open("Blob").name(address.path()).open("Properties");
        begin(xml, address, record);
        ListedBlob.content(xml, record.headers());
        end(xml, address, record);
        xml.close("Properties");
        if (includes("metadata")) {
            metadata(xml, marked(record.metadata()), record.keyHash());
        }
        xml.close("Blob");
    }

    private static Map<String, String> marked(Map<String, String> metadata) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.put("hdi_isfolder", "true");
        return all;
    }

    private void begin(Xml xml, BlobAddress address, DirectoryRecord record) {
        xml.element("Creation-Time", HttpDates.formatMicros(record.created()))
            .element("Last-Modified", HttpDates.formatMicros(record.modified())).element("Etag", EntityTag.bare(record.modified()));
        path(xml, address, true);
        xml.element("Content-Length", 0);
    }

    private void end(Xml xml, BlobAddress address, DirectoryRecord record) {
        xml.element("BlobType", "BlockBlob").element("AccessTier", "Hot").element("AccessTierInferred", "true");
        ListedBlob.lease(xml, directories.lease(address));
        xml.element("ServerEncrypted", "true").optional("CustomerProvidedKeySha256", record.keyHash()).optional("EncryptionScope", scope);
    }

    /**
     * What names begin with: in a hierarchical account a directory. One that holds nothing but what was deleted is there so that clients
     * find that.
     */
    void prefix(Xml xml, BlobAddress place, Listing.PrefixItem prefix) {
        xml.open("BlobPrefix").name(prefix.name());
        if (hierarchical && prefix.name().endsWith("/")) {
            BlobAddress address = place.withPath(prefix.name().substring(0, prefix.name().length() - 1));
            xml.open("Properties");
            listed(address, prefix.folder()).ifPresentOrElse(record -> {
                begin(xml, address, record);
                end(xml, address, record);
            }, () -> xml.plain(TYPE, "directory").element("Placeholder", "true").element("Content-Length", 0));
            xml.close("Properties");
        }
        xml.close("BlobPrefix");
    }

    /** A link that cannot be followed is no directory. */
    private Optional<DirectoryRecord> listed(BlobAddress address, FileStatus folder) {
        try {
            return folder == null ? directories.find(address) : Optional.of(directories.record(address, folder));
        } catch (LazuliException link) {
            return Optional.empty();
        }
    }

    /** Metadata that is encrypted with a customer's key is not shown in lists. */
    static void metadata(Xml xml, Map<String, String> metadata, String keyHash) {
        boolean hidden = keyHash != null && !metadata.isEmpty();
        xml.open("Metadata", "Encrypted", hidden ? "true" : null);
        if (!hidden) {
            metadata.forEach(xml::element);
        }
        xml.close("Metadata");
    }
}
