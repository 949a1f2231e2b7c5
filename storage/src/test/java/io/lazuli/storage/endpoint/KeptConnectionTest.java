package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection serves the next request, also when the last one was answered before its body had come. */
class KeptConnectionTest {
    private static final int BODY_BYTES = 300_000;

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The status line; the headers and the body are passed over. */
    private static String status(BufferedReader in) throws IOException {
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        assertThat(in.skip(length)).isEqualTo(length);
        return status;
    }

    @Test
    void aBodyThatComesAfterTheRefusalIsPassedOver(@TempDir Path folder) throws IOException {
        try (StorageWorld world = new StorageWorld(folder)) {
            URI url = URI.create(world.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < 3; i++) {
                    send(out, "PUT /contoso/raw/blob?sig=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n");
                    assertThat(status(in)).startsWith("HTTP/1.1 403 ");
                    send(out, "x".repeat(BODY_BYTES));
                }
                send(out, "GET /lazuli/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void aBodyWithoutEndIsNotPassedOverForEver(@TempDir Path folder) throws IOException {
        try (StorageWorld world = new StorageWorld(folder)) {
            URI url = URI.create(world.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = socket.getOutputStream();
                send(out, "PUT /contoso/raw/blob?sig=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + (1L << 40) + "\r\n\r\n");
                assertThat(status(in)).startsWith("HTTP/1.1 403 ");
                assertThat(sent(out)).isLessThan(1L << 30);
            }
        }
    }

    /** How much the service takes before it closes the connection. */
    private static long sent(OutputStream out) {
        byte[] some = new byte[1 << 20];
        long sent = 0;
        try {
            while (sent < 1L << 30) {
                out.write(some);
                sent += some.length;
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }
}
