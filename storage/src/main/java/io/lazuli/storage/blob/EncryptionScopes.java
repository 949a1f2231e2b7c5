package io.lazuli.storage.blob;

import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.ContainerEncryption;
import java.util.Map;
import java.util.Set;

/**
 * Encryption scopes: which one a request names or its container has, and whether it may be used. The bytes of the files are the same under
 * each. See "Encryption scopes for Blob storage".
 */
public final class EncryptionScopes {
    private static final String HEADER = "x-ms-encryption-scope";
    private static final String DEFAULT = "x-ms-default-encryption-scope";
    /** What gives a blob a content of its own; what changes one goes by the scope that it has. */
    private static final Set<String> MAKING = Set.of("PutBlob", "PutBlobFromURL", "CopyBlob", "PutBlock", "PutBlockFromURL",
        "PutBlockList", "CreatePathFile");
    /** What changes a blob in the scope that it names. */
    private static final Set<String> NAMING = Set.of("AppendBlock", "AppendBlockFromURL", "PutPage", "ClearPage", "SetBlobMetadata",
        "SnapshotBlob");
    private static final String DENY = "x-ms-deny-encryption-scope-override";

    private final Accounts accounts;
    private final Containers containers;

    public EncryptionScopes(Accounts accounts, Containers containers) {
        this.accounts = accounts;
        this.containers = containers;
    }

    /** Whether the scopes of an account are enabled, by name. */
    public Map<String, Boolean> of(String account) {
        return accounts.of(account).encryptionScopes();
    }

    /** Finds the scope of a request that writes a blob, and fails when it must not be used; before the operation runs. */
    public void enter(Exchange exchange) {
        boolean writes = exchange.method().equals("PUT") || exchange.method().equals("PATCH");
        if (exchange.target().path().isEmpty() || !writes) {
            return;
        }
        String named = named(exchange);
        requireUsable(exchange, named);
        if (NAMING.contains(exchange.operation())) {
            exchange.setContainerScope(ofContainer(exchange).scope());
        }
        if (!MAKING.contains(exchange.operation())) {
            return;
        }
        ContainerEncryption container = ofContainer(exchange);
        boolean key = exchange.header("x-ms-encryption-key") != null;
        if (named != null && key) {
            throw ServiceFailure.invalidHeader(HEADER, named);
        }
        if (container.enforced() && (key || named != null && !named.equals(container.scope()))) {
            throw new ServiceFailure(403, "RequestForbiddenByContainerEncryptionPolicy",
                "The request is forbidden by the container encryption policy.");
        }
        String scope = named == null ? container.scope() : named;
        if (!key && !scope.equals(ContainerEncryption.ACCOUNT)) {
            requireUsable(exchange, scope);
            exchange.setEncryptionScope(scope);
        }
    }

    /** The scope that the request's header or its signature names, null for none; they must not differ. */
    private static String named(Exchange exchange) {
        String header = exchange.header(HEADER);
        boolean signed = exchange.query("sig") != null && exchange.query("ses") != null && !exchange.query("ses").isEmpty();
        if (signed && header != null && !header.equals(exchange.query("ses"))) {
            throw ServiceFailure.invalidHeader(HEADER, header);
        }
        return signed ? exchange.query("ses") : header == null || header.isEmpty() ? null : header;
    }

    private ContainerEncryption ofContainer(Exchange exchange) {
        String account = exchange.target().account();
        String name = exchange.target().container();
        return containers.exists(account, name) ? containers.require(account, name).record().encryption() : ContainerEncryption.DEFAULT;
    }

    /** Fails when a source that is copied has a scope that is disabled. */
    void requireReadable(Blob source) {
        requireUsable(of(source.address().account()), source.record().encryptionScope());
    }

    private static void requireUsable(Exchange exchange, String scope) {
        requireUsable(exchange.encryptionScopes(), scope);
    }

    /** Fails when there is no such scope in the account, or it is disabled; null is none. */
    private static void requireUsable(Map<String, Boolean> known, String scope) {
        if (scope == null || scope.equals(ContainerEncryption.ACCOUNT)) {
            return;
        }
        Boolean enabled = known.get(scope);
        if (enabled == null) {
            throw new ServiceFailure(404, "EncryptionScopeNotFound", "The specified encryption scope does not exist.")
                .with("EncryptionScope", scope);
        }
        if (!enabled) {
            throw new ServiceFailure(403, "EncryptionScopeNotEnabled", "The specified encryption scope is disabled.")
                .with("EncryptionScope", scope);
        }
    }

    /** Shows the scope of a blob that is read; fails when it is disabled. */
    public static void read(Exchange exchange, Blob blob) {
        requireUsable(exchange, blob.record().encryptionScope());
        exchange.set(HEADER, blob.record().encryptionScope());
    }

    /** The same for one that is changed: in the scope that the request names, or its container has. */
    static void change(Exchange exchange, Blob blob) {
        String scope = blob.record().encryptionScope();
        requireUsable(exchange, scope);
        String named = named(exchange);
        boolean silent = named == null && NAMING.contains(exchange.operation());
        if (silent && scope != null && !scope.equals(exchange.containerScope())) {
            throw new ServiceFailure(409, "BlobUsesCustomerSpecifiedEncryption",
                "The blob is encrypted with customer specified encryption, but it was not provided in the request.");
        }
        if (named != null && !named.equals(scope == null ? ContainerEncryption.ACCOUNT : scope)) {
            throw new ServiceFailure(409, "BlobCustomerSpecifiedEncryptionMismatch",
                "The given customer specified encryption does not match the encryption used to encrypt the blob.");
        }
        read(exchange, blob);
    }

    /** What a request gives a new container. */
    public static ContainerEncryption ofNew(Exchange exchange) {
        String scope = exchange.header(DEFAULT);
        String deny = exchange.header(DENY);
        if (scope == null && deny == null) {
            return ContainerEncryption.DEFAULT;
        }
        if (scope == null || deny == null) {
            throw ServiceFailure.badRequest("MissingRequiredHeader", "Container encryption policy missing header: "
                + DEFAULT + " and " + DENY + " are required.").with("HeaderName", scope == null ? DEFAULT : DENY);
        }
        if (!deny.equalsIgnoreCase("true") && !deny.equalsIgnoreCase("false")) {
            throw ServiceFailure.invalidHeader(DENY, deny);
        }
        requireUsable(exchange, scope);
        return new ContainerEncryption(scope, deny.equalsIgnoreCase("true"));
    }

    /** Shows what a container has. */
    public static void write(Exchange exchange, ContainerEncryption encryption) {
        exchange.set(DEFAULT, encryption.scope());
        exchange.set(DENY, Boolean.toString(encryption.enforced()));
    }
}
