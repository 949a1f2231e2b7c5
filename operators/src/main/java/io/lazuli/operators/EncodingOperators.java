package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.BINARY;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT32;
import static io.lazuli.operators.JavaOperator.Kind.FLOAT64;
import static io.lazuli.operators.JavaOperator.Kind.INT32;
import static io.lazuli.operators.JavaOperator.Kind.INT64;
import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.STRINGS;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Texts as bytes and back. */
final class EncodingOperators {
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("encode_text", "The text's bytes in a character set that Java names.",
            a -> ((String) a[0]).getBytes(charset((String) a[1])), BINARY, STRING, STRING),
        JavaOperator.of("decode_text", "The text that the bytes are in a character set that Java names.",
            a -> new String((byte[]) a[0], charset((String) a[1])), STRING, BINARY, STRING),
        JavaOperator.of("bytes_of_numbers", "The bytes whose values, or their low eight bits, the texts say.",
            a -> bytes((List<?>) a[0]), BINARY, STRINGS),
        JavaOperator.of("integer_bytes", "So many low bytes of the number, highest first.",
            a -> bytes((long) a[0], (int) a[1]), BINARY, INT64, INT32),
        JavaOperator.of("float32_binary", "The number's four bytes by IEEE 754, highest first.",
            a -> ByteBuffer.allocate(Float.BYTES).putInt(Float.floatToIntBits((float) a[0])).array(), BINARY, FLOAT32),
        JavaOperator.of("float64_binary", "The number's eight bytes by IEEE 754, highest first.",
            a -> ByteBuffer.allocate(Double.BYTES).putLong(Double.doubleToLongBits((double) a[0])).array(), BINARY, FLOAT64),
        JavaOperator.of("base64_bytes", "The bytes that base64 text stands for; null when it is none.",
            a -> base64((String) a[0]), BINARY, STRING),
        JavaOperator.of("hex_bytes", "The bytes that hexadecimal digits stand for; null when they are none.",
            a -> hex((String) a[0]), BINARY, STRING),
        JavaOperator.of("escape_text", "The text as it stands in a string of json, java, ecmascript, or in xml, html.",
            a -> Escapes.escape((String) a[0], (String) a[1]), STRING, STRING, STRING),
        JavaOperator.of("unescape_text", "The text that stands in a string of json, java, ecmascript, or in xml, html.",
            a -> Escapes.unescape((String) a[0], (String) a[1]), STRING, STRING, STRING));

    private EncodingOperators() {
    }

    private static Charset charset(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.:_+-]*") || !Charset.isSupported(name)) {
            throw new IllegalArgumentException("'" + name + "' is no character set; examples are UTF-8, US-ASCII, Windows-1252");
        }
        return Charset.forName(name);
    }

    private static byte[] bytes(List<?> numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = numbers.get(i) == null ? 0 : (byte) Long.parseLong((String) numbers.get(i));
        }
        return bytes;
    }

    private static byte[] bytes(long number, int size) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        return Arrays.copyOfRange(all, Long.BYTES - size, Long.BYTES);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    private static byte[] hex(String text) {
        String digits = text.length() % 2 == 0 ? text : "0" + text;
        return digits.matches("[0-9a-fA-F]*") ? HexFormat.of().parseHex(digits) : null;
    }
}
