package io.lazuli.storage.dfs;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties as Data Lake Storage has them in headers: {@code x-ms-properties} with values in base 64. */
public final class PathProperties {
    private PathProperties() {
    }

    /** Reads {@code name=value,name=value}, null when the header is missing. */
    static Map<String, String> read(Exchange exchange) {
        String text = exchange.header("x-ms-properties");
        if (text == null) {
            return null;
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw ServiceFailure.invalidHeader("x-ms-properties", text);
            }
            try {
                byte[] value = Base64.getDecoder().decode(pair.substring(equals + 1).strip());
                properties.put(pair.substring(0, equals).strip(), new String(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw ServiceFailure.invalidHeader("x-ms-properties", text);
            }
        }
        return properties;
    }
}
