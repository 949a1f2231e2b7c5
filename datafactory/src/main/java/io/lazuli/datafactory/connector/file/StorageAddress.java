package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.CommonError;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds the storage account that a linked service names in its URL or connection string. */
public final class StorageAddress {
    private static final String EMULATOR = "devstoreaccount1";

    private static final List<String> URLS = List.of("url", "serviceEndpoint", "sasUri", "dataLakeStoreUri", "host", "accountUrl");
    private static final String CONNECTION_STRING = "connectionString";
    /** The properties that may name an account. */
    static final List<String> ADDRESSES = Stream.concat(URLS.stream(), Stream.of(CONNECTION_STRING)).toList();

    private StorageAddress() {
    }

    /**
     * The account's name. A linked service that keeps it in a secret, or has only encrypted credentials, has an account of its own,
     * named after the linked service.
     */
    public static String account(ResolvedLinkedService service) {
        for (String property : URLS) {
            Optional<String> url = plain(service.typeProperties().path(property));
            if (url.isPresent()) {
                return fromUrl(url.get(), service);
            }
        }
        return plain(service.typeProperties().path(CONNECTION_STRING))
            .flatMap(text -> fromConnectionString(text, service))
            .orElseGet(() -> fromName(service.name()));
    }

    private static Optional<String> fromConnectionString(String text, ResolvedLinkedService service) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
            }
        }
        if ("true".equalsIgnoreCase(parts.get("UseDevelopmentStorage"))) {
            return Optional.of(EMULATOR);
        }
        Optional<String> named = Optional.ofNullable(parts.get("AccountName")).filter(name -> !name.isEmpty());
        return named.isPresent() ? named : Optional.ofNullable(parts.get("BlobEndpoint")).map(url -> fromUrl(url, service));
    }

    /** The first label of the host; for an address or a local host, as emulators have them, the first part of the path. */
    private static String fromUrl(String url, ResolvedLinkedService service) {
        String text = url.trim().replace('\\', '/');
        try {
            URI uri = URI.create(text.startsWith("//") ? "https:" + text : text.contains("://") ? text : "https://" + text);
            String host = uri.getHost();
            if (host == null) {
                throw new IllegalArgumentException("no host");
            }
            if (host.equals("localhost") || host.matches("[0-9.]+")) {
                return uri.getPath().replaceFirst("^/", "").split("/")[0];
            }
            return host.split("\\.")[0].toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            throw failure(CommonError.INVALID_ARGUMENT, service.place(),
                "The address '%s' of linked service '%s' is not a URL of a storage account", url, service.name(), malformed);
        }
    }

    static String fromName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return (plain + "000").substring(0, Math.max(3, Math.min(24, plain.length())));
    }

    /** A text, or the value of a SecureString; empty for references to secrets. */
    static Optional<String> plain(JsonNode value) {
        JsonNode text = value.isObject() && value.path("type").asString("").equalsIgnoreCase("SecureString") ? value.path("value") : value;
        return text.isString() && !text.asString().isBlank() && !text.asString().matches("\\*+")
            ? Optional.of(text.asString()) : Optional.empty();
    }
}
