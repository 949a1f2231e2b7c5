package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.Expiry;
import io.lazuli.storage.blob.ImmutabilityHeaders;
import io.lazuli.storage.blob.LeaseCheck;
import io.lazuli.storage.blob.WriteCheck;
import io.lazuli.storage.content.Appends;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.CustomerKey;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.NewFile;
import io.lazuli.storage.content.Removal;
import io.lazuli.storage.content.RenameSource;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.DirectoryRecord;
import io.lazuli.storage.metadata.LeaseRecord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Files and directories: create, rename, append, flush, delete, properties. */
public final class PathOperations {
    private static final String ENCRYPTION_CONTEXT = "x-ms-encryption-context";
    private static final int MAX_ENCRYPTION_CONTEXT = 1024;

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;
    private final Appends appends;
    private final FileContent content;
    private final Predicate<String> isAccount;

    public PathOperations(Containers containers, Blobs blobs, Directories directories, Appends appends, Predicate<String> isAccount) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
        this.appends = appends;
        this.content = new FileContent(blobs, appends);
        this.isAccount = isAccount;
    }

    private BlobAddress address(Exchange exchange) {
        BlobHeaders.refuseUnsupportedButKey(exchange);
        ImmutabilityHeaders.refuse(exchange);
        FileSystemOperations.require(containers, exchange);
        return BlobAddress.of(exchange.target());
    }

    public void create(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        if (exchange.header("x-ms-rename-source") != null) {
            rename(exchange, address);
            return;
        }
        Map<String, String> properties = Optional.ofNullable(PathProperties.read(exchange)).orElse(Map.of());
        String resource = exchange.query("resource");
        switch (resource) {
            case "directory" -> createDirectory(exchange, address, properties);
            case "file" -> createFile(exchange, address, properties);
            case null, default ->
                throw ServiceFailure.invalidParameter("resource", String.valueOf(resource), "Expected file or directory.");
        }
        CustomerKey key = CustomerKey.of(exchange);
        exchange.set("x-ms-encryption-key-sha256", key == null ? null : key.hash());
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.respond(201);
    }

    private void createDirectory(Exchange exchange, BlobAddress address, Map<String, String> properties) {
        Expiry.refuse(exchange);
        FileLease.checkNew(exchange);
        if (exchange.header(ENCRYPTION_CONTEXT) != null) {
            throw ServiceFailure.unsupportedHeader(ENCRYPTION_CONTEXT, exchange.header(ENCRYPTION_CONTEXT));
        }
        UnaryOperator<LeaseRecord> lease = FileLease.ofNew(exchange);
        DirectoryRecord made = directories.create(address, properties, headers(exchange), NewPathAccess.of(exchange, true)::in,
            ClientTransaction.of(exchange), CustomerKey.of(exchange), taken -> {
                requireCreatable(exchange, address);
                return lease.apply(taken);
            });
        exchange.set("ETag", made.etag());
        exchange.setDate("Last-Modified", made.modified());
    }

    private void requireCreatable(Exchange exchange, BlobAddress address) {
        Conditions conditions = Conditions.of(exchange);
        Optional<DirectoryRecord> existing = directories.find(address);
        if (existing.isPresent() && conditions.wantsNone()) {
            exchange.set("x-ms-existing-resource-type", "directory");
            throw new ServiceFailure(409, "PathAlreadyExists", "The specified path already exists.");
        }
        existing.ifPresentOrElse(WriteCheck.replacingDirectory(exchange, directories, address), conditions::checkMissing);
    }

    private void createFile(Exchange exchange, BlobAddress address, Map<String, String> properties) throws IOException {
        ContentHeaders given = headers(exchange);
        ContentHeaders headers = given.type() == null ? new ContentHeaders(ContentHeaders.DEFAULT_TYPE, given.encoding(),
            given.language(), given.disposition(), given.cacheControl(), given.md5()) : given;
        try (StagedFile content = blobs.stage(address, CustomerKey.of(exchange))) {
            BlobRecord record = BlobRecord.of(kind(exchange), headers, properties).withExpiry(Expiry.ofNew(exchange))
                .withEncryptionContext(encryptionContext(exchange)).withEncryptionScope(exchange.encryptionScope())
                .withTransaction(ClientTransaction.of(exchange));
            FileLease.checkNew(exchange);
            NewPathAccess access = NewPathAccess.of(exchange, false);
            Blob blob = blobs.put(address, content.seal(), record, existing -> {
                if (existing != null && Conditions.of(exchange).wantsNone()) {
                    throw new ServiceFailure(409, "PathAlreadyExists", "The specified path already exists.");
                }
                WriteCheck.replacing(exchange).accept(existing);
            }, new NewFile(FileLease.ofNew(exchange), access::in));
            appends.discard(address);
            BlobHeaders.identity(exchange, blob.record());
        }
    }

    private static String encryptionContext(Exchange exchange) {
        String context = exchange.header(ENCRYPTION_CONTEXT);
        if (context != null && context.length() > MAX_ENCRYPTION_CONTEXT) {
            throw ServiceFailure.invalidHeader(ENCRYPTION_CONTEXT, context);
        }
        return context;
    }

    private static BlobKind kind(Exchange exchange) {
        String type = Optional.ofNullable(exchange.query("blobtype")).orElse("block").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "block", "blockblob" -> BlobKind.BlockBlob;
            case "append", "appendblob" -> BlobKind.AppendBlob;
            default -> throw ServiceFailure.invalidParameter("blobtype", type, "Expected block or append.");
        };
    }

    static ContentHeaders headers(Exchange exchange) {
        return new ContentHeaders(exchange.header("x-ms-content-type"), exchange.header("x-ms-content-encoding"),
            exchange.header("x-ms-content-language"), exchange.header("x-ms-content-disposition"), exchange.header("x-ms-cache-control"),
            exchange.header("x-ms-content-md5"));
    }

    private void rename(Exchange exchange, BlobAddress given) throws IOException {
        BlobAddress from = RenameSource.of(exchange, containers, isAccount).address();
        BlobAddress to = destination(exchange, from, given);
        if (!to.equals(given)) {
            exchange.requireReplacing(to.path());
        }
        Conditions conditions = Conditions.of(exchange);
        Conditions sourceConditions = Conditions.of(exchange, "x-ms-source-");
        if (directories.find(from).isPresent()) {
            exchange.setOperation("RenamePathDir");
        }
        directories.rename(from, to, ClientTransaction.of(exchange), () -> {
            blobs.find(from).ifPresent(blob -> {
                LeaseCheck.change("Blob", blob.lease(), exchange.header("x-ms-source-lease-id"));
                checkSource(sourceConditions, blob.etag(), blob.record().modified());
            });
            directories.find(from).ifPresent(record -> {
                LeaseCheck.change("Blob", directories.lease(from), exchange.header("x-ms-source-lease-id"));
                checkSource(sourceConditions, record.etag(), record.modified());
            });
            boolean exists = blobs.find(to).isPresent() || directories.find(to).isPresent();
            if (exists) {
                exchange.requireReplacing(to.path());
            }
            if (exists && conditions.wantsNone()) {
                throw new ServiceFailure(409, "PathAlreadyExists", "The specified path already exists.");
            }
            Optional<Blob> overwritten = blobs.find(to);
            overwritten.ifPresentOrElse(WriteCheck.replacing(exchange), () -> directories.find(to)
                .ifPresentOrElse(WriteCheck.changingDirectory(exchange, directories, to), conditions::checkMissing));
            return overwritten;
        });
        for (BlobAddress moved : List.of(from, to)) {
            appends.discard(moved);
            appends.discardBelow(moved);
        }
        blobs.find(to).ifPresent(blob -> BlobHeaders.identity(exchange, blob.record()));
        directories.find(to).ifPresent(directory -> {
            exchange.set("ETag", directory.etag());
            exchange.setDate("Last-Modified", directory.modified());
        });
        exchange.respond(201);
    }

    static void checkSource(Conditions conditions, String etag, long modified) {
        try {
            conditions.checkWrite(etag, modified);
        } catch (ServiceFailure failure) {
            throw failure.status() == 412 ? new ServiceFailure(412, "SourceConditionNotMet",
                "The source condition specified using HTTP conditional header(s) is not met.") : failure;
        }
    }

    /**
     * Where a rename ends: what is moved onto a directory goes into it, as with {@code mv}; in the mode {@code legacy}, which Azure's own
     * clients ask for, it takes the place of the directory.
     */
    private BlobAddress destination(Exchange exchange, BlobAddress from, BlobAddress given) {
        String mode = Optional.ofNullable(exchange.query("mode")).orElse("posix");
        if (!mode.equals("posix") && !mode.equals("legacy")) {
            throw ServiceFailure.invalidParameter("mode", mode, "Expected legacy or posix.");
        }
        if (mode.equals("legacy") || directories.find(given).isEmpty()) {
            return given;
        }
        String name = from.path().substring(from.path().lastIndexOf('/') + 1);
        return given.withPath(given.path().isEmpty() ? name : given.path() + "/" + name);
    }

    public void update(Exchange exchange) throws IOException {
        String action = exchange.query("action");
        switch (action) {
            case "append" -> content.append(exchange, address(exchange));
            case "flush" -> content.flush(exchange, address(exchange));
            case "setProperties" -> setProperties(exchange);
            case null, default -> throw ServiceFailure.invalidParameter("action", String.valueOf(action),
                "Expected append, flush, setProperties, setAccessControl or setAccessControlRecursive.");
        }
    }

    static ContentHeaders merge(ContentHeaders old, ContentHeaders given) {
        return new ContentHeaders(given.type() == null ? old.type() : given.type(),
            given.encoding() == null ? old.encoding() : given.encoding(),
            given.language() == null ? old.language() : given.language(),
            given.disposition() == null ? old.disposition() : given.disposition(),
            given.cacheControl() == null ? old.cacheControl() : given.cacheControl(), given.md5());
    }

    /** Headers of which what is not given stays, the MD5 too. */
    private static ContentHeaders merged(ContentHeaders old, ContentHeaders given) {
        return merge(old, given.md5() == null ? given.withMd5(old.md5()) : given);
    }

    private void setProperties(Exchange exchange) throws IOException {
        BlobAddress address = address(exchange);
        Map<String, String> properties = PathProperties.read(exchange);
        CustomerKey key = CustomerKey.of(exchange);
        boolean needsKey = key != null || properties != null;
        if (blobs.find(address).isEmpty()) {
            Consumer<DirectoryRecord> changing = WriteCheck.changingDirectory(exchange, directories, address);
            DirectoryRecord changed = directories.update(address,
                changing.andThen(found -> requireKey(needsKey && !found.implicit(), key, found.keyHash())),
                record -> record.describedWith(CustomerKey.hash(key)).withMetadata(properties == null ? record.metadata() : properties)
                    .withHeaders(merged(record.headers(), headers(exchange))));
            exchange.set("ETag", changed.etag());
            exchange.setDate("Last-Modified", changed.modified());
        } else {
            Blob blob = blobs.update(address, WriteCheck.changingOnline(exchange)
                .andThen(found -> requireKey(needsKey, key, found.record().keyHash())), record -> record
                .withMetadata(properties == null ? record.metadata() : FlatDirectories.changed(record.metadata(), properties))
                .withHeaders(merged(record.headers(), headers(exchange))));
            BlobHeaders.identity(exchange, blob.record());
        }
        exchange.set("x-ms-request-server-encrypted", "true");
        exchange.set("x-ms-encryption-key-sha256", key == null ? null : key.hash());
        exchange.respond(200);
    }

    /** Properties are changed with the key of the content, headers without it too. */
    private static void requireKey(boolean needed, CustomerKey key, String hash) {
        if (needed) {
            CustomerKey.require(key, hash);
        }
    }

    /** A directory goes as a whole, however many pages a client would take it in: there never is a next one. */
    private static void requireRecursive(Exchange exchange) {
        boolean paginated = "true".equalsIgnoreCase(exchange.query("paginated"));
        if (paginated && !"true".equalsIgnoreCase(exchange.query("recursive"))) {
            throw ServiceFailure.invalidParameter("paginated", "true", "Only recursive deletion is paginated.");
        }
    }

    public void delete(Exchange exchange) throws IOException {
        DataLakeRequest.requireCurrent(exchange);
        BlobAddress address = address(exchange);
        Removal removal;
        if (blobs.find(address).isPresent()) {
            removal = blobs.delete(address, WriteCheck.changing(exchange), Blobs.Snapshots.INCLUDE);
            appends.discard(address);
        } else {
            if (address.path().isEmpty()) {
                throw ServiceFailure.invalidParameter("recursive", "", "The root directory cannot be deleted.");
            }
            requireRecursive(exchange);
            exchange.setOperation("DeleteDirectory");
            removal = directories.delete(address, "true".equalsIgnoreCase(exchange.query("recursive")),
                WriteCheck.changingDirectory(exchange, directories, address));
            appends.discardBelow(address);
        }
        exchange.set("x-ms-delete-type-permanent", Boolean.toString(removal.permanent()));
        exchange.set("x-ms-deletion-id", removal.id());
        exchange.respond(200);
    }
}
