package io.lazuli.storage.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Takes the content out of a {@link StructuredMessage} that comes in pieces, and compares the checksums. Used by one thread. */
final class StructuredReader {
    private enum State { HEADER, SEGMENT_HEADER, CONTENT, SEGMENT_END, END, DONE }

    private final long messageLength;
    private final long contentLength;
    private final ByteBuffer part = ByteBuffer.allocate(StructuredMessage.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Crc64 whole = new Crc64();
    private Crc64 ofSegment;
    private State state;
    private int segments;
    private int segment;
    private long left;
    private long seen;

    /** {@code messageLength} is -1 when it is not known before. */
    StructuredReader(long messageLength, long contentLength) {
        this.messageLength = messageLength;
        this.contentLength = contentLength;
        await(State.HEADER, StructuredMessage.HEADER_BYTES);
    }

    private void await(State next, int bytes) {
        state = next;
        part.clear().limit(bytes);
    }

    /** The next bytes of the content that are in a piece, of which as much is taken; null when there are none any more. */
    ByteBuffer content(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            switch (state) {
                case CONTENT -> {
                    ByteBuffer bytes = piece.slice(piece.position(), (int) Math.min(left, piece.remaining()));
                    piece.position(piece.position() + bytes.remaining());
                    take(bytes);
                    return bytes;
                }
                case DONE -> throw malformed("Something follows the end of the message");
                case HEADER, SEGMENT_HEADER, SEGMENT_END, END -> {
                    while (piece.hasRemaining() && part.hasRemaining()) {
                        part.put(piece.get());
                    }
                    if (!part.hasRemaining()) {
                        understand(part.flip());
                    }
                }
            }
        }
        return null;
    }

    private void take(ByteBuffer bytes) {
        ofSegment.update(bytes.slice());
        whole.update(bytes.slice());
        left -= bytes.remaining();
        seen += bytes.remaining();
        if (left == 0) {
            await(State.SEGMENT_END, StructuredMessage.CHECKSUM_BYTES);
        }
    }

    private void understand(ByteBuffer bytes) {
        switch (state) {
            case HEADER -> header(bytes);
            case SEGMENT_HEADER -> segment(bytes);
            case SEGMENT_END -> {
                compare(ofSegment, bytes);
                awaitSegment();
            }
            case END -> {
                compare(whole, bytes);
                state = State.DONE;
            }
            case CONTENT, DONE -> throw new IllegalStateException("No part of the frame: " + state);
        }
    }

    private void header(ByteBuffer bytes) {
        int version = bytes.get();
        long length = bytes.getLong();
        int flags = Short.toUnsignedInt(bytes.getShort());
        segments = Short.toUnsignedInt(bytes.getShort());
        if (version != StructuredMessage.VERSION || flags != StructuredMessage.CRC64) {
            throw malformed("The message has version " + version + " and flags " + flags + ", expected 1 and 1");
        }
        if (messageLength >= 0 && length != messageLength) {
            throw malformed("The message says that it has " + length + " bytes; the body has " + messageLength);
        }
        awaitSegment();
    }

    private void awaitSegment() {
        if (segment == segments) {
            await(State.END, StructuredMessage.CHECKSUM_BYTES);
        } else {
            await(State.SEGMENT_HEADER, StructuredMessage.SEGMENT_HEADER_BYTES);
        }
    }

    private void segment(ByteBuffer bytes) {
        segment++;
        int number = Short.toUnsignedInt(bytes.getShort());
        left = bytes.getLong();
        if (number != segment || left < 0 || left > contentLength - seen) {
            throw malformed("Segment " + segment + " says that it is " + number + " and has " + left + " bytes");
        }
        ofSegment = new Crc64();
        if (left == 0) {
            await(State.SEGMENT_END, StructuredMessage.CHECKSUM_BYTES);
        } else {
            state = State.CONTENT;
        }
    }

    private static void compare(Crc64 seen, ByteBuffer bytes) {
        byte[] told = new byte[StructuredMessage.CHECKSUM_BYTES];
        bytes.get(told);
        byte[] found = seen.value();
        if (!Arrays.equals(told, found)) {
            throw ServiceFailure.badRequest("Crc64Mismatch",
                "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.")
                .with("UserSpecifiedCrc64", Base64.getEncoder().encodeToString(told))
                .with("ServerCalculatedCrc64", Base64.getEncoder().encodeToString(found));
        }
    }

    /** Nothing comes any more: fails unless all was there. */
    void end() {
        if (state != State.DONE) {
            throw malformed("The message ends before its end");
        }
        if (seen != contentLength) {
            throw malformed("The content has " + seen + " bytes; " + StructuredMessage.CONTENT_LENGTH + " says " + contentLength);
        }
    }

    private static ServiceFailure malformed(String reason) {
        return ServiceFailure.badRequest("InvalidInput", "One of the request inputs is not valid: the structured body is malformed.")
            .with("Reason", reason);
    }
}
