package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import java.util.Optional;
import java.util.function.Consumer;

/** The headers {@code x-ms-access-tier-if-modified-since} and {@code -if-unmodified-since}: when a blob must have got its tier. */
final class TierCondition {
    private TierCondition() {
    }

    /** A tier that was never changed is as old as the blob. */
    static Consumer<Blob> of(Exchange exchange) {
        Conditions conditions = Conditions.of(exchange, "x-ms-access-tier-");
        return blob -> conditions.checkWrite(blob.etag(),
            Optional.ofNullable(blob.record().tierChanged()).orElse(blob.record().created()));
    }
}
