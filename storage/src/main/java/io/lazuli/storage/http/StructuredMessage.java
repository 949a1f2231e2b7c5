package io.lazuli.storage.http;

import java.util.List;
import java.util.Locale;

/**
 * A body in segments, each with the CRC64 of its bytes behind it, and that of all bytes at the end: what clients send and get with
 * {@code x-ms-structured-body: XSM/1.0; properties=crc64}. Numbers have their least significant byte first.
 *
 * <p>The message begins with its version (1 byte, 1), its length (8), flags (2, 1 for CRC64) and the number of segments (2); a segment with
 * its number from 1 on (2) and the length of its content (8).
 */
public final class StructuredMessage {
    public static final String HEADER = "x-ms-structured-body";
    static final String CONTENT_LENGTH = "x-ms-structured-content-length";
    static final String FORM = "XSM/1.0; properties=crc64";
    static final int VERSION = 1;
    static final int CRC64 = 1;
    static final int HEADER_BYTES = 13;
    static final int SEGMENT_HEADER_BYTES = 10;
    static final int CHECKSUM_BYTES = 8;
    private static final List<String> WRITES = List.of("", "block", "appendblock", "page");

    private StructuredMessage() {
    }

    /** Whether a request asks for an answer, or comes with a body, of that form; another form is refused. */
    public static boolean isAsked(Exchange exchange) {
        String form = exchange.header(HEADER);
        if (form == null) {
            return false;
        }
        if (!form.replace(" ", "").equalsIgnoreCase(FORM.replace(" ", "")) || !isTaken(exchange)) {
            throw ServiceFailure.unsupportedHeader(HEADER, form);
        }
        return true;
    }

    /** Whether the operation is one that sends or takes the bytes of a blob. */
    private static boolean isTaken(Exchange exchange) {
        String component = exchange.query("comp") == null ? "" : exchange.query("comp").toLowerCase(Locale.ROOT);
        return switch (exchange.method()) {
            case "GET" -> component.isEmpty();
            case "PUT" -> WRITES.contains(component) && exchange.header("x-ms-copy-source") == null && exchange.query("resource") == null;
            case "PATCH" -> "append".equals(exchange.query("action"));
            default -> false;
        };
    }

    /** How long the content of a request's message is, as the request says. */
    static long contentLength(Exchange exchange) {
        String length = exchange.header(CONTENT_LENGTH);
        if (length == null) {
            throw ServiceFailure.missingHeader(CONTENT_LENGTH);
        }
        if (!length.matches("\\d{1,18}")) {
            throw ServiceFailure.invalidHeader(CONTENT_LENGTH, length);
        }
        return Long.parseLong(length);
    }
}
