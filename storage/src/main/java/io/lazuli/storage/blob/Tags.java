package io.lazuli.storage.blob;

import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A blob's index tags: at most 10, names of 1 to 128 and values of 0 to 256 characters out of a small set. */
public final class Tags {
    private static final int MAX_TAGS = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 +\\-./:=_]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 +\\-./:=_]{0,256}");

    private Tags() {
    }

    /** Reads {@code name=value&name=value}. */
    public static Map<String, String> parseHeader(String text) {
        Map<String, String> tags = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw ServiceFailure.invalidHeader("x-ms-tags", text);
            }
            add(tags, decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return tags;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidHeader("x-ms-tags", text);
        }
    }

    /** Reads the document of Set Blob Tags. */
    public static Map<String, String> parseDocument(String document) {
        Map<String, String> tags = new TreeMap<>();
        Xml.Element root = Xml.parse(document);
        for (Xml.Element set : root.children()) {
            for (Xml.Element tag : set.children()) {
                if (tag.child("Key") == null || tag.child("Value") == null) {
                    throw ServiceFailure.invalidXml("A Tag has a Key and a Value");
                }
                add(tags, tag.child("Key"), tag.child("Value"));
            }
        }
        return tags;
    }

    private static void add(Map<String, String> tags, String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches() || tags.put(name, value) != null || tags.size() > MAX_TAGS) {
            throw ServiceFailure.badRequest("InvalidTag", "The tags specified are invalid. It contains characters that are not permitted, "
                + "a name twice, or more than " + MAX_TAGS + " tags.");
        }
    }

    public static void write(Xml xml, Map<String, String> tags) {
        xml.open("TagSet");
        tags.forEach((name, value) -> xml.open("Tag").element("Key", name).element("Value", value).close("Tag"));
        xml.close("TagSet");
    }
}
