package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.ByteRange;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.Pages.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A blob of this lake, or a part of it. */
record LakeSource(Blobs.Opened opened, ByteRange range) implements CopySource {
    private static final int BUFFER_BYTES = 256 * 1024;

    @Override
    public long size() {
        return range.length();
    }

    @Override
    public BlobRecord properties() {
        return opened.blob().record();
    }

    @Override
    public Map<String, String> tags() {
        return properties().tags();
    }

    @Override
    public void writeTo(StagedFile content, Consumer<ByteBuffer> observer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.clamp(range.length(), 1, BUFFER_BYTES));
        long end = range.offset() + range.length();
        long position = range.offset();
        for (Range written : written(new Range(position, end - 1))) {
            skip(content, observer, written.first() - position);
            copy(written, buffer, content, observer);
            position = written.last() + 1;
        }
        skip(content, observer, end - position);
    }

    /** Where there is something to copy: elsewhere a page blob has zeros. */
    private List<Range> written(Range all) {
        if (properties().kind() != BlobKind.PageBlob) {
            return List.of(all);
        }
        return properties().pages().ranges().stream().map(pages -> pages.within(all)).filter(pages -> !pages.isEmpty()).toList();
    }

    private static void skip(StagedFile content, Consumer<ByteBuffer> observer, long count) throws IOException {
        if (count > 0) {
            content.writeZeros(count);
            ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, count));
            for (long left = count; left > 0; left -= zeros.limit()) {
                observer.accept(zeros.limit((int) Math.min(zeros.capacity(), left)).slice());
            }
        }
    }

    private void copy(Range part, ByteBuffer buffer, StagedFile content, Consumer<ByteBuffer> observer) throws IOException {
        long position = part.first();
        long end = part.last() + 1;
        while (position < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            int read = opened.channel().read(buffer, position);
            if (read < 0) {
                throw new IOException("The source became shorter while it was read");
            }
            position += read;
            buffer.flip();
            observer.accept(buffer.slice());
            while (buffer.hasRemaining()) {
                content.channel().write(buffer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
