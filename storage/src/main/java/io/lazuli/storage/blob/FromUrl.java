package io.lazuli.storage.blob;

import io.lazuli.storage.content.StagedFile;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.io.IOException;
import java.util.Map;

/** What all operations that read a URL before they answer have in common. */
final class FromUrl {
    private FromUrl() {
    }

    /** Fails when a source has more bytes than an operation takes. */
    static void requireSize(CopySource source, long limit) {
        if (source.size() > limit) {
            throw tooLarge(limit);
        }
    }

    static ServiceFailure tooLarge(long limit) {
        return new ServiceFailure(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.")
            .with("MaxLimit", Long.toString(limit));
    }

    /** Writes the range that the request names, compares it with the checksums that the request announces, and gives its MD5 or null. */
    static String copyRange(Exchange exchange, CopySources sources, StagedFile content, long limit) throws IOException {
        try (CopySource source = sources.openRange(exchange)) {
            return copy(exchange, source, content, limit);
        }
    }

    /** The same for a source that is open. */
    static String copy(Exchange exchange, CopySource source, StagedFile content, long limit) throws IOException {
        Tiers.requireOnline(source.properties());
        requireSize(source, limit);
        Checksums checksums = Checksums.ofSource(exchange);
        long[] seen = {0};
        source.writeTo(content, bytes -> {
            seen[0] += bytes.remaining();
            if (seen[0] > limit) {
                throw tooLarge(limit);
            }
            checksums.accept(bytes);
        });
        return checksums.verify(exchange);
    }

    /** The tags of the copy: those that the request gives, or the source's when it says so. */
    static Map<String, String> tags(Exchange exchange, CopySource source) throws IOException {
        Map<String, String> given = BlobHeaders.tags(exchange);
        String option = exchange.header("x-ms-copy-source-tag-option");
        if (option == null || option.equalsIgnoreCase("REPLACE")) {
            return given == null ? Map.of() : given;
        }
        if (!option.equalsIgnoreCase("COPY")) {
            throw ServiceFailure.invalidHeader("x-ms-copy-source-tag-option", option);
        }
        if (given != null) {
            throw ServiceFailure.badRequest("InvalidInput", "x-ms-tags and x-ms-copy-source-tag-option: COPY exclude each other.");
        }
        return source.tags();
    }
}
