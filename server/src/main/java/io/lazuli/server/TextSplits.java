package io.lazuli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.storage.query.BlobQuery;
import io.lazuli.storage.query.QueryFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code sys.split(size)}: how many bytes each part of a delimited text has, when a part ends with the first record that passes a size. */
final class TextSplits implements BlobQuery.Rows {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final long size;
    private final byte[] separator;
    private final int quote;
    private final int escape;
    private long length;

    TextSplits(Path file, QueryFormat.Delimited format, long size) {
        this.size = size;
        this.separator = format.recordSeparator().getBytes(StandardCharsets.UTF_8);
        this.quote = format.quote().charAt(0);
        this.escape = format.escape().isEmpty() ? -1 : format.escape().charAt(0);
        try {
            in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        } catch (IOException problem) {
            throw failed(problem);
        }
    }

    private static RuntimeException failed(IOException problem) {
        return failure(CommonError.IO_ERROR, "Cannot read the blob: %s", problem.getMessage(), problem);
    }

    @Override
    public List<BlobQuery.Column> columns() {
        return List.of(new BlobQuery.Column("_1", false));
    }

    @Override
    public List<String> missingOrdinals() {
        return List.of();
    }

    @Override
    public boolean next() {
        try {
            length = 0;
            boolean quoted = false;
            int matched = 0;
            for (int sign = in.read(); sign >= 0; sign = in.read()) {
                length++;
                if (sign == escape && sign != quote) {
                    length += in.read() < 0 ? 0 : 1;
                    continue;
                }
                quoted ^= sign == quote;
                matched = !quoted && sign == (separator[matched] & 0xFF) ? matched + 1 : 0;
                if (matched == separator.length) {
                    matched = 0;
                    if (length >= size) {
                        return true;
                    }
                }
            }
            return length > 0;
        } catch (IOException problem) {
            throw failed(problem);
        }
    }

    @Override
    public Object value(int column) {
        return length;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException problem) {
            throw failed(problem);
        }
    }
}
