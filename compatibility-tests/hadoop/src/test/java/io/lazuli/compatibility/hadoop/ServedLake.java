package io.lazuli.compatibility.hadoop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * {@code lazuli up} in a process of its own, on a free port, with a data directory of its own. The command is named by the system property
 * {@code lazuli.command}. Closing it ends the process.
 */
final class ServedLake implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final Pattern CONNECTION = Pattern.compile(".*AccountKey=([^;]+);BlobEndpoint=http://127\\.0\\.0\\.1:(\\d+)/([^;]+);");

    private final Path folder;
    private final Process process;
    private final String account;
    private final String key;
    private final int port;

    /** Returns when it is ready; {@code folder} holds at most a {@code lazuli.yaml} and becomes the workspace. */
    ServedLake(Path folder, String account) {
        this.folder = folder;
        this.account = account;
        List<String> said = new ArrayList<>();
        try {
            process = command("up", "--port", "0", "--account", account).redirectErrorStream(true).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            Matcher connection = connection(out, said);
            key = connection.group(1);
            port = Integer.parseInt(connection.group(2));
            // What it says later is read, as it would wait at a full pipe.
            Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
        } catch (IOException problem) {
            throw new UncheckedIOException("Cannot start lazuli: " + said, problem);
        }
    }

    private Matcher connection(BufferedReader out, List<String> said) throws IOException {
        Matcher found = null;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            Matcher connection = CONNECTION.matcher(line);
            if (connection.matches() && connection.group(3).equals(account)) {
                found = connection;
            }
            if (line.startsWith("Ready.") && found != null) {
                return found;
            }
        }
        throw new IOException("It ended before it was ready");
    }

    private ProcessBuilder command(String name, String... options) {
        List<String> words = new ArrayList<>(List.of(System.getProperty("lazuli.command"), name, "--workspace", folder.toString(),
            "--data-dir", folder.resolve("data").toString()));
        words.addAll(List.of(options));
        return new ProcessBuilder(words);
    }

    /** What a command of {@code lazuli} prints about it. */
    String print(String name, String... options) {
        try {
            Process printing = command(name, options).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return new String(printing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException("Cannot start lazuli " + name, problem);
        }
    }

    /** Makes this process trust its certificates, as {@code -Djavax.net.ssl.trustStore} does at a start. */
    void trust() {
        print("env", "--account", account);
        try (InputStream file = Files.newInputStream(folder.resolve("data/tls/truststore.jks"))) {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(file, null);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, managers.getTrustManagers(), null);
            SSLContext.setDefault(trusting);
        } catch (IOException | GeneralSecurityException problem) {
            throw new IllegalStateException("Cannot read the trust store", problem);
        }
    }

    int port() {
        return port;
    }

    String account() {
        return account;
    }

    /** The account's key, in base 64. */
    String key() {
        return key;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
