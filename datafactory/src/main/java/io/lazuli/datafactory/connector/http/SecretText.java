package io.lazuli.datafactory.connector.http;

import io.lazuli.foundation.Place;
import tools.jackson.databind.JsonNode;

/** Gives the text of a secret property: plain text, a {@code SecureString} or an {@code AzureKeyVaultSecret}. */
@FunctionalInterface
public interface SecretText {
    String resolve(JsonNode secret, Place place);
}
