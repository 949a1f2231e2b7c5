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
    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 256;
    private static final Pattern SIGNS = Pattern.compile("[A-Za-z0-9 +\\-./:=_]*");

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
        if (!root.name().equals("Tags")) {
            throw ServiceFailure.invalidXml("Expected Tags");
        }
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
        if (name.isEmpty()) {
            throw ServiceFailure.badRequest("EmptyTagName", "The name of one of the tag key-value pairs is empty.");
        }
        if (name.length() > MAX_NAME || value.length() > MAX_VALUE || tags.size() == MAX_TAGS) {
            throw ServiceFailure.badRequest("TagsTooLarge", "The tags specified exceed the maximum permissible limit.")
                .with("MaxTags", Integer.toString(MAX_TAGS)).with("MaxNameLength", Integer.toString(MAX_NAME))
                .with("MaxValueLength", Integer.toString(MAX_VALUE));
        }
        if (!SIGNS.matcher(name).matches() || !SIGNS.matcher(value).matches()) {
            throw ServiceFailure.badRequest("InvalidTag", "The tags specified are invalid. It contains characters that are not permitted.");
        }
        if (tags.put(name, value) != null) {
            throw ServiceFailure.badRequest("DuplicateTagNames", "The tags specified contain duplicate names.");
        }
    }

    public static void write(Xml xml, Map<String, String> tags) {
        xml.open("TagSet");
        tags.forEach((name, value) -> xml.open("Tag").element("Key", name).element("Value", value).close("Tag"));
        xml.close("TagSet");
    }
}
