package io.lazuli.server.identity;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;

/** What a user's program does: no secret in it, all is in its environment. */
final class DefaultCredentialProgram {
    private DefaultCredentialProgram() {
    }

    public static void main(String[] arguments) {
        new BlobServiceClientBuilder().endpoint(System.getenv("LAZULI_STORAGE_ENDPOINT"))
            .credential(new DefaultAzureCredentialBuilder().build()).buildClient().createBlobContainer(arguments[0]);
        System.out.println("made " + arguments[0]);
        System.exit(0);
    }
}
