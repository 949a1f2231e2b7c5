package io.lazuli.storage.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a blob: where it begins and how many bytes it has. */
public record ByteRange(long offset, long length) {
    private static final String PLAIN = "Range";
    private static final String OWN = "x-ms-range";
    private static final Pattern HEADER = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    /** The range that the request asks for within {@code size} bytes, null for all; 416 when it begins behind the end. */
    public static ByteRange of(Exchange exchange, long size) {
        String value = exchange.header(OWN);
        if (value != null && !HEADER.matcher(value).matches()) {
            // What is no range at all asks for everything.
            return null;
        }
        return parse(value == null ? PLAIN : OWN, value == null ? exchange.header(PLAIN) : value, size);
    }

    /** Reads one range header of the given name; null for a missing value. */
    public static ByteRange parse(String name, String value, long size) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        Matcher match = HEADER.matcher(value);
        boolean sense = match.matches()
            && (match.group(2) == null || Long.parseLong(match.group(2)) >= Long.parseLong(match.group(1)));
        if (!sense && name.equals(PLAIN)) {
            // HTTP's own header is passed over when it makes no sense.
            return null;
        }
        if (!sense) {
            throw ServiceFailure.invalidHeader(name, value);
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2) == null ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
        if (first >= size) {
            throw new ServiceFailure(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
        }
        return new ByteRange(first, last - first + 1);
    }

    public String contentRange(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}
