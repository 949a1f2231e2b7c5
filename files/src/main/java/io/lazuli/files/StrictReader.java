package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text and fails at the first byte that is none, where the JDK's reader would not say which byte it was. */
final class StrictReader extends Reader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream bytes;
    private final String file;
    private final ByteBuffer buffer;
    private final CharsetDecoder decoder;
    private final CharBuffer text = CharBuffer.allocate(BUFFER_BYTES).limit(0);
    /** Position in the file of the buffer's first byte. */
    private long bufferStart;
    private boolean atEnd;
    private boolean flushed;

    private StrictReader(InputStream bytes, String file, ByteBuffer buffer, Charset encoding) {
        this.bytes = bytes;
        this.file = file;
        this.buffer = buffer;
        this.decoder = encoding.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    static StrictReader open(InputStream bytes, Charset encoding, String file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        int read = bytes.readNBytes(buffer.array(), 0, 4);
        buffer.limit(read);
        Charset marked = marked(buffer.array(), read);
        StrictReader reader = new StrictReader(bytes, file, buffer, marked == null ? encoding : marked);
        buffer.position(marked == null ? 0 : "\uFEFF".getBytes(marked).length);
        return reader;
    }

    /** The encoding that a byte order mark names, or null. UTF-32's little-endian mark begins with that of UTF-16. */
    private static Charset marked(byte[] start, int length) {
        int first = value(start, length, 2);
        if (value(start, length, 4) == 0xFFFE0000 && length == 4) {
            return Charset.forName("UTF-32LE");
        }
        if (value(start, length, 4) == 0x0000FEFF && length == 4) {
            return Charset.forName("UTF-32BE");
        }
        if (length >= 3 && value(start, length, 3) == 0xEFBBBF) {
            return StandardCharsets.UTF_8;
        }
        return length < 2 ? null : first == 0xFFFE ? StandardCharsets.UTF_16LE : first == 0xFEFF ? StandardCharsets.UTF_16BE : null;
    }

    private static int value(byte[] start, int length, int count) {
        int value = 0;
        for (int i = 0; i < Math.min(count, length); i++) {
            value = value << 8 | start[i] & 0xFF;
        }
        return value;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (!text.hasRemaining()) {
            if (flushed) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, text.remaining());
        text.get(target, offset, count);
        return count;
    }

    private void decode() throws IOException {
        text.clear();
        CoderResult result = decoder.decode(buffer, text, atEnd);
        if (result.isError()) {
            throw failure(AlgebraError.MALFORMED_DATA, "%s: byte %d is not text in encoding %s",
                file, bufferStart + buffer.position() + 1, decoder.charset().name());
        }
        if (result.isUnderflow() && atEnd) {
            flushed = decoder.flush(text).isUnderflow();
        }
        text.flip();
        if (result.isUnderflow() && !atEnd) {
            fill();
        }
    }

    private void fill() throws IOException {
        bufferStart += buffer.position();
        buffer.compact();
        int read = bytes.read(buffer.array(), buffer.position(), buffer.remaining());
        atEnd = read < 0;
        buffer.position(buffer.position() + Math.max(read, 0));
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
