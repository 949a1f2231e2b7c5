package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.ImmutableBlobs;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.Immutability;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Set and Delete Blob Immutability Policy, Set Blob Legal Hold: for blobs, snapshots and versions. The entity tag stays. */
public final class ImmutabilityOperations {
    private final Containers containers;
    private final Blobs blobs;

    public ImmutabilityOperations(Containers containers, Blobs blobs) {
        this.containers = containers;
        this.blobs = blobs;
    }

    public void setPolicy(Exchange exchange) throws IOException {
        long until = ImmutabilityHeaders.until(exchange);
        boolean locked = ImmutabilityHeaders.isLocked(exchange);
        Conditions conditions = Conditions.of(exchange);
        Blob blob = change(exchange, found -> conditions.checkWrite(found.etag(), found.record().modified()),
            old -> old.withPolicy(until, locked));
        ImmutabilityHeaders.write(exchange, blob.record().immutability());
        exchange.respond(200);
    }

    public void deletePolicy(Exchange exchange) throws IOException {
        change(exchange, found -> { }, old -> old.withPolicy(null, false));
        exchange.respond(200);
    }

    public void setLegalHold(Exchange exchange) throws IOException {
        boolean held = ImmutabilityHeaders.isHeld(exchange);
        change(exchange, found -> { }, old -> old.withLegalHold(held));
        exchange.set(ImmutabilityHeaders.HOLD, Boolean.toString(held));
        exchange.respond(200);
    }

    private Blob change(Exchange exchange, Consumer<Blob> check, UnaryOperator<Immutability> change) {
        containers.require(exchange.target().account(), exchange.target().container());
        Consumer<Blob> all = check.andThen(WriteCheck::requireNoCopy);
        return blobs.rewrite(BlobAddress.of(exchange.target()), Generation.of(exchange.target()), all,
            record -> ImmutableBlobs.change(record, change));
    }
}
