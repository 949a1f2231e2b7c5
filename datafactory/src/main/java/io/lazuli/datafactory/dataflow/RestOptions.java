package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.http.RestClient;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of REST sources, sinks and external calls, as the connector for REST takes them. */
record RestOptions(Arguments arguments) {
    private static final long TIMEOUT_SECONDS = 100;
    private static final long INTERVAL_MILLIS = 10;

    /** {@code timeout} in seconds, {@code requestInterval} in milliseconds, {@code additionalHeaders}, {@code httpCompressionType}. */
    RestClient.Options client() {
        String type = map("requestFormat").getOrDefault("type", "json");
        if (!type.equalsIgnoreCase("json")) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Requests of the format '%s' are not supported; "
                + "requestFormat: ['type' -> 'json'] is", type);
        }
        return new RestClient.Options(headers(), Duration.ofSeconds(timeout()),
            Duration.ofMillis(arguments.number("requestInterval").orElse(INTERVAL_MILLIS)),
            arguments.choice("httpCompressionType", "none", "none", "gzip").equals("gzip"));
    }

    private long timeout() {
        return arguments.number("timeout").filter(seconds -> seconds > 0).orElse(TIMEOUT_SECONDS);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(map("additionalHeaders"));
        headers.putAll(map("headers"));
        return headers;
    }

    private Map<String, String> map(String option) {
        Map<String, String> values = new LinkedHashMap<>();
        arguments.value(option).ifPresent(value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "%s is a map such as ['name' -> 'value']", option);
            }
            map.forEach((name, text) -> values.put(name.toString(), String.valueOf(text)));
        });
        return values;
    }

    /** {@code ['type' -> 'json', 'documentForm' -> 'singleDocument']}: the form; {@code NOT_SUPPORTED} for other types. */
    String documentForm() {
        Map<String, String> format = map("responseFormat");
        String type = format.getOrDefault("type", "json");
        if (!type.equalsIgnoreCase("json")) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Responses of the format '%s' are not supported; "
                + "responseFormat: ['type' -> 'json'] is", type);
        }
        return format.getOrDefault("documentForm", arguments.text("documentForm").orElse("documentPerLine"));
    }

    /** The documents of a response, as their form says; one, null, when there is none. */
    List<String> documents(String text) {
        if (text.isBlank()) {
            return Collections.singletonList(null);
        }
        String form = documentForm();
        if (form.equals("documentPerLine") && isDocument(text.lines().filter(line -> !line.isBlank()).findFirst().orElse(""))) {
            return text.lines().filter(line -> !line.isBlank()).toList();
        }
        if (form.equals("arrayOfDocuments") && isDocument(text) && JsonMapper.shared().readTree(text) instanceof ArrayNode array) {
            return array.isEmpty() ? Collections.singletonList(null) : array.values().stream().map(JsonNode::toString).toList();
        }
        return List.of(text);
    }

    private static boolean isDocument(String text) {
        try {
            JsonMapper.shared().readTree(text);
            return true;
        } catch (JacksonException noJson) {
            return false;
        }
    }

    /** A resource and a row's part of the address below it, which must not lead to another server. */
    static String address(String entity, String row, Arguments arguments) {
        if (row == null || row.isEmpty()) {
            return entity;
        }
        if (row.matches("(?i)[a-z][a-z0-9+.-]*:.*|//.*")) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "rowRelativeUrl of '%s' gives '%s', which is not "
                + "relative to the linked service's address", arguments.statement().name(), row);
        }
        return entity.isEmpty() || row.startsWith("?") ? entity + row : entity.replaceAll("/+$", "") + "/" + row.replaceAll("^/+", "");
    }

    /** A resource with the {@code queryParameters} behind it. */
    String withQuery(String relativeUrl) {
        StringBuilder url = new StringBuilder(relativeUrl);
        map("queryParameters").forEach((name, value) -> url.append(url.indexOf("?") < 0 ? "?" : "&")
            .append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return url.toString();
    }

    /** The settings of a source. Links in headers are followed if the rules say so. */
    ObjectNode source() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        arguments.text("httpMethod").or(() -> arguments.text("requestMethod")).ifPresent(method -> json.put("requestMethod", method));
        arguments.text("body").or(() -> arguments.text("requestBody")).ifPresent(body -> json.put("requestBody", body));
        ObjectNode headers = json.putObject("additionalHeaders");
        headers().forEach(headers::put);
        long seconds = timeout();
        json.put("httpRequestTimeout", "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60));
        json.put("requestInterval", String.valueOf(arguments.number("requestInterval").orElse(INTERVAL_MILLIS)));
        if (arguments.option("paginationRules").isPresent()) {
            ObjectNode rules = json.putObject("paginationRules");
            map("paginationRules").forEach((key, value) -> rules.put(key(key), value(key, value)));
        }
        return json;
    }

    private static String key(String key) {
        return key.regionMatches(true, 0, "EndCondition:", 0, 13) ? "EndCondition:" + path(key.substring(13))
            : key.replaceFirst("\\.\\{(.*)\\}$", "['$1']");
    }

    private String value(String key, String value) {
        if (value.regionMatches(true, 0, "RANGE:", 0, 6)) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "Ranges in pagination rules of data flows (%s) are not "
                + "supported, as in Azure", key);
        }
        return key.regionMatches(true, 0, "EndCondition:", 0, 13) ? value : path(value);
    }

    /** {@code body.{@odata.nextLink}} and {@code header.x} as the connector writes them. */
    private static String path(String text) {
        if (text.matches("(?i)headers?\\..*")) {
            return "headers['" + parts(text).get(1) + "']";
        }
        if (!text.equals("body") && !text.startsWith("body.")) {
            return text;
        }
        StringBuilder path = new StringBuilder("$");
        parts(text).stream().skip(1).forEach(part -> path.append("['").append(part).append("']"));
        return path.toString();
    }

    /** The parts between dots, of which braces hide those within. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        for (char c : text.toCharArray()) {
            if (c == '{' || c == '}') {
                depth += c == '{' ? 1 : -1;
            } else if (c == '.' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
