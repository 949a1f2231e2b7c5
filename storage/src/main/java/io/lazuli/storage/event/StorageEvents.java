package io.lazuli.storage.event;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.CurrentExchange;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.CopyRecord;
import io.lazuli.storage.metadata.EntityTag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells of changes as events, with the request that caused each. */
public final class StorageEvents implements Consumer<Change> {
    /** Containers in which nothing that happens is an event. */
    private static final List<String> SILENT = List.of("$logs", "$blobchangefeed");
    /** The operations that create blobs, by the names in logs, and what events call them. */
    private static final Map<String, String> CREATING = Map.of("PutBlob", "PutBlob", "PutBlobFromURL", "PutBlob",
        "PutBlockList", "PutBlockList", "CopyBlob", "CopyBlob", "CreatePathFile", "CreateFile");
    private static final String BLOB_VERSION = "";
    private static final String FILE_VERSION = "2";
    private static final String PATH_VERSION = "1";

    private final ResourceGroup group;
    private final Supplier<String> url;
    private final StorageEventListener listener;
    private final String batch = UUID.randomUUID().toString();

    /** {@code url} gives where the service listens; accounts are below it. */
    public StorageEvents(ResourceGroup group, Supplier<String> url, StorageEventListener listener) {
        this.group = group;
        this.url = url;
        this.listener = listener;
    }

    @Override
    public void accept(Change change) {
        if (SILENT.contains(change.address().container())) {
            return;
        }
        Optional<Exchange> request = CurrentExchange.find();
        switch (change) {
            case Change.Written written -> created(written, request);
            case Change.Deleted deleted -> deleted(deleted, request);
            case Change.TierChanged changed -> tell(changed.address(), "BlobTierChanged", BLOB_VERSION,
                finish(described(data("SetBlobTier", request), changed.record()), changed.address()));
            case Change.DirectoryCreated created -> tell(created.address(), "DirectoryCreated", PATH_VERSION,
                finish(data("CreateDirectory", request), created.address()));
            case Change.DirectoryDeleted deleted -> tell(deleted.address(), "DirectoryDeleted", PATH_VERSION,
                finish(data("DeleteDirectory", request).put("recursive", Boolean.toString(deleted.recursive())), deleted.address()));
            case Change.Renamed renamed -> renamed(renamed, request);
        }
    }

    private void created(Change.Written written, Optional<Exchange> request) {
        // Pipelines write files without a request.
        String api = request.isPresent() ? creating(request.get()) : written.record().copy() == null ? "PutBlob" : "CopyBlob";
        CopyRecord copy = written.record().copy();
        if (api == null || copy != null && copy.status() == CopyRecord.Status.pending) {
            return;
        }
        boolean file = api.equals("CreateFile") || api.equals("FlushWithClose");
        BlobRecord record = written.record();
        ObjectNode data = data(api, request).put("eTag", record.etag().replace("\"", ""))
            .put("contentType", record.headers().shownType()).put("contentLength", Blob.contentSize(record));
        if (file) {
            data.put("contentOffset", api.equals("CreateFile") ? 0 : Blob.contentSize(record));
        }
        data.put("blobType", record.kind().name()).put("accessTier", record.tier() == null ? "Default" : record.tier())
            .put("blobUrl", url(written.address()));
        tell(written.address(), "BlobCreated", file ? FILE_VERSION : BLOB_VERSION, finish(data, written.address()));
    }

    /** What the operation is called that creates a blob, null for one that changes a blob and creates none. */
    private static String creating(Exchange exchange) {
        boolean closes = "true".equalsIgnoreCase(exchange.query("close"));
        return closes && List.of("FlushFile", "AppendFile").contains(exchange.operation()) ? "FlushWithClose"
            : CREATING.get(exchange.operation());
    }

    private void deleted(Change.Deleted deleted, Optional<Exchange> request) {
        boolean file = request.filter(exchange -> exchange.operation().equals("DeleteFile")).isPresent();
        ObjectNode data = data(file ? "DeleteFile" : "DeleteBlob", request).put("contentType", deleted.record().headers().shownType())
            .put("blobType", deleted.record().kind().name());
        tell(deleted.address(), "BlobDeleted", file ? FILE_VERSION : BLOB_VERSION, finish(data, deleted.address()));
    }

    private void renamed(Change.Renamed renamed, Optional<Exchange> request) {
        String kind = renamed.directory() ? "Directory" : "Blob";
        ObjectNode data = data(renamed.directory() ? "RenameDirectory" : "RenameFile", request)
            .put("destinationUrl", url(renamed.address())).put("sourceUrl", url(renamed.from()));
        tell(renamed.address(), kind + "Renamed", PATH_VERSION, diagnosed(data));
    }

    private static ObjectNode described(ObjectNode data, BlobRecord record) {
        return data.put("contentType", record.headers().shownType()).put("contentLength", Blob.contentSize(record))
            .put("blobType", record.kind().name()).put("accessTier", record.tier() == null ? "Default" : record.tier());
    }

    private static ObjectNode data(String api, Optional<Exchange> request) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("api", api);
        request.ifPresent(exchange -> {
            String client = exchange.header("x-ms-client-request-id");
            if (client != null) {
                data.put("clientRequestId", client);
            }
            data.put("requestId", exchange.requestId());
        });
        return data;
    }

    private ObjectNode finish(ObjectNode data, BlobAddress address) {
        return diagnosed(data.put("url", url(address)));
    }

    /** The object id of the principal that asks for it. */
    private static String identity() {
        return CurrentExchange.find().map(exchange -> exchange.caller().owner()).orElse(Caller.SUPERUSER);
    }

    private ObjectNode diagnosed(ObjectNode data) {
        data.put("sequencer", "%048X".formatted(EntityTag.now())).put("identity", identity());
        data.putObject("storageDiagnostics").put("batchId", batch);
        return data;
    }

    private void tell(BlobAddress address, String type, String version, ObjectNode data) {
        String subject = "/blobServices/default/containers/" + address.container() + "/blobs/" + address.path();
        Instant now = Instant.ofEpochSecond(0, TimeUnit.MICROSECONDS.toNanos(EntityTag.now()));
        listener.happened(new StorageEvent(UUID.randomUUID().toString(), group.storageAccount(address.account()), subject,
            "Microsoft.Storage." + type, now, data, version));
    }

    private String url(BlobAddress address) {
        return url.get() + "/" + address.account() + "/" + address.container() + "/" + Arrays.stream(address.path().split("/"))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20")).collect(Collectors.joining("/"));
    }
}
