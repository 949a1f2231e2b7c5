package io.lazuli.storage.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** The {@code x-ms-meta-} headers, in which clients send and get the metadata of containers, blobs and directories. */
final class MetadataHeaders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String PREFIX = "x-ms-meta-";
    private static final int MOST_CHARACTERS = 8192;

    private MetadataHeaders() {
    }

    /** Reads them; {@code InvalidMetadata} when a name is no identifier, {@code MetadataTooLarge} over 8 KB. */
    static Map<String, String> read(HttpFields fields) {
        Map<String, String> metadata = new LinkedHashMap<>();
        int size = 0;
        for (HttpField field : fields) {
            if (field.getLowerCaseName().startsWith(PREFIX)) {
                String name = field.getName().substring(PREFIX.length());
                requireValid(name);
                String value = field.getValue() == null ? "" : field.getValue().strip();
                metadata.merge(name, value, (one, next) -> one + "," + next);
                size += name.length() + value.length();
            }
        }
        if (size > MOST_CHARACTERS) {
            throw ServiceFailure.badRequest("MetadataTooLarge", "The metadata specified exceeds the maximum permissible limit (8KB).");
        }
        return metadata;
    }

    private static void requireValid(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ServiceFailure.badRequest(name.isEmpty() ? "EmptyMetadataKey" : "InvalidMetadata",
                "The specified metadata is invalid. It includes characters that are not permitted.");
        }
    }

    static void write(Map<String, String> metadata, HttpFields.Mutable fields) {
        metadata.forEach((name, value) -> {
            if (value != null) {
                fields.put(PREFIX + name, value);
            }
        });
    }
}
