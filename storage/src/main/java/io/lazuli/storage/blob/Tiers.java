package io.lazuli.storage.blob;

import io.lazuli.storage.content.Blob;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.RehydrationRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The access tiers of block blobs. Archived blobs cannot be read or changed; one that is given another tier arrives there after a while,
 * with priority {@code High} after a fifth of it.
 */
public final class Tiers {
    private static final String SMART = "Smart";
    private static final Duration SMART_IS_HOT = Duration.ofDays(30);
    private static final Duration SMART_IS_COOL = Duration.ofDays(90);
    private static final List<String> NAMES = List.of("Hot", "Cool", "Cold", BlobRecord.ARCHIVE, SMART);
    private static final List<String> PRIORITIES = List.of("Standard", "High");
    private static final int HIGH_IS_FASTER = 5;

    private final Duration rehydration;

    /** {@code rehydration} is the time that a blob takes from the archive. */
    public Tiers(Duration rehydration) {
        this.rehydration = rehydration;
    }

    /** The tier in Azure's spelling, or {@code InvalidHeaderValue}. */
    static String valid(String tier) {
        return NAMES.stream().filter(tier::equalsIgnoreCase).findFirst()
            .orElseThrow(() -> ServiceFailure.invalidHeader("x-ms-access-tier", tier));
    }

    /** Where a blob of the tier Smart is, by the time since it was used; null for other tiers. */
    static String smart(BlobRecord record) {
        if (!SMART.equals(record.tier())) {
            return null;
        }
        long used = Math.max(record.modified(), record.lastAccess() == null ? 0 : record.lastAccess());
        Duration rest = Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(EntityTag.now() - used));
        return rest.compareTo(SMART_IS_HOT) < 0 ? "Hot" : rest.compareTo(SMART_IS_COOL) < 0 ? "Cool" : "Cold";
    }

    /** The priority that a request gives, {@code Standard} by default. */
    static String priority(Exchange exchange) {
        String given = exchange.header("x-ms-rehydrate-priority");
        return given == null ? "Standard" : PRIORITIES.stream().filter(given::equalsIgnoreCase).findFirst()
            .orElseThrow(() -> ServiceFailure.invalidHeader("x-ms-rehydrate-priority", given));
    }

    /** Fails with {@code BlobArchived} when a blob cannot be read or changed. */
    public static void requireOnline(Blob blob) {
        requireOnline(blob.record());
    }

    static void requireOnline(BlobRecord record) {
        if (record.isArchived()) {
            throw archived();
        }
    }

    static ServiceFailure archived() {
        return new ServiceFailure(409, "BlobArchived", "This operation is not permitted on an archived blob.");
    }

    /** The record of a blob that shall have a tier: at once, or later when it comes from the archive. */
    BlobRecord moved(BlobRecord record, String tier, String priority) {
        RehydrationRecord pending = record.rehydration();
        if (pending != null && !pending.tier().equals(tier)) {
            throw new ServiceFailure(409, "BlobBeingRehydrated", "This operation is not permitted because the blob is being rehydrated.");
        }
        if (!record.isArchived() || tier.equals(BlobRecord.ARCHIVE)) {
            return tier.equals(record.tier()) ? record : record.withTier(tier, EntityTag.now());
        }
        boolean faster = pending != null && priority.equals("High") && !pending.priority().equals("High");
        return pending == null || faster ? rehydrating(record, tier, priority) : record;
    }

    /** The record of an archived blob that is on its way to a tier. */
    BlobRecord rehydrating(BlobRecord record, String tier, String priority) {
        long micros = TimeUnit.NANOSECONDS.toMicros(rehydration.toNanos());
        long arrives = EntityTag.now() + (priority.equals("High") ? micros / HIGH_IS_FASTER : micros);
        return record.withRehydration(new RehydrationRecord(tier, priority, arrives));
    }
}
