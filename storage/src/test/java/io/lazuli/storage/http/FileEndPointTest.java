package io.lazuli.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends the sending of a file. */
class FileEndPointTest {
    private static final int SIZE = 32 << 20;

    @TempDir
    private Path folder;

    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private Server server;
    private ServerConnector connector;
    private FileChannel file;

    @BeforeEach
    void start() throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[SIZE]);
        file = FileChannel.open(large);
        server = new Server();
        connector = new ServerConnector(server, 1, 1) {
            @Override
            protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                return new FileEndPoint(channel, selector, key, getScheduler());
            }
        };
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                try {
                    new FileAnswer(request, response).send(file, 0, SIZE);
                    ended.complete(null);
                    callback.succeeded();
                } catch (IOException problem) {
                    ended.complete(problem);
                    callback.failed(problem);
                }
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        file.close();
    }

    private static boolean isLeaving(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EofException) {
                return true;
            }
        }
        return false;
    }

    @Test
    void tellsAnErrorOfTheDiskFromAClientThatLeft() throws Exception {
        file = new DamagedFile(file, SIZE / 2);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofByteArray())).isInstanceOf(IOException.class);
        }
        Throwable failure = ended.get(60, TimeUnit.SECONDS);
        assertThat(failure).hasMessageContaining("Input/output error");
        assertThat(isLeaving(failure)).isFalse();
    }

    @Test
    void takesABrokenConnectionForAClientThatLeft() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(1 << 20);
            socket.setSoLinger(true, 0);
        }
        assertThat(isLeaving(ended.get(60, TimeUnit.SECONDS))).isTrue();
    }

    /** A file whose second part a disk cannot read. */
    private static final class DamagedFile extends FileChannel {
        private final FileChannel whole;
        private final long damaged;

        DamagedFile(FileChannel whole, long damaged) {
            this.whole = whole;
            this.damaged = damaged;
        }

        private void require(long position) throws IOException {
            if (position >= damaged) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() throws IOException {
            return whole.size();
        }

        @Override
        public FileChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force(boolean metadata) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            require(position);
            return whole.transferTo(position, Math.min(count, damaged - position), target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            require(position);
            return whole.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return whole.map(mode, position, size);
        }

        @Override
        public MemorySegment map(MapMode mode, long offset, long size, Arena arena) throws IOException {
            return whole.map(mode, offset, size, arena);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            whole.close();
        }
    }
}
