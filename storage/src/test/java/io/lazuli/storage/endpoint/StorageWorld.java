package io.lazuli.storage.endpoint;

import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlobClientBase;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.event.StorageEventListener;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** A running storage service on a folder of a test, with the account {@code contoso}, and the real clients for it. */
final class StorageWorld implements AutoCloseable {
    static final String ACCOUNT = "contoso";
    static final String FLAT = "contosoflat";

    private final Path folder;
    private final Lake lake;
    private final AccountKeys keys;
    private final TestIdentities identities;
    private final StorageServer server;

    StorageWorld(Path folder) {
        this(folder, Map.of(), Optional.empty(), StorageSettings.DEFAULT_REHYDRATION, StorageSettings.DEFAULT_IDLE);
    }

    /** With accounts of other kinds besides. */
    StorageWorld(Path folder, Map<String, AccountSettings> accounts) {
        this(folder, accounts, Optional.empty(), StorageSettings.DEFAULT_REHYDRATION, StorageSettings.DEFAULT_IDLE);
    }

    StorageWorld(Path folder, Optional<StorageEventListener> listener) {
        this(folder, Map.of(), listener, StorageSettings.DEFAULT_REHYDRATION, StorageSettings.DEFAULT_IDLE);
    }

    StorageWorld(Path folder, Duration rehydration) {
        this(folder, Map.of(), Optional.empty(), rehydration, StorageSettings.DEFAULT_IDLE);
    }

    /** One that waits no longer for slow clients. */
    static StorageWorld impatient(Path folder, Duration idle) {
        return new StorageWorld(folder, Map.of(), Optional.empty(), StorageSettings.DEFAULT_REHYDRATION, idle);
    }

    private StorageWorld(Path folder, Map<String, AccountSettings> accounts, Optional<StorageEventListener> listener, Duration rehydration,
            Duration idle) {
        this.folder = folder;
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        identities = new TestIdentities(folder);
        keys = identities.security().keys();
        keys.ensure(ACCOUNT);
        accounts.keySet().forEach(keys::ensure);
        server = StorageServer.start(
            new StorageSettings(folder, "127.0.0.1", 0, identities.tls(), ResourceGroup.LOCAL, rehydration, idle, accounts),
            lake, identities.security(), List.of(), listener, Optional.empty());
    }

    StorageServer server() {
        return server;
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

    String secureUrl() {
        return url().replaceFirst("^http:", "https:");
    }

    /** A client that trusts the service's own certificates. */
    HttpClient https() {
        try {
            SslContext trusting = SslContextBuilder.forClient().trustManager(identities.certificates().authorityFile().toFile()).build();
            return new NettyAsyncHttpClientBuilder(
                reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(trusting))).build();
        } catch (SSLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** The same for Java's own client. */
    SSLContext trust() {
        try {
            KeyStore trust = KeyStore.getInstance(identities.certificates().trustStoreFile().toFile(), "changeit".toCharArray());
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    TestIdentities identities() {
        return identities;
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

    BlobServiceClient blobs(Principal principal) {
        return new BlobServiceClientBuilder().endpoint(secureUrl()).httpClient(https()).credential(identities.credential(principal))
            .retryOptions(once()).buildClient();
    }

    DataLakeFileSystemClient lake(String name) {
        return new DataLakeServiceClientBuilder().endpoint(url()).credential(credential()).retryOptions(once()).buildClient()
            .getFileSystemClient(name);
    }

    DataLakeFileSystemClient lake(String name, Principal principal) {
        return new DataLakeServiceClientBuilder().endpoint(secureUrl()).httpClient(https()).credential(identities.credential(principal))
            .retryOptions(once()).buildClient().getFileSystemClient(name);
    }

    /** A key of a customer, another one for each seed. */
    static byte[] customerKey(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Clients that send a key of the customer, null for none. */
    BlobServiceClient blobs(byte[] customerKey) {
        return new BlobServiceClientBuilder().endpoint(secureUrl()).credential(credential()).retryOptions(once())
            .customerProvidedKey(customerKey == null ? null : new com.azure.storage.blob.models.CustomerProvidedKey(customerKey))
            .addPolicy(new OverHttp()).buildClient();
    }

    DataLakeFileSystemClient lake(String name, byte[] customerKey) {
        return new DataLakeServiceClientBuilder().endpoint(secureUrl()).credential(credential()).retryOptions(once())
            .customerProvidedKey(customerKey == null ? null
                : new com.azure.storage.file.datalake.models.CustomerProvidedKey(customerKey))
            .addPolicy(new OverHttp()).buildClient().getFileSystemClient(name);
    }

    /** The hash of a customer's key as headers hold it. */
    static String hash(byte[] customerKey) {
        return new com.azure.storage.blob.models.CustomerProvidedKey(customerKey).getKeySha256();
    }

    /** The headers of a request with a customer's key, null for none. */
    static String[] keyHeaders(byte[] customerKey) {
        return customerKey == null ? new String[0] : new String[] {"x-ms-encryption-key", Base64.getEncoder().encodeToString(customerKey),
            "x-ms-encryption-key-sha256", hash(customerKey), "x-ms-encryption-algorithm", "AES256"};
    }

    static RequestRetryOptions once() {
        return new RequestRetryOptions(RetryPolicyType.FIXED, 1, 120, null, null, null);
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

    /** The address of a blob with a signature to read it, which all copies but the asynchronous one need in the same account too. */
    static String signed(BlobClientBase blob) {
        return blob.getBlobUrl() + (blob.getBlobUrl().contains("?") ? "&" : "?") + blob.generateSas(new BlobServiceSasSignatureValues(
            OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true)));
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
        identities.security().audit().close();
        lake.close();
    }
}
