package io.lazuli.storage.log;

import io.lazuli.governance.token.TokenService;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.http.AccessDecision;
import io.lazuli.storage.http.HttpDates;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request as a row: one JSON object a line, columns as Azure has them, those without value left out. */
final class LogRow {
    private static final JsonMapper JSON = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    /** What gives access, in URLs. */
    private static final Pattern SIGNATURE = Pattern.compile("([?&]sig=)[^&]*", Pattern.CASE_INSENSITIVE);
    private static final List<String> CONDITIONS =
        List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "x-ms-if-tags");
    private static final List<String> READS = List.of("Get", "List", "Find", "Query", "Read", "Check", "BlobPreflight");

    private LogRow() {
    }

    static void write(LoggedRequest request, ResourceGroup group, TokenService tokens, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            operation(json, request, group);
            authentication(json, request);
            request.requester().ifPresent(requester -> requester(json, requester, tokens));
            sizes(json, request);
            headers(json, request);
            json.writeStringProperty("Type", "StorageBlobLogs");
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void operation(JsonGenerator json, LoggedRequest request, ResourceGroup group) {
        double millis = Math.round(request.nanos() / 1000.0) / 1000.0;
        json.writeStringProperty("TimeGenerated", request.began().toString());
        json.writeStringProperty("AccountName", request.target().account());
        json.writeStringProperty("OperationName", request.operation());
        json.writeStringProperty("Category", category(request.operation()));
        json.writeStringProperty("StatusCode", Integer.toString(request.status()));
        json.writeStringProperty("StatusText", statusText(request));
        json.writeStringProperty("MetricResponseType", responseType(request));
        json.writeNumberProperty("DurationMs", millis);
        json.writeNumberProperty("ServerLatencyMs", millis);
        json.writeStringProperty("Uri", masked(request.uri()));
        text(json, "ObjectKey", objectKey(request));
        json.writeStringProperty("CorrelationId", request.requestId());
        text(json, "OperationVersion", request.answer().get("x-ms-version"));
        json.writeNumberProperty("OperationCount", 0);
        json.writeStringProperty("ServiceType", "blob");
        json.writeStringProperty("SchemaVersion", "1.0");
        json.writeStringProperty("Location", "local");
        json.writeStringProperty("_ResourceId",
            group.storageAccount(request.target().account()) + "/blobServices/default");
        json.writeStringProperty("_SubscriptionId", group.subscription());
    }

    private static void requester(JsonGenerator json, LoggedRequest.Requester requester, TokenService tokens) {
        json.writeStringProperty("RequesterObjectId", requester.objectId());
        json.writeStringProperty("RequesterTenantId", tokens.tenant().id());
        json.writeStringProperty("RequesterTokenIssuer", tokens.issuer());
        text(json, "RequesterUpn", requester.name());
        text(json, "RequesterAppId", requester.appId());
        if (!requester.decisions().isEmpty()) {
            json.writeArrayPropertyStart("AuthorizationDetails");
            requester.decisions().forEach(decision -> decision(json, decision));
            json.writeEndArray();
        }
    }

    private static void decision(JsonGenerator json, AccessDecision decision) {
        json.writeStartObject();
        json.writeStringProperty("action", decision.action());
        json.writeArrayPropertyStart("principals");
        for (AccessDecision.Holder holder : decision.principals()) {
            json.writeStartObject();
            json.writeStringProperty("id", holder.id());
            json.writeStringProperty("type", holder.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("reason", decision.reason());
        json.writeStringProperty("result", decision.granted() ? "Granted" : "Denied");
        text(json, "roleAssignmentId", decision.roleAssignment());
        text(json, "roleDefinitionId", decision.roleDefinition());
        json.writeStringProperty("type", decision.kind());
        json.writeEndObject();
    }

    private static void authentication(JsonGenerator json, LoggedRequest request) {
        json.writeStringProperty("AuthenticationType", request.authentication());
        json.writeStringProperty("CallerIpAddress", request.caller());
        json.writeStringProperty("Protocol", request.secure() ? "HTTPS" : "HTTP");
        text(json, "TlsVersion", request.tls() == null ? null : request.tls().replace("TLSv", "TLS "));
    }

    private static void sizes(JsonGenerator json, LoggedRequest request) {
        json.writeNumberProperty("RequestHeaderSize", request.requestHeaderBytes());
        json.writeNumberProperty("RequestBodySize", request.requestBodyBytes());
        json.writeNumberProperty("ResponseHeaderSize", request.responseHeaderBytes());
        json.writeNumberProperty("ResponseBodySize", request.responseBodyBytes());
        String length = request.headers().get("content-length");
        if (length != null && length.matches("\\d{1,18}")) {
            json.writeNumberProperty("ContentLengthHeader", Long.parseLong(length));
        }
    }

    private static void headers(JsonGenerator json, LoggedRequest request) {
        Map<String, String> sent = request.headers();
        text(json, "ClientRequestId", sent.get("x-ms-client-request-id"));
        text(json, "UserAgentHeader", sent.get("user-agent"));
        text(json, "ReferrerHeader", sent.get("referer"));
        text(json, "ConditionsUsed", conditions(sent));
        text(json, "RequestMd5", sent.get("content-md5"));
        text(json, "ResponseMd5", request.answer().get("content-md5"));
        text(json, "Etag", request.answer().get("etag"));
        String modified = request.answer().get("last-modified");
        text(json, "LastModifiedTime", modified == null ? null : HttpDates.parse(modified).toString());
        text(json, "AccessTier", sent.getOrDefault("x-ms-access-tier", request.answer().get("x-ms-access-tier")));
        text(json, "RehydratePriority", sent.get("x-ms-rehydrate-priority"));
        String source = sent.getOrDefault("x-ms-copy-source", sent.get("x-ms-rename-source"));
        text(json, "SourceUri", source == null ? null : masked(source));
        text(json, "DestinationUri", sent.containsKey("x-ms-rename-source") ? masked(request.uri()) : null);
    }

    private static void text(JsonGenerator json, String name, String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static String masked(String uri) {
        return uri.indexOf('?') < 0 ? uri : SIGNATURE.matcher(uri).replaceAll("$1XXXXX");
    }

    private static String conditions(Map<String, String> sent) {
        String used = CONDITIONS.stream().filter(name -> sent.containsKey(name.toLowerCase(Locale.ROOT)))
            .map(name -> name + "=" + sent.get(name.toLowerCase(Locale.ROOT))).collect(Collectors.joining(";"));
        return used.isEmpty() ? null : used;
    }

    private static String objectKey(LoggedRequest request) {
        String container = request.target().container();
        String path = request.target().path();
        return "/" + request.target().account() + (container.isEmpty() ? "" : "/" + container) + (path.isEmpty() ? "" : "/" + path);
    }

    static String category(String operation) {
        return operation.startsWith("Delete") ? "StorageDelete"
            : READS.stream().anyMatch(operation::startsWith) ? "StorageRead" : "StorageWrite";
    }

    private static String prefix(LoggedRequest request) {
        return switch (request.authentication()) {
            case "Anonymous" -> "Anonymous";
            case "SAS", "DelegationSas" -> "SAS";
            default -> "";
        };
    }

    private static boolean failed(LoggedRequest request) {
        return request.status() >= 400 || request.status() == 304;
    }

    private static String statusText(LoggedRequest request) {
        return failed(request) ? request.answer().getOrDefault("x-ms-error-code", responseType(request)) : prefix(request) + "Success";
    }

    private static String responseType(LoggedRequest request) {
        String kind = !failed(request) ? "Success" : request.status() >= 500 ? "ServerOtherError"
            : request.status() == 401 || request.status() == 403 ? "AuthorizationError" : "ClientOtherError";
        return kind.equals("Success") ? kind : prefix(request) + kind;
    }
}
