package io.lazuli.storage.dfs;

import io.lazuli.storage.blob.BlobHeaders;
import io.lazuli.storage.blob.PathHeaders;
import io.lazuli.storage.blob.WriteCheck;
import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.DirectoryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Owners, groups, permissions and access lists of paths: get, set, set for all below; and what a path is. */
public final class PathAccess {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_RECORDS = 2000;

    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public PathAccess(Containers containers, Blobs blobs, Directories directories) {
        this.containers = containers;
        this.blobs = blobs;
        this.directories = directories;
    }

    /** Writes the headers that tell what a path is, and says whether it is a directory; {@code PathNotFound} when nothing is there. */
    private boolean describe(Exchange exchange, BlobAddress address) {
        Optional<Blob> blob = blobs.find(address);
        if (blob.isPresent()) {
            Conditions.of(exchange).checkRead(blob.get().etag(), blob.get().record().modified());
            BlobHeaders.identity(exchange, blob.get().record());
            exchange.set(ClientTransaction.HEADER, blob.get().record().transaction());
            return false;
        }
        DirectoryRecord record = directories.find(address).orElseThrow(Directories::notFound);
        Conditions.of(exchange).checkRead(record.etag(), record.modified());
        exchange.set("ETag", record.etag());
        exchange.setDate("Last-Modified", record.modified());
        exchange.set(ClientTransaction.HEADER, record.transaction());
        return true;
    }

    public void head(Exchange exchange) throws IOException {
        FileSystemOperations.require(containers, exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        String action = Optional.ofNullable(exchange.query("action")).orElse("getStatus");
        boolean directory = describe(exchange, address);
        AccessRecord access = directories.access(address, directory);
        switch (action) {
            case "getStatus", "getAccessControl" -> PathHeaders.write(exchange, access, directory);
            case "checkAccess" -> {
                String wanted = exchange.query("fsaction");
                if (wanted == null || !wanted.matches("[r-][w-][x-]")) {
                    throw ServiceFailure.invalidParameter("fsAction", String.valueOf(wanted), "Expected signs such as r-x.");
                }
            }
            default -> throw ServiceFailure.invalidParameter("action", action, "Expected getStatus, getAccessControl or checkAccess.");
        }
        if (action.equals("getStatus") && !directory) {
            Blob file = blobs.require(address);
            exchange.set("x-ms-encryption-context", file.record().encryptionContext());
            exchange.set("Content-Length", file.size());
        }
        exchange.respond(200);
    }

    /** Whether it is a directory that the request may change; else it is a file that it may change. */
    private boolean check(Exchange exchange, BlobAddress address) {
        Optional<Blob> blob = blobs.find(address);
        if (blob.isPresent()) {
            WriteCheck.changing(exchange).accept(blob.get());
            BlobHeaders.identity(exchange, blob.get().record());
            return false;
        }
        DirectoryRecord record = directories.find(address).orElseThrow(Directories::notFound);
        WriteCheck.changingDirectory(exchange, directories, address).accept(record);
        exchange.set("ETag", record.etag());
        exchange.setDate("Last-Modified", record.modified());
        return true;
    }

    public void set(Exchange exchange) throws IOException {
        FileSystemOperations.require(containers, exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        directories.changeAccess(address, () -> changed(exchange, address));
        exchange.respond(200);
    }

    private AccessRecord changed(Exchange exchange, BlobAddress address) {
        boolean directory = check(exchange, address);
        AccessRecord before = directories.access(address, directory);
        String acl = exchange.header("x-ms-acl");
        String permissions = exchange.header("x-ms-permissions");
        NewPathAccess.requireOne(acl, permissions);
        AccessList old = AccessList.parse(before.acl());
        AccessList given = acl == null ? null : AccessList.given(acl, false);
        if (!directory && given != null) {
            given.requireNoDefaults();
        }
        AccessList list = given != null ? given.complete(old).requireSize()
            : permissions != null ? old.withPermissions(AccessList.permissions(permissions)) : old;
        return new AccessRecord(
            Optional.ofNullable(exchange.header("x-ms-owner")).orElse(before.owner()),
            Optional.ofNullable(exchange.header("x-ms-group")).orElse(before.group()), list.toString(),
            permissions == null ? before.sticky() : AccessList.isSticky(permissions));
    }

    public void setRecursive(Exchange exchange) throws IOException {
        FileSystemOperations.require(containers, exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        String mode = exchange.query("mode");
        String acl = exchange.header("x-ms-acl");
        if (acl == null) {
            throw ServiceFailure.missingHeader("x-ms-acl");
        }
        if (mode == null || !List.of("set", "modify", "remove").contains(mode)) {
            throw ServiceFailure.invalidParameter("mode", String.valueOf(mode), "Expected set, modify or remove.");
        }
        AccessList given = AccessList.given(acl, mode.equals("remove"));
        Outcome outcome = new Outcome(exchange.caller(), "true".equalsIgnoreCase(exchange.query("forceflag")));
        directories.changeAccess(address.containerKey(), () -> {
            setBelow(exchange, address, outcome, (before, directory) -> changed(before, directory, given, mode));
            return outcome.changes;
        });
        exchange.respondText(200, "application/json;charset=utf-8", JSON.writeValueAsString(outcome.summary()));
    }

    /** {@code change} gives who may use a path from then on; gets who may now, and whether it is a directory. */
    private void setBelow(Exchange exchange, BlobAddress address, Outcome outcome, BiFunction<AccessRecord, Boolean, AccessRecord> change) {
        boolean directory = describe(exchange, address);
        boolean first = Optional.ofNullable(exchange.query("continuation")).orElse("").isEmpty();
        PathPaging paging = PathMarker.read(exchange.query("continuation"), records(exchange), address.path());
        if (first) {
            outcome.add(address, directory, directories.access(address, directory), before -> change.apply(before, directory));
        }
        ListPaths.Page page = directory ? ListPaths.below(blobs.tree(address), address.path(),
            paging.withLimit(paging.limit() - (first ? 1 : 0))) : new ListPaths.Page(List.of(), true);
        for (ListPaths.Found path : page.paths()) {
            BlobAddress below = address.withPath(path.path());
            outcome.add(below, path.directory(), directories.access(below, path.directory()),
                before -> change.apply(before, path.directory()));
        }
        if (!page.complete() && !outcome.hasEnded()) {
            exchange.set("x-ms-continuation", PathMarker.after(page.paths().isEmpty() ? address.path() : page.paths().getLast().path()));
        }
    }

    /** How many paths one request changes: as many as it says, 2,000 at most. */
    private static String records(Exchange exchange) {
        String given = exchange.query("maxrecords");
        if (given == null) {
            return Integer.toString(MOST_RECORDS);
        }
        if (!given.matches("[1-9]\\d{0,8}")) {
            throw ServiceFailure.invalidParameter("maxRecords", given, "Expected a number of paths.");
        }
        return Integer.toString(Math.min(MOST_RECORDS, Integer.parseInt(given)));
    }

    /** What a change of all below has done. It ends at the first path that the caller may not change, unless it shall go on. */
    private static final class Outcome {
        private final Caller caller;
        private final boolean goOn;
        private final Map<BlobAddress, AccessRecord> changes = new LinkedHashMap<>();
        private final List<Map<String, Object>> failed = new ArrayList<>();
        private int folders;

        Outcome(Caller caller, boolean goOn) {
            this.caller = caller;
            this.goOn = goOn;
        }

        boolean hasEnded() {
            return !failed.isEmpty() && !goOn;
        }

        void add(BlobAddress address, boolean directory, AccessRecord before, UnaryOperator<AccessRecord> change) {
            if (hasEnded()) {
                return;
            }
            if (caller.mayChangePermissions(before.owner())) {
                changes.put(address, change.apply(before));
                folders += directory ? 1 : 0;
            } else {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", address.path());
                entry.put("type", directory ? "DIRECTORY" : "FILE");
                entry.put("errorMessage", "This request is not authorized to perform this operation using this permission.");
                failed.add(entry);
            }
        }

        Map<String, Object> summary() {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("directoriesSuccessful", folders);
            result.put("filesSuccessful", changes.size() - folders);
            result.put("failureCount", failed.size());
            result.put("failedEntries", failed);
            return result;
        }
    }

    /** Files have no default entries: those of the given list are for directories only. */
    private static AccessRecord changed(AccessRecord before, boolean directory, AccessList given, String mode) {
        AccessList old = AccessList.parse(before.acl());
        AccessList mine = directory ? given : new AccessList(given.entries().stream().filter(entry -> !entry.isDefault()).toList());
        AccessList list = switch (mode) {
            case "set" -> mine.complete(old);
            case "modify" -> old.merge(mine);
            default -> old.remove(mine).complete(old);
        };
        return new AccessRecord(before.owner(), before.group(), list.toString(), before.sticky());
    }
}
