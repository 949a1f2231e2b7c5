import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server of the comparison, in a process of its own: how it is started, found and measured. */
final class Service implements AutoCloseable {
    static final String ACCOUNT = "devstoreaccount1";
    static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final int PATIENCE_SECONDS = 60;

    final String name;
    final int port;
    private final List<String> command;
    private final Path log;
    private Process process;

    private Service(String name, int port, List<String> command, Path log) {
        this.name = name;
        this.port = port;
        this.command = command;
        this.log = log;
    }

    static Service lazuli(String launcher, Path work) throws IOException {
        int port = freePort();
        return new Service("lazuli", port, List.of(launcher, "up", "--workspace", work.toString(), "--data-dir",
            work.resolve("data-lazuli").toString(), "--port", Integer.toString(port)), work.resolve("lazuli.log"));
    }

    static Service azurite(String program, Path work) throws IOException {
        int port = freePort();
        return new Service("azurite", port, List.of(program, "--silent", "--skipApiVersionCheck", "--location",
            work.resolve("data-azurite").toString(), "--blobPort", Integer.toString(port)), work.resolve("azurite.log"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it and gives the milliseconds until it answers a request. */
    double start() throws Exception {
        long begin = System.nanoTime();
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException(name + " did not start: " + Files.readString(log));
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("GET /lazuli/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    /** Megabytes that the process has now ({@code VmRSS}) or had at most ({@code VmHWM}). */
    long megabytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(line -> line.startsWith(field + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
