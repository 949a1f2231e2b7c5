package io.lazuli.storage.blob;

import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** What a copy reads, or the range of it that was asked for: a blob of this lake, or what a URL elsewhere gives. The caller closes it. */
public interface CopySource extends AutoCloseable {
    /** How many bytes it gives; -1 when only its end will tell. */
    long size();

    /** Kind, content headers, metadata, blocks and tier as far as they are known. */
    BlobRecord properties();

    /** The source's tags. */
    Map<String, String> tags() throws IOException;

    /** Appends the bytes to a file; {@code observer} sees them in pieces before they are written, and may refuse them. */
    void writeTo(StagedFile content, Consumer<ByteBuffer> observer) throws IOException;

    @Override
    void close() throws IOException;
}
