package io.lazuli.datafactory.connector;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.Place;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.languages.pipeline.Scope;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives the secrets that linked services and activities refer to: {@code AzureKeyVaultSecret}, {@code SecureString}, or plain text.
 *
 * @param variables environment variable by {@code vault/secret} or {@code secret}, which goes before the store
 */
public record Secrets(
    Workspace workspace, SecretStore store, Map<String, String> variables, UnaryOperator<String> environment, Clock clock) {
    /**
     * The text of an evaluated secret property.
     *
     * @param place of the property, for {@code SECRET_NOT_FOUND}
     */
    public String resolve(JsonNode secret, Place place) {
        if (!secret.isObject()) {
            return secret.asString("");
        }
        return switch (secret.path("type").asString("")) {
            case "AzureKeyVaultSecret" -> fromVault(secret, place);
            case "SecureString" -> secret.path("value").asString("");
            default -> throw failure(DataFactoryError.WRONG_TYPE, place,
                "A secret is a text, a SecureString or an AzureKeyVaultSecret, not %s", secret.path("type").asString("an object"));
        };
    }

    private String fromVault(JsonNode secret, Place place) {
        JsonNode given = secret.path("store");
        ObjectNode parameters = given.get("parameters") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        Reference reference = new Reference(given.path("referenceName").asString(""), "LinkedServiceReference", parameters, place);
        ResolvedLinkedService vault = new LinkedServiceResolver(workspace, LazuliConfiguration.STANDARD)
            .resolve(reference, Scope.at(clock.instant()));
        return get(vaultName(vault), secret.path("secretName").asString(""), place);
    }

    /** The vault's name from its address {@code https://NAME.vault.azure.net/}, else the linked service's name. */
    public static String vaultName(ResolvedLinkedService vault) {
        String address = vault.typeProperties().path("baseUrl").asString("").replaceFirst("^https?://", "");
        String host = address.split("[./:]", 2)[0];
        return (host.isEmpty() ? vault.name() : host).replaceAll("[^A-Za-z0-9-]", "-");
    }

    /** A secret by the names of its vault and itself; {@code SECRET_NOT_FOUND} tells how to set it. */
    public String get(String vault, String secret, Place place) {
        SecretStore.Name name = new SecretStore.Name(vault, secret);
        return mapped(name).or(() -> store.get(name)).orElseThrow(() -> failure(DataFactoryError.SECRET_NOT_FOUND, place,
            "There is no secret '%s' in the vault '%s'. Set it with: lazuli secret set %s, or in the environment variable %s",
            secret, vault, name, name.variable()));
    }

    private Optional<String> mapped(SecretStore.Name name) {
        String variable = variables.getOrDefault(name.toString(), variables.get(name.secret()));
        return Optional.ofNullable(variable).map(environment);
    }
}
