package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import java.util.Map;
import java.util.function.Consumer;

/** Whether a request may change the blob that is there. */
public final class WriteCheck {
    private WriteCheck() {
    }

    /** For what replaces a blob or makes one; gets null when there is none. */
    public static Consumer<Blob> replacing(Exchange exchange) {
        Conditions conditions = Conditions.of(exchange);
        String lease = exchange.header("x-ms-lease-id");
        return existing -> {
            if (existing == null) {
                conditions.checkMissing();
                TagCondition.check(exchange, Map.of());
                LeaseCheck.read("Blob", null, lease);
                return;
            }
            if (conditions.wantsNone()) {
                throw new ServiceFailure(409, "BlobAlreadyExists", "The specified blob already exists.");
            }
            LeaseCheck.change("Blob", existing.lease(), lease);
            conditions.checkWrite(existing.etag(), existing.record().modified());
            TagCondition.check(exchange, existing.record().tags());
            if ("Archive".equals(existing.record().tier())) {
                throw new ServiceFailure(409, "BlobArchived", "This operation is not permitted on an archived blob.");
            }
        };
    }

    /** For what changes a blob that must be there. */
    public static Consumer<Blob> changing(Exchange exchange) {
        Conditions conditions = Conditions.of(exchange);
        String lease = exchange.header("x-ms-lease-id");
        return blob -> {
            LeaseCheck.change("Blob", blob.lease(), lease);
            conditions.checkWrite(blob.etag(), blob.record().modified());
            TagCondition.check(exchange, blob.record().tags());
        };
    }
}
