import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One connection that sends signed requests one after another: as little work for the client as can be. */
final class RawClient implements AutoCloseable {
    private static final String VERSION = "2021-12-02";
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Mac mac;
    private final String host;
    private final byte[] buffer = new byte[1 << 18];
    private String date;
    private long dateAt;

    RawClient(Service service) throws Exception {
        socket = new Socket("127.0.0.1", service.port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(Service.KEY), "HmacSHA256"));
        host = "127.0.0.1:" + service.port;
    }

    /** Uploads {@code length} bytes: the piece again and again. */
    void put(String path, byte[] piece, long length) throws IOException {
        head("PUT", path, new TreeMap<>(), length, true);
        for (long sent = 0; sent < length; sent += piece.length) {
            out.write(piece, 0, (int) Math.min(piece.length, length - sent));
        }
        out.flush();
        expect(201);
    }

    void createContainer(String name) throws IOException {
        head("PUT", name, new TreeMap<>(Map.of("restype", "container")), 0, false);
        out.flush();
        expect(201);
    }

    /** Downloads a blob and gives its length. */
    long get(String path) throws IOException {
        head("GET", path, new TreeMap<>(), 0, false);
        out.flush();
        return expect(200);
    }

    void delete(String path) throws IOException {
        head("DELETE", path, new TreeMap<>(), 0, false);
        out.flush();
        expect(202);
    }

    /** Lists all pages of a container and gives the number of blobs. */
    int list(String container) throws IOException {
        int found = 0;
        String marker = "";
        do {
            TreeMap<String, String> query = new TreeMap<>(Map.of("restype", "container", "comp", "list", "maxresults", "5000"));
            if (!marker.isEmpty()) {
                query.put("marker", marker);
            }
            head("GET", container, query, 0, false);
            out.flush();
            String page = text(200);
            for (int at = page.indexOf("<Blob>"); at >= 0; at = page.indexOf("<Blob>", at + 6)) {
                found++;
            }
            int begin = page.indexOf("<NextMarker>");
            marker = begin < 0 ? "" : page.substring(begin + 12, page.indexOf("</NextMarker>", begin));
        } while (!marker.isEmpty());
        return found;
    }

    private void head(String method, String path, TreeMap<String, String> query, long length, boolean blob) throws IOException {
        long now = System.currentTimeMillis();
        if (date == null || now - dateAt > 30_000) {
            date = DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
            dateAt = now;
        }
        String target = "/" + Service.ACCOUNT + "/" + path;
        String headers = (blob ? "x-ms-blob-type:BlockBlob\n" : "") + "x-ms-date:" + date + "\nx-ms-version:" + VERSION + "\n";
        StringBuilder text = new StringBuilder(method).append("\n\n\n").append(length == 0 ? "" : Long.toString(length))
            .append("\n\n\n\n\n\n\n\n\n").append(headers).append('/').append(Service.ACCOUNT).append(target);
        query.forEach((name, value) -> text.append('\n').append(name).append(':').append(value));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        StringBuilder request = new StringBuilder(method).append(' ').append(target);
        char sign = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            request.append(sign).append(parameter.getKey()).append('=').append(
                java.net.URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            sign = '&';
        }
        request.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
        if (blob || method.equals("PUT")) {
            request.append("Content-Length: ").append(length).append("\r\n");
        }
        request.append(headers.replace("\n", "\r\n")).append("Authorization: SharedKey ").append(Service.ACCOUNT).append(':')
            .append(signature).append("\r\n\r\n");
        out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads the answer, throws the body away and gives its length. */
    private long expect(int status) throws IOException {
        long length = answer(status);
        if (length >= 0) {
            long left = length;
            while (left > 0) {
                left -= read((int) Math.min(buffer.length, left));
            }
            return length;
        }
        long all = 0;
        for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
            in.skipNBytes(chunk);
            all += chunk;
            line();
        }
        line();
        return all;
    }

    private String text(int status) throws IOException {
        long length = answer(status);
        if (length >= 0) {
            return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
        }
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
            all.write(in.readNBytes(chunk));
            line();
        }
        line();
        return all.toString(StandardCharsets.UTF_8);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private int read(int most) throws IOException {
        int read = in.read(buffer, 0, most);
        if (read < 0) {
            throw new IOException("The server closed the connection");
        }
        return read;
    }

    /** The status line and headers; gives the content's length, -1 for chunks. */
    private long answer(int status) throws IOException {
        String line = line();
        long length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase();
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                length = -1;
            }
        }
        if (!line.startsWith("HTTP/1.1 " + status)) {
            throw new IOException(line + (length > 0 ? " " + new String(in.readNBytes((int) length), StandardCharsets.UTF_8) : ""));
        }
        return length;
    }

    private String line() throws IOException {
        byte[] bytes = new byte[64];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) next;
        }
        return new String(bytes, 0, length > 0 && bytes[length - 1] == '\r' ? length - 1 : length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
