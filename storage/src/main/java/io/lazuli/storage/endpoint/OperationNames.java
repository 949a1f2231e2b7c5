package io.lazuli.storage.endpoint;

import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What Azure's logs call the operation that a request asks for. */
final class OperationNames {
    static final String UNKNOWN = "Unknown";
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        // Verb, what it is about, restype, comp.
        name("GET account  list", "ListContainers");
        name("GET account  blobs", "FindBlobsByTags");
        name("GET account service properties", "GetBlobServiceProperties");
        name("PUT account service properties", "SetBlobServiceProperties");
        name("GET account service stats", "GetBlobServiceStats");
        name("POST account service userdelegationkey", "GetUserDelegationKey");
        name("POST account  batch", "SubmitBatch");
        name("POST account container batch", "SubmitBatch");
        name("POST container container batch", "SubmitBatch");
        for (String level : new String[] {"account", "container", "blob"}) {
            name("GET " + level + " account properties", "GetAccountInformation");
            name("HEAD " + level + " account properties", "GetAccountInformation");
            name("OPTIONS " + level + "  ", "BlobPreflightRequest");
        }
        name("PUT container container ", "CreateContainer");
        name("DELETE container container ", "DeleteContainer");
        reading("container container ", "GetContainerProperties");
        reading("container container metadata", "GetContainerMetadata");
        name("PUT container container metadata", "SetContainerMetadata");
        reading("container container acl", "GetContainerACL");
        name("PUT container container acl", "SetContainerACL");
        name("GET container container list", "ListBlobs");
        name("GET container container blobs", "FindBlobsByTags");
        name("PUT container container undelete", "RestoreContainer");
        name("GET blob  ", "GetBlob");
        name("HEAD blob  ", "GetBlobProperties");
        name("DELETE blob  ", "DeleteBlob");
        name("PUT blob  ", "PutBlob");
        name("PUT blob  seal", "SealAppendBlob");
        name("PUT blob  properties", "SetBlobProperties");
        reading("blob  metadata", "GetBlobMetadata");
        name("PUT blob  metadata", "SetBlobMetadata");
        name("GET blob  tags", "GetBlobTags");
        name("PUT blob  tags", "SetBlobTags");
        name("PUT blob  tier", "SetBlobTier");
        name("PUT blob  snapshot", "SnapshotBlob");
        name("PUT blob  undelete", "UndeleteBlob");
        name("PUT blob  expiry", "SetBlobExpiry");
        name("PUT blob  copy", "AbortCopyBlob");
        name("POST blob  query", "QueryBlobContents");
        name("PUT blob  block", "PutBlock");
        name("PUT blob  appendblock", "AppendBlock");
        name("PUT blob  blocklist", "PutBlockList");
        name("GET blob  blocklist", "GetBlockList");
        name("PUT blob  page", "PutPage");
        name("GET blob  pagelist", "GetPageRanges");
        name("PUT blob  incrementalcopy", "IncrementalCopyBlob");
        name("PUT blob  immutabilityPolicies", "SetBlobImmutabilityPolicy");
        name("DELETE blob  immutabilityPolicies", "DeleteBlobImmutabilityPolicy");
        name("PUT blob  legalhold", "SetBlobLegalHold");
    }

    private OperationNames() {
    }

    private static void name(String request, String name) {
        NAMES.put(request.toLowerCase(Locale.ROOT), name);
    }

    private static void reading(String request, String name) {
        name("GET " + request, name);
        name("HEAD " + request, name);
    }

    static String of(Exchange exchange) {
        Target target = exchange.target();
        if ("lease".equals(target.parameter("comp"))) {
            String action = text(exchange.header("x-ms-lease-action")).toLowerCase(Locale.ROOT);
            return action.isEmpty() ? UNKNOWN : Character.toUpperCase(action.charAt(0)) + action.substring(1)
                + (target.path().isEmpty() ? "ContainerLease" : "BlobLease");
        }
        return DataLakeRequest.is(exchange) ? dataLake(exchange) : target.dfsHost() ? hosted(blob(exchange)) : blob(exchange);
    }

    private static String blob(Exchange exchange) {
        Target target = exchange.target();
        String level = !target.path().isEmpty() ? "blob" : target.container().isEmpty() ? "account" : "container";
        String name = NAMES.getOrDefault((exchange.method() + " " + level + " " + text(target.parameter("restype")) + " "
            + text(target.parameter("comp"))).toLowerCase(Locale.ROOT), UNKNOWN);
        boolean fromUrl = exchange.header("x-ms-copy-source") != null;
        return switch (name) {
            case "PutBlob" -> !fromUrl ? name : exchange.header("x-ms-blob-type") != null ? "PutBlobFromURL" : "CopyBlob";
            case "PutBlock", "AppendBlock" -> fromUrl ? name + "FromURL" : name;
            case "PutPage" -> "clear".equalsIgnoreCase(exchange.header("x-ms-page-write")) ? "ClearPage" : name;
            default -> name;
        };
    }

    /** Requests of both endpoints that look the same. */
    private static String hosted(String name) {
        return switch (name) {
            case "GetBlob" -> "ReadFile";
            case "GetBlobProperties" -> "GetFileProperties";
            case "DeleteBlob" -> "DeleteFile";
            default -> name;
        };
    }

    private static String dataLake(Exchange exchange) {
        String resource = text(exchange.query("resource"));
        if (resource.equals("account")) {
            return "ListFilesystems";
        }
        if (resource.equals("filesystem")) {
            return switch (exchange.method()) {
                case "PUT" -> "CreateFilesystem";
                case "DELETE" -> "DeleteFilesystem";
                case "HEAD" -> "GetFilesystemProperties";
                case "PATCH" -> "SetFilesystemProperties";
                case "GET" -> "ListFilesystemDir";
                default -> UNKNOWN;
            };
        }
        return path(exchange, resource, text(exchange.query("action")));
    }

    private static String path(Exchange exchange, String resource, String action) {
        return switch (exchange.method()) {
            case "PUT" -> exchange.header("x-ms-rename-source") != null ? "RenamePathFile"
                : resource.equals("directory") ? "CreatePathDir" : "CreatePathFile";
            case "PATCH" -> switch (action) {
                case "append" -> "AppendFile";
                case "flush" -> "FlushFile";
                case "setProperties" -> "SetFileProperties";
                case "setAccessControl" -> "SetPathAccessControl";
                case "setAccessControlRecursive" -> "SetPathAccessControlRecursive";
                default -> UNKNOWN;
            };
            case "HEAD" -> switch (action) {
                case "getAccessControl" -> "GetPathAccessControl";
                case "checkAccess" -> "CheckPathAccess";
                default -> "GetPathStatus";
            };
            case "DELETE" -> "DeleteFile";
            case "POST" -> "LeaseFile";
            case "GET" -> "ReadFile";
            default -> UNKNOWN;
        };
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
