package io.lazuli.storage.http;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection to which the operating system sends parts of files itself ({@code sendfile}). The HTTP library writes buffers only: a part
 * of a file goes through it as a buffer that is mapped and never read, and is known again here.
 */
public final class FileEndPoint extends SocketChannelEndPoint {
    /** The thread that sends the rest of a part serves other connections as well. */
    private static final int PART_BYTES = 1 << 19;

    /** What a buffer stands for. */
    private static final class Part {
        private final ByteBuffer buffer;
        private final FileChannel file;
        private final long end;
        private boolean met;

        Part(ByteBuffer buffer, FileChannel file, long end) {
            this.buffer = buffer;
            this.file = file;
            this.end = end;
        }

        /** Sends as much as the connection takes. */
        long send(SocketChannel target) throws IOException {
            met = true;
            long position = end - buffer.remaining();
            long sent = file.transferTo(position, buffer.remaining(), target);
            if (sent == 0 && position >= file.size()) {
                throw new EOFException("The file became shorter while it was sent");
            }
            buffer.position(buffer.position() + (int) sent);
            return sent;
        }

        /**
         * What a failure to send means: the operating system does not say which end has failed, but a disk that fails does so again. Jetty
         * takes the one kind of failure for a client that has left.
         */
        IOException reason(IOException problem) {
            try {
                file.read(ByteBuffer.allocate(1), end - buffer.remaining());
                return new EofException(problem);
            } catch (IOException disk) {
                disk.addSuppressed(problem);
                return new IOException("Cannot read the file that is sent: " + disk.getMessage(), disk);
            }
        }
    }

    /** Written by the request's thread before it writes the buffer. */
    private volatile Part part;

    public FileEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Writes a buffer to the connection and waits until all of it is sent. */
    interface Writer {
        void write(ByteBuffer buffer, boolean last) throws IOException;
    }

    /** Sends a part of a file; {@code UnsupportedOperationException}, before anything is sent, when the file is no plain one. */
    void send(FileChannel file, long offset, long length, Writer writer) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment mapped = file.map(MapMode.READ_ONLY, offset, length, arena);
            for (long begin = 0; begin < length; begin += PART_BYTES) {
                long size = Math.min(PART_BYTES, length - begin);
                ByteBuffer buffer = mapped.asSlice(begin, size).asByteBuffer();
                Part sent = new Part(buffer, file, offset + begin + size);
                part = sent;
                writer.write(buffer, begin + size == length);
                assert sent.met : "The HTTP library has copied the buffer";
            }
        } finally {
            part = null;
        }
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        Part sent = part;
        int before = buffers.length - 1;
        if (sent == null || before < 0 || buffers[before] != sent.buffer) {
            return super.flush(buffers);
        }
        if (before > 0 && !super.flush(Arrays.copyOf(buffers, before))) {
            return false;
        }
        try {
            if (sent.send(getChannel()) > 0) {
                notIdle();
            }
        } catch (EOFException shortened) {
            throw shortened;
        } catch (IOException problem) {
            throw sent.reason(problem);
        }
        return !sent.buffer.hasRemaining();
    }
}
