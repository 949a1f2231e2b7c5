package io.lazuli.storage.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer in XML that begins with the document's first bytes, behind the byte order mark with which the service begins its XML. */
final class XmlStream extends OutputStream {
    static final String TYPE = "application/xml";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Exchange exchange;
    private final int status;
    private OutputStream out;

    XmlStream(Exchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
    }

    /** The bytes of a whole document, behind the mark. */
    static byte[] marked(String xml) {
        byte[] text = xml.getBytes(StandardCharsets.UTF_8);
        byte[] marked = Arrays.copyOf(BYTE_ORDER_MARK, BYTE_ORDER_MARK.length + text.length);
        System.arraycopy(text, 0, marked, BYTE_ORDER_MARK.length, text.length);
        return marked;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == null) {
            out = exchange.stream(status, TYPE);
            out.write(BYTE_ORDER_MARK);
        }
        out.write(bytes, offset, length);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
