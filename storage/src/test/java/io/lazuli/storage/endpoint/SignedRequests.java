package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;

/** Requests of an account as they are sent, with a signature that allows everything; for what Azure's clients for Java do not show. */
final class SignedRequests implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String signature;

    SignedRequests(StorageWorld world, String account) {
        url = world.url().replaceFirst("/" + StorageWorld.ACCOUNT + "$", "/" + account);
        signature = world.blobs(account).generateAccountSas(new AccountSasSignatureValues(OffsetDateTime.now().plusHours(1),
            AccountSasPermission.parse("rwdlactfx"), new AccountSasService().setBlobAccess(true),
            new AccountSasResourceType().setService(true).setContainer(true).setObject(true)));
    }

    String signature() {
        return signature;
    }

    HttpResponse<String> send(String method, String pathAndQuery, String body, String... headers) {
        String separator = pathAndQuery.contains("?") ? "&" : "?";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + pathAndQuery + separator + signature))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).header("x-ms-version", "2026-10-06");
        try {
            return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    /** The status and, when the request was refused, the error's code. */
    static String outcome(HttpResponse<?> response) {
        return response.statusCode() + response.headers().firstValue("x-ms-error-code").map(code -> " " + code).orElse("");
    }

    String outcome(String method, String pathAndQuery, String body, String... headers) {
        return outcome(send(method, pathAndQuery, body, headers));
    }

    /** Makes a blob in the container {@code raw}, a block blob unless the headers say otherwise. */
    HttpResponse<String> put(String name, String text, String... headers) {
        HttpResponse<String> made = send("PUT", "/raw/" + name, text,
            headers.length == 0 ? new String[] {"x-ms-blob-type", "BlockBlob"} : headers);
        assertThat(outcome(made)).isEqualTo("201");
        return made;
    }

    /** A header of an answer, null when there is none. */
    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** A header of the answer to a request without a body. */
    String header(String method, String pathAndQuery, String name) {
        return header(send(method, pathAndQuery, null), name);
    }

    @Override
    public void close() {
        http.close();
    }
}
