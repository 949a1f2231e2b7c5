package io.lazuli.storage.blob;

import io.lazuli.storage.content.AccessList;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.AccessRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may use a path, as headers that both endpoints answer with. */
public final class PathHeaders {
    /** The metadata by which an empty blob is a directory where names are flat. */
    public static final String DIRECTORY = "hdi_isfolder";

    private PathHeaders() {
    }

    /** Whether metadata say that an empty blob is a directory. */
    public static boolean isDirectory(Map<String, String> metadata) {
        return metadata.entrySet().stream()
            .anyMatch(entry -> entry.getKey().equalsIgnoreCase(DIRECTORY) && entry.getValue().equalsIgnoreCase("true"));
    }

    /** Owner, group and permissions of a path. */
    public static void write(Exchange exchange, AccessRecord access, boolean directory) {
        exchange.set("x-ms-resource-type", directory ? "directory" : "file");
        exchange.set("x-ms-owner", exchange.shown(access.owner()));
        exchange.set("x-ms-group", exchange.shown(access.group()));
        exchange.set("x-ms-permissions", permissions(access));
        exchange.set("x-ms-acl", AccessList.parse(access.acl()).renamed(exchange::shown).toString());
    }

    /** Metadata in the header that the Data Lake endpoint has for it, missing when there is none. */
    public static void properties(Exchange exchange, Map<String, String> metadata) {
        exchange.set("x-ms-properties", metadata.isEmpty() ? null : encode(metadata));
    }

    /** {@code name=value,name=value}, with values in base 64. */
    public static String encode(Map<String, String> metadata) {
        return metadata.entrySet().stream().map(property -> property.getKey() + "="
            + Base64.getEncoder().encodeToString(property.getValue().getBytes(StandardCharsets.UTF_8))).collect(Collectors.joining(","));
    }

    /** The nine signs, with the sticky bit in the last one. */
    public static String permissions(AccessRecord access) {
        String signs = AccessList.parse(access.acl()).permissions();
        if (!access.sticky()) {
            return signs;
        }
        return signs.substring(0, 8) + (signs.charAt(8) == 'x' ? 't' : 'T') + signs.substring(9);
    }
}
