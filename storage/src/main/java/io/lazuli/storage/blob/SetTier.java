package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Operation;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import java.io.IOException;

/** Set Blob Tier: 200 when the tier holds at once, 202 when the blob has to come from the archive. */
public final class SetTier implements Operation {
    private final Containers containers;
    private final Blobs blobs;
    private final Tiers tiers;

    public SetTier(Containers containers, Blobs blobs, Tiers tiers) {
        this.containers = containers;
        this.blobs = blobs;
        this.tiers = tiers;
    }

    @Override
    public void run(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        String given = exchange.header("x-ms-access-tier");
        if (given == null) {
            throw ServiceFailure.missingHeader("x-ms-access-tier");
        }
        String tier = Tiers.valid(given);
        String priority = Tiers.priority(exchange);
        Blob blob = blobs.rewrite(BlobAddress.of(exchange.target()), Generation.of(exchange.target()),
            found -> check(exchange, found, tier), record -> tiers.moved(record, tier, priority));
        exchange.respond(blob.record().rehydration() == null ? 200 : 202);
    }

    private static void check(Exchange exchange, Blob blob, String tier) {
        LeaseCheck.read("Blob", blob.lease(), exchange.header("x-ms-lease-id"));
        TagCondition.check(exchange, blob.record().tags());
        if (blob.record().kind() != BlobKind.BlockBlob) {
            throw ServiceFailure.invalidBlobType();
        }
        if (blob.generation() != null && !tier.equals(BlobRecord.ARCHIVE)) {
            // A snapshot or version leaves the archive by a copy only.
            Tiers.requireOnline(blob);
        }
    }
}
