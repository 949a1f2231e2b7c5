package io.lazuli.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.lazuli.datafactory.configuration.AccessSettings;
import io.lazuli.datafactory.configuration.PrincipalSettings;
import io.lazuli.datafactory.configuration.RoleSettings;
import io.lazuli.governance.certificate.LocalCertificates;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.server.LocalServer;
import io.lazuli.server.ServerSettings;
import io.lazuli.storage.Lake;
import io.lazuli.storage.event.ResourceGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens for Azure's own identity library, and storage with them. */
class TokenEndpointTest {
    private static final AccessSettings ACCESS = new AccessSettings(null, null, null, null, null,
        Map.of("reader", new PrincipalSettings.ServicePrincipal(null, null, null, null)),
        List.of(new RoleSettings("Storage Blob Data Reader", List.of("reader"), "contoso")));

    @TempDir
    private Path folder;

    private Lake lake;
    private LocalServer server;
    private LocalIdentities identities;
    private HttpClient trusting;

    @BeforeEach
    void start() throws Exception {
        lake = new Lake(folder.resolve("lake"), Map.of());
        server = new LocalServer(new ServerSettings(folder, "127.0.0.1", 0, Optional.empty(), ResourceGroup.LOCAL, Map.of()),
            lake, ACCESS,
            name -> null, files -> Optional.empty(), () -> {
                throw new IllegalStateException("No query is sent");
            });
        server.keys().ensure("contoso");
        SecretStore secrets = new SecretStore(folder, name -> null);
        identities = new LocalIdentities(ACCESS, secrets);
        SslContext trust = SslContextBuilder.forClient()
            .trustManager(new LocalCertificates(folder, secrets).authorityFile().toFile()).build();
        trusting = new NettyAsyncHttpClientBuilder(
            reactor.netty.http.client.HttpClient.create().secure(spec -> spec.sslContext(trust))).build();
    }

    @AfterEach
    void stop() {
        server.close();
        lake.close();
    }

    private BlobContainerClient raw(TokenCredential credential) {
        return new BlobServiceClientBuilder().endpoint(server.state().secureUrl() + "/contoso").httpClient(trusting)
            .credential(credential).retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 120, null, null, null)).buildClient()
            .getBlobContainerClient("raw");
    }

    private TokenCredential secret(Principal principal, String secret) {
        return new ClientSecretCredentialBuilder().authorityHost(server.state().secureUrl()).tenantId(identities.tenant().id())
            .clientId(principal.clientId()).clientSecret(secret).disableInstanceDiscovery().httpClient(trusting).maxRetry(0).build();
    }

    private Principal reader() {
        return identities.tenant().withName("reader").orElseThrow();
    }

    @Test
    void theOwnerNeedsNoConfiguration() {
        BlobContainerClient container = raw(secret(identities.standard(), identities.secrets().of(identities.standard())));
        container.create();
        container.getBlobClient("a.txt").upload(BinaryData.fromString("text"));
        assertThat(raw(secret(reader(), identities.secrets().of(reader()))).getBlobClient("a.txt").downloadContent().toString())
            .isEqualTo("text");
        assertThatThrownBy(() -> raw(secret(reader(), identities.secrets().of(reader()))).getBlobClient("a.txt").delete())
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(403));
    }

    @Test
    void refusesAWrongSecret() {
        assertThatThrownBy(() -> secret(reader(), "wrong").getTokenSync(
            new TokenRequestContext().addScopes("https://storage.azure.com/.default")))
            .hasStackTraceContaining("AADSTS7000215");
    }

    @Test
    void managedIdentitiesNeedNothingButTheEnvironment() throws Exception {
        String header = identities.secrets().ofManagedIdentities();
        assertThat(program("one", Map.of("IDENTITY_ENDPOINT", server.state().url() + TokenEndpoint.IDENTITY_PATH, "IDENTITY_HEADER",
            header, "AZURE_CLIENT_ID", identities.standard().clientId()))).contains("made one");
        assertThat(lake.containers("contoso")).containsExactly("one");
    }

    /** What a program prints that trusts the data directory's authority and has these variables. */
    private String program(String container, Map<String, String> variables) throws Exception {
        Path trust = new LocalCertificates(folder, new SecretStore(folder, name -> null)).trustStoreFile();
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djavax.net.ssl.trustStore=" + trust, "-cp", System.getProperty("java.class.path"),
            "io.lazuli.server.identity.DefaultCredentialProgram", container);
        java.environment().keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        java.environment().put("LAZULI_STORAGE_ENDPOINT", server.state().secureUrl() + "/contoso");
        java.environment().putAll(variables);
        Process process = java.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void readsTheEnvironmentOfAClientsSecret() {
        Configuration environment = new ConfigurationBuilder()
            .putProperty("AZURE_TENANT_ID", identities.tenant().id())
            .putProperty("AZURE_CLIENT_ID", identities.standard().clientId())
            .putProperty("AZURE_CLIENT_SECRET", identities.secrets().of(identities.standard()))
            .putProperty("AZURE_AUTHORITY_HOST", server.state().secureUrl()).build();
        BlobContainerClient container = raw(
            new DefaultAzureCredentialBuilder().configuration(environment).httpClient(trusting).disableInstanceDiscovery().build());
        container.create();
        assertThat(container.exists()).isTrue();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.state().url() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void tellsWhereEverythingIs() throws Exception {
        String tenant = identities.tenant().id();
        assertThat(get("/" + tenant + "/v2.0/.well-known/openid-configuration").body())
            .contains("/" + tenant + "/oauth2/v2.0/token", "https://sts.windows.net/" + tenant + "/");
        assertThat(get("/common/discovery/instance?api-version=1.1").body()).contains("tenant_discovery_endpoint");
        assertThat(get("/" + tenant + "/discovery/v2.0/keys").body()).contains("\"kty\":\"RSA\"").doesNotContain("\"d\":");
        assertThat(get("/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration").body()).contains("AADSTS90002");
        assertThat(get("/" + tenant + "/oauth2/v2.0/token").statusCode()).isEqualTo(405);
    }

    @Test
    void keepsTheEndpointOfManagedIdentitiesToThoseWhoHaveTheHeader() throws Exception {
        String path = TokenEndpoint.IDENTITY_PATH + "?resource=https://storage.azure.com&api-version=2019-08-01";
        String header = identities.secrets().ofManagedIdentities();
        assertThat(get(path).statusCode()).isEqualTo(401);
        assertThat(get(path, "X-IDENTITY-HEADER", "wrong").statusCode()).isEqualTo(401);
        assertThat(get(path, "X-IDENTITY-HEADER", header).body()).contains("access_token", "expires_on");
        assertThat(get(path + "&client_id=unknown", "X-IDENTITY-HEADER", header).statusCode()).isEqualTo(400);
        String machine = "/metadata/identity/oauth2/token?resource=https://storage.azure.com&api-version=2018-02-01";
        assertThat(get("/lazuli/identity/" + header + machine, "Metadata", "true").body()).contains("access_token");
        assertThat(get("/lazuli/identity/" + header + machine).statusCode()).isEqualTo(400);
        assertThat(get("/lazuli/identity/wrong" + machine, "Metadata", "true").statusCode()).isEqualTo(401);
    }
}
