package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.Conditions;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.LeaseRecord;
import io.lazuli.storage.metadata.LeaseRecord.State;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;

/** Lease Blob and Lease Container: acquire, renew, change, release, break. */
public final class LeaseOperations {
    private final Containers containers;
    private final Blobs blobs;
    private final Directories directories;

    public LeaseOperations(Containers containers, Blobs blobs, Directories directories) {
        this.directories = directories;
        this.containers = containers;
        this.blobs = blobs;
    }

    public void blob(Exchange exchange) throws IOException {
        containers.require(exchange.target().account(), exchange.target().container());
        WriteCheck.requireCurrent(exchange);
        Conditions conditions = Conditions.of(exchange);
        BlobAddress address = BlobAddress.of(exchange.target());
        if (!address.path().isEmpty() && blobs.find(address).isEmpty() && directories.find(address).isPresent()) {
            directory(exchange, address, conditions);
            return;
        }
        Blob blob = blobs.lease(address, found -> {
            conditions.checkWrite(found.etag(), found.record().modified());
            TagCondition.check(exchange, found.record().tags());
            return next(exchange, "Blob", found.lease());
        });
        BlobHeaders.identity(exchange, blob.record());
        answer(exchange, blob.lease());
    }

    private void directory(Exchange exchange, BlobAddress address, Conditions conditions) throws IOException {
        LeaseRecord lease = directories.lease(address, (directory, old) -> {
            conditions.checkWrite(directory.etag(), directory.modified());
            exchange.set("ETag", directory.etag());
            exchange.setDate("Last-Modified", directory.modified());
            return next(exchange, "Blob", old);
        });
        answer(exchange, lease);
    }

    public void container(Exchange exchange) throws IOException {
        Conditions conditions = Conditions.of(exchange);
        Containers.Container container = containers.lease(exchange.target().account(), exchange.target().container(), found -> {
            conditions.checkWrite(found.record().etag(), found.record().modified());
            return next(exchange, "Container", found.lease());
        });
        exchange.set("ETag", container.record().etag());
        exchange.setDate("Last-Modified", container.record().modified());
        answer(exchange, container.lease());
    }

    private static void answer(Exchange exchange, LeaseRecord lease) throws IOException {
        String action = action(exchange);
        if (action.equals("break")) {
            long rest = lease.breaks() == null ? 0 : Math.max(0, lease.breaks() - System.currentTimeMillis());
            exchange.set("x-ms-lease-time", (rest + 999) / 1000);
            exchange.respond(202);
            return;
        }
        exchange.set("x-ms-lease-id", action.equals("release") ? null : lease.id());
        exchange.respond(action.equals("acquire") ? 201 : 200);
    }

    private static String action(Exchange exchange) {
        String action = exchange.header("x-ms-lease-action");
        if (action == null) {
            throw ServiceFailure.missingHeader("x-ms-lease-action");
        }
        return action.toLowerCase(Locale.ROOT);
    }

    private static LeaseRecord next(Exchange exchange, String kind, LeaseRecord lease) {
        return changed(action(exchange), exchange, kind, lease);
    }

    /** A lease as it is given back. */
    public static LeaseRecord released(LeaseRecord lease) {
        return new LeaseRecord(lease.id(), lease.durationSeconds(), null, null, true);
    }

    /** The lease after an action of a request, whose other headers say how. */
    public static LeaseRecord changed(String action, Exchange exchange, String kind, LeaseRecord lease) {
        long now = System.currentTimeMillis();
        State state = lease == null ? State.available : lease.state(now);
        String id = LeaseCheck.given(exchange);
        return switch (action) {
            case "acquire" -> acquire(exchange, lease, state, now);
            case "renew" -> renew(kind, lease, state, id, now);
            case "change" -> change(exchange, kind, lease, state, id);
            case "release" -> {
                requireHolder(kind, lease, id);
                yield released(lease);
            }
            case "break" -> breakUp(exchange, kind, lease, state, now);
            default -> throw ServiceFailure.invalidHeader("x-ms-lease-action", exchange.header("x-ms-lease-action"));
        };
    }

    private static LeaseRecord acquire(Exchange exchange, LeaseRecord lease, State state, long now) {
        String duration = exchange.header("x-ms-lease-duration");
        if (duration == null) {
            throw ServiceFailure.missingHeader("x-ms-lease-duration");
        }
        if (!duration.matches("-1|\\d{1,4}")) {
            throw ServiceFailure.invalidHeader("x-ms-lease-duration", duration);
        }
        int seconds = Integer.parseInt(duration);
        if (seconds != -1 && (seconds < 15 || seconds > 60)) {
            throw ServiceFailure.invalidHeader("x-ms-lease-duration", duration);
        }
        String proposed = exchange.header("x-ms-proposed-lease-id");
        String id = proposed == null ? UUID.randomUUID().toString() : uuid("x-ms-proposed-lease-id", proposed);
        boolean same = lease != null && lease.id().equals(id);
        if (state == State.breaking && same) {
            throw new ServiceFailure(409, "LeaseIsBreakingAndCannotBeAcquired",
                "The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken.");
        }
        if (state == State.breaking || state == State.leased && !same) {
            throw new ServiceFailure(409, "LeaseAlreadyPresent", "There is already a lease present.");
        }
        return new LeaseRecord(id, seconds, expiry(seconds, now), null, false);
    }

    private static Long expiry(int seconds, long now) {
        return seconds < 0 ? null : (Long) (now + seconds * 1000L);
    }

    private static String uuid(String header, String text) {
        try {
            return UUID.fromString(LeaseCheck.dashed(text)).toString();
        } catch (IllegalArgumentException malformed) {
            throw ServiceFailure.invalidHeader(header, text);
        }
    }

    private static LeaseRecord renew(String kind, LeaseRecord lease, State state, String id, long now) {
        requireHolder(kind, lease, id);
        if (state == State.breaking || state == State.broken) {
            throw new ServiceFailure(409, "LeaseIsBrokenAndCannotBeRenewed",
                "The lease ID matched, but the lease has been broken explicitly and cannot be renewed.");
        }
        return new LeaseRecord(lease.id(), lease.durationSeconds(), expiry(lease.durationSeconds(), now), null, false);
    }

    private static LeaseRecord change(Exchange exchange, String kind, LeaseRecord lease, State state, String id) {
        String proposed = exchange.header("x-ms-proposed-lease-id");
        if (proposed == null) {
            throw ServiceFailure.missingHeader("x-ms-proposed-lease-id");
        }
        String next = uuid("x-ms-proposed-lease-id", proposed);
        if (state == State.leased && (lease.id().equals(next) || lease.id().equalsIgnoreCase(id))) {
            return new LeaseRecord(next, lease.durationSeconds(), lease.expires(), null, false);
        }
        if (state == State.breaking && lease.id().equalsIgnoreCase(id)) {
            throw new ServiceFailure(409, "LeaseIsBreakingAndCannotBeChanged",
                "The lease ID matched, but the lease is currently in breaking state and cannot be changed.");
        }
        if (state != State.leased && state != State.breaking) {
            throw notPresent(kind);
        }
        throw mismatch(kind);
    }

    private static LeaseRecord breakUp(Exchange exchange, String kind, LeaseRecord lease, State state, long now) {
        if (lease == null || state == State.available) {
            throw notPresent(kind);
        }
        if (state == State.broken || state == State.expired) {
            return new LeaseRecord(lease.id(), lease.durationSeconds(), null, now, false);
        }
        String period = exchange.header("x-ms-lease-break-period");
        if (period != null && (!period.matches("\\d{1,2}") || Integer.parseInt(period) > 60)) {
            throw ServiceFailure.invalidHeader("x-ms-lease-break-period", period);
        }
        long rest = state == State.breaking ? lease.breaks() - now : lease.expires() == null ? Long.MAX_VALUE : lease.expires() - now;
        long wanted = period != null ? Integer.parseInt(period) * 1000L : lease.durationSeconds() < 0 ? 0 : rest;
        return new LeaseRecord(lease.id(), lease.durationSeconds(), lease.expires(), now + Math.min(rest, wanted), false);
    }

    private static void requireHolder(String kind, LeaseRecord lease, String id) {
        if (id == null) {
            throw ServiceFailure.missingHeader("x-ms-lease-id");
        }
        if (lease == null || lease.released() || !lease.id().equalsIgnoreCase(id)) {
            throw mismatch(kind);
        }
    }

    private static ServiceFailure notPresent(String kind) {
        return new ServiceFailure(409, "LeaseNotPresentWithLeaseOperation",
            "There is currently no lease on the " + kind.toLowerCase(Locale.ROOT) + ".");
    }

    private static ServiceFailure mismatch(String kind) {
        return new ServiceFailure(409, "LeaseIdMismatchWithLeaseOperation",
            "The lease ID specified did not match the lease ID for the " + kind.toLowerCase(Locale.ROOT) + ".");
    }
}
