package io.lazuli.storage.endpoint;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.event.StorageEventListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A running storage service on a folder of a test, with the account {@code contoso}, and the real clients for it. */
final class StorageWorld implements AutoCloseable {
    static final String ACCOUNT = "contoso";
    static final String FLAT = "contosoflat";

    private final Path folder;
    private final Lake lake;
    private final AccountKeys keys;
    private final StorageServer server;

    StorageWorld(Path folder) {
        this(folder, Map.of(), Optional.empty(), StorageSettings.DEFAULT_REHYDRATION);
    }

    /** With accounts of other kinds besides. */
    StorageWorld(Path folder, Map<String, AccountSettings> accounts) {
        this(folder, accounts, Optional.empty(), StorageSettings.DEFAULT_REHYDRATION);
    }

    StorageWorld(Path folder, Optional<StorageEventListener> listener) {
        this(folder, Map.of(), listener, StorageSettings.DEFAULT_REHYDRATION);
    }

    StorageWorld(Path folder, Duration rehydration) {
        this(folder, Map.of(), Optional.empty(), rehydration);
    }

    private StorageWorld(
            Path folder, Map<String, AccountSettings> accounts, Optional<StorageEventListener> listener, Duration rehydration) {
        this.folder = folder;
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        keys = new AccountKeys(new SecretStore(folder, name -> null), true);
        keys.ensure(ACCOUNT);
        accounts.keySet().forEach(keys::ensure);
        server = new StorageServer(
            new StorageSettings(folder, "127.0.0.1", 0, Optional.empty(), ResourceGroup.LOCAL, rehydration, accounts),
            lake, keys, listener, Optional.empty());
    }

    /** Where the blob's bytes are. */
    Path file(String container, String path) {
        return folder.resolve("lake").resolve(ACCOUNT).resolve(container).resolve(path);
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/" + ACCOUNT;
    }

    String key(String account) {
        return keys.ensure(account);
    }

    String key() {
        return keys.ensure(ACCOUNT);
    }

    StorageSharedKeyCredential credential() {
        return new StorageSharedKeyCredential(ACCOUNT, key());
    }

    BlobServiceClient blobs() {
        return new BlobServiceClientBuilder().endpoint(url()).credential(credential()).retryOptions(once()).buildClient();
    }

    static RequestRetryOptions once() {
        return new RequestRetryOptions(RetryPolicyType.FIXED, 1, 30, null, null, null);
    }

    BlobServiceClient blobs(String account) {
        return new BlobServiceClientBuilder().endpoint(url().replace("/" + ACCOUNT, "/" + account))
            .credential(new StorageSharedKeyCredential(account, keys.ensure(account))).retryOptions(once()).buildClient();
    }

    BlobContainerClient container(String account, String name) {
        BlobContainerClient container = blobs(account).getBlobContainerClient(name);
        container.createIfNotExists();
        return container;
    }

    Path file(String account, String container, String path) {
        return folder.resolve("lake").resolve(account).resolve(container).resolve(path);
    }

    BlobContainerClient container(String name) {
        BlobContainerClient container = blobs().getBlobContainerClient(name);
        container.createIfNotExists();
        return container;
    }

    @Override
    public void close() {
        server.close();
        lake.close();
    }
}
