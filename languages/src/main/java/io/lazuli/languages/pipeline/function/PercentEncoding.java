package io.lazuli.languages.pipeline.function;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes of URIs, as .NET's {@code Uri.EscapeDataString} and {@code UnescapeDataString} write and read them (RFC 3986). */
final class PercentEncoding {
    private static final String UNRESERVED = "-_.~";
    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private PercentEncoding() {
    }

    static String encode(String text) {
        StringBuilder result = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xFF);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
                result.append(character);
            } else {
                result.append('%').append(HEXADECIMAL.charAt(character >> 4)).append(HEXADECIMAL.charAt(character & 0xF));
            }
        }
        return result.toString();
    }

    /** The UTF-8 bytes behind the escapes; what is no escape stays as it is. */
    static byte[] decode(String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream result = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            int high = source[i] == '%' && i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(source[i + 2], 16);
            if (low < 0) {
                result.write(source[i]);
            } else {
                result.write(high << 4 | low);
                i += 2;
            }
        }
        return result.toByteArray();
    }
}
