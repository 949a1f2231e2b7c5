package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.storage.authorisation.AccountKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link ServedFolder} that is started, killed as {@code kill -9} does, and started again. */
final class KillableService implements AutoCloseable {
    private final Path folder;
    private Process process;
    private String url;

    KillableService(Path folder) {
        this.folder = folder;
    }

    void start() throws IOException, InterruptedException {
        Path port = folder.resolve("port");
        Files.deleteIfExists(port);
        process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-cp",
            System.getProperty("java.class.path"), ServedFolder.class.getName(), folder.toString(), port.toString())
            .redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile()).start();
        while (!Files.exists(port)) {
            assertThat(process.isAlive()).as(this::log).isTrue();
            Thread.sleep(20);
        }
        url = Files.readString(port).replaceFirst("/[^/]*$", "/");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the service to end, as SIGTERM does, and gives the process's exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(this::log).isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() {
        try {
            return Files.readString(folder.resolve("server.log"));
        } catch (IOException problem) {
            return problem.toString();
        }
    }

    StorageSharedKeyCredential credential(String account) {
        return new StorageSharedKeyCredential(account, new AccountKeys(new SecretStore(folder, name -> null), false).ensure(account));
    }

    BlobServiceClient blobs(String account) {
        return new BlobServiceClientBuilder().endpoint(url + account).credential(credential(account)).retryOptions(StorageWorld.once())
            .buildClient();
    }

    DataLakeServiceClient lake(String account) {
        return new DataLakeServiceClientBuilder().endpoint(url + account).credential(credential(account))
            .retryOptions(StorageWorld.once()).buildClient();
    }

    /** Clients that encrypt with a key of their own. */
    BlobServiceClient blobs(String account, byte[] key) {
        return new BlobServiceClientBuilder().endpoint(url.replace("http:", "https:") + account).credential(credential(account))
            .retryOptions(StorageWorld.once()).customerProvidedKey(new com.azure.storage.blob.models.CustomerProvidedKey(key))
            .addPolicy(new OverHttp()).buildClient();
    }

    DataLakeServiceClient lake(String account, byte[] key) {
        return new DataLakeServiceClientBuilder().endpoint(url.replace("http:", "https:") + account).credential(credential(account))
            .retryOptions(StorageWorld.once()).customerProvidedKey(new com.azure.storage.file.datalake.models.CustomerProvidedKey(key))
            .addPolicy(new OverHttp()).buildClient();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
