package io.lazuli.storage.content;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.util.Objects;

/**
 * What a request writes a content with.
 *
 * @param key of the customer, null for none
 * @param scope that the content is encrypted under, null for the account's own
 */
public record Encryption(CustomerKey key, String scope) {
    public static Encryption of(Exchange exchange) {
        return new Encryption(CustomerKey.of(exchange), exchange.encryptionScope());
    }

    /** Fails with Azure's codes unless a content, by its key's hash or its scope, has what is given; null for neither. */
    static void requireSame(String given, String has) {
        if (Objects.equals(given, has)) {
            return;
        }
        if (given == null) {
            throw new ServiceFailure(409, "BlobUsesCustomerSpecifiedEncryption",
                "The blob is encrypted with customer specified encryption, but it was not provided in the request.");
        }
        throw has == null
            ? new ServiceFailure(409, "BlobDoesNotUseCustomerSpecifiedEncryption",
                "The blob is not encrypted with customer specified encryption, but one was provided in the request.")
            : new ServiceFailure(409, "BlobCustomerSpecifiedEncryptionMismatch",
                "The given customer specified encryption does not match the encryption used to encrypt the blob.");
    }
}
