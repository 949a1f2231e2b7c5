package io.lazuli.governance.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The distinguished encoding rules of ASN.1 (X.690), as far as a certificate needs them: each method gives one encoded value. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int SET_IN_CONTEXT = 0xA0;
    private static final int VALUE_IN_CONTEXT = 0x80;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {
    }

    static byte[] value(int tag, byte[]... parts) {
        byte[] content = joined(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int start = length[0] == 0 ? 1 : 0;
            out.write(0x80 | length.length - start);
            out.write(length, start, length.length - start);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    /** A value that its place tells the type of, made of other values. */
    static byte[] constructed(int place, byte[]... parts) {
        return value(SET_IN_CONTEXT | place, parts);
    }

    /** A value that its place tells the type of. */
    static byte[] implicit(int place, byte[] content) {
        return value(VALUE_IN_CONTEXT | place, content);
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] yes() {
        return value(0x01, new byte[] {(byte) 0xFF});
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    /** Bits of which the last {@code unused} say nothing. */
    static byte[] bits(int unused, byte[] content) {
        return value(0x03, new byte[] {(byte) unused}, content);
    }

    static byte[] time(Instant moment) {
        return value(0x18, TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier such as {@code 2.5.29.17}. */
    static byte[] identifier(String dotted) {
        String[] steps = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(steps[0]) * 40 + Integer.parseInt(steps[1]));
        for (int i = 2; i < steps.length; i++) {
            int step = Integer.parseInt(steps[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (step >>> shift != 0) {
                    out.write(0x80 | step >>> shift & 0x7F);
                }
            }
            out.write(step & 0x7F);
        }
        return value(0x06, out.toByteArray());
    }
}
