import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Answers each request with the same file by {@code sendfile} and nothing else: what a client gets from it is what the client can take. */
final class BareServer implements AutoCloseable {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nContent-Type: application/octet-stream\r\n"
        + "ETag: \"0x8DE2D9A1B2C3D4E\"\r\nLast-Modified: Sat, 28 Nov 2026 05:00:00 GMT\r\nx-ms-blob-type: BlockBlob\r\n\r\n";

    private final FileChannel file;
    private final ServerSocketChannel server;

    BareServer(Path file) throws IOException {
        this.file = FileChannel.open(file);
        server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String endpoint() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort() + "/" + Service.ACCOUNT;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer request = ByteBuffer.allocate(1 << 16);
            while (client.read(request) >= 0) {
                String text = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    request.clear();
                    client.write(ByteBuffer.wrap(String.format(HEAD, file.size()).getBytes(StandardCharsets.ISO_8859_1)));
                    for (long sent = 0; sent < file.size();) {
                        sent += file.transferTo(sent, file.size() - sent, client);
                    }
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        file.close();
    }
}
