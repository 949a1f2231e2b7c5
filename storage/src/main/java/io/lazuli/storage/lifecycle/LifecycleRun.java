package io.lazuli.storage.lifecycle;

import io.lazuli.storage.blob.LeaseCheck;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Generation;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Kept;
import io.lazuli.storage.content.Listing;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Action;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Condition;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Rule;
import io.lazuli.storage.lifecycle.LifecyclePolicy.Subject;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.KeptRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Applies a policy to the blobs of an account. */
public final class LifecycleRun {
    /** Containers that no policy touches. */
    private static final List<String> SYSTEM = List.of("$logs", "$web", "$blobchangefeed");
    private static final int PAGE = 5000;
    private static final List<String> TIERS = List.of("Hot", "Cool", "Cold", "Archive");

    private final Containers containers;
    private final Blobs blobs;
    private final History history;

    public LifecycleRun(Containers containers, Blobs blobs, History history) {
        this.containers = containers;
        this.blobs = blobs;
        this.history = history;
    }

    /**
     * What is due for one blob, snapshot or version.
     *
     * @param generation the moment of a snapshot or version, null for the blob itself
     * @param failure why it was not done, null when it was or nobody tried
     */
    public record Step(String rule, Action action, BlobAddress address, String generation, String failure) {
    }

    private record Due(Rule rule, Action action) {
    }

    /** Finds out what is due at a time, and does it unless it is only asked for. */
    public List<Step> run(String account, LifecyclePolicy policy, Instant asOf, boolean onlyAsked) {
        List<Step> steps = new ArrayList<>();
        containers.list(account).stream().map(Containers.Container::name).filter(name -> !SYSTEM.contains(name)).forEach(name -> {
            BlobAddress place = new BlobAddress(account, name, "");
            for (Iterator<Kept> all = history.from(place); all.hasNext();) {
                Kept kept = all.next();
                if (!kept.isDeleted() && kept.record().kind() != KeptRecord.Kind.DELETED && !kept.record().isDirectory()) {
                    boolean snapshot = kept.record().kind() == KeptRecord.Kind.SNAPSHOT;
                    apply(policy, kept.blob(), snapshot ? Subject.SNAPSHOT : Subject.VERSION, asOf, onlyAsked, steps);
                }
            }
            current(place, blob -> apply(policy, blob, Subject.BASE_BLOB, asOf, onlyAsked, steps));
        });
        return steps;
    }

    /** All blobs of a container, page by page. */
    private void current(BlobAddress place, Consumer<Blob> action) {
        String after = "";
        while (after != null) {
            Listing page = blobs.list(place, new Listing.Question("", null, after, PAGE));
            for (Listing.Item item : page.items()) {
                if (item instanceof Listing.BlobItem found) {
                    found.file().get().ifPresent(file -> action.accept(blobs.blob(place.withPath(found.name()), file)));
                }
            }
            after = page.next();
        }
    }

    private void apply(LifecyclePolicy policy, Blob blob, Subject subject, Instant asOf, boolean onlyAsked, List<Step> steps) {
        due(policy, blob, subject, asOf).ifPresent(due -> {
            String failure = onlyAsked ? null : perform(due.action(), blob);
            steps.add(new Step(due.rule().name(), due.action(), blob.address(), blob.generation() == null ? null : blob.generation().id(),
                failure));
        });
    }

    /** Of all that is due, what is cheapest to keep. */
    private static Optional<Due> due(LifecyclePolicy policy, Blob blob, Subject subject, Instant asOf) {
        Due cheapest = null;
        for (Rule rule : policy.rules()) {
            if (!rule.enabled() || !concerns(rule, blob)) {
                continue;
            }
            for (Map.Entry<Action, Condition> action : rule.actions().getOrDefault(subject, Map.of()).entrySet()) {
                boolean cheaper = cheapest == null || action.getKey().compareTo(cheapest.action()) > 0;
                if (cheaper && holds(action.getValue(), blob, subject, asOf) && helps(action.getKey(), blob.record())) {
                    cheapest = new Due(rule, action.getKey());
                }
            }
        }
        return cheapest != null || subject != Subject.BASE_BLOB ? Optional.ofNullable(cheapest) : hotAgain(policy, blob);
    }

    /** What was read after it had become cool. */
    private static Optional<Due> hotAgain(LifecyclePolicy policy, Blob blob) {
        BlobRecord record = blob.record();
        boolean read = record.accessed() != null && record.tierChanged() != null && record.accessed() > record.tierChanged();
        return policy.rules().stream().filter(rule -> read && "Cool".equals(record.tier()) && rule.enabled() && rule.hotAgain()
            && concerns(rule, blob)).findFirst().map(rule -> new Due(rule, Action.TIER_TO_HOT));
    }

    private static boolean concerns(Rule rule, Blob blob) {
        String type = blob.record().kind() == BlobKind.BlockBlob ? "blockBlob" : "appendBlob";
        String name = blob.address().container() + "/" + blob.address().path();
        return rule.blobTypes().contains(type) && (rule.prefixes().isEmpty() || rule.prefixes().stream().anyMatch(name::startsWith))
            && blob.record().tags().entrySet().containsAll(rule.tags().entrySet());
    }

    private static boolean holds(Condition condition, Blob blob, Subject subject, Instant asOf) {
        BlobRecord record = blob.record();
        Instant created = subject == Subject.BASE_BLOB ? instant(record.created()) : Instant.parse(blob.generation().id());
        long used = record.lastAccess() == null ? record.modified() : record.lastAccess();
        return isOlder(instant(record.modified()), condition.modification(), asOf) && isOlder(instant(used), condition.access(), asOf)
            && isOlder(created, condition.creation(), asOf)
            && (record.tierChanged() == null || isOlder(instant(record.tierChanged()), condition.tierChange(), asOf));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    private static boolean isOlder(Instant moment, Integer days, Instant asOf) {
        return days == null || Duration.between(moment, asOf).compareTo(Duration.ofDays(days)) > 0;
    }

    /** Tiers are left for cooler ones only, and only by blobs that have tiers. */
    private static boolean helps(Action action, BlobRecord record) {
        String tier = record.tier() == null ? "Hot" : record.tier();
        return action == Action.DELETE
            || record.kind() == BlobKind.BlockBlob && TIERS.contains(tier) && TIERS.indexOf(action.tier()) > TIERS.indexOf(tier);
    }

    /** Null when it was done, else why not. */
    private String perform(Action action, Blob blob) {
        Optional<Generation> generation = Optional.ofNullable(blob.generation());
        try {
            if (action != Action.DELETE) {
                blobs.rewrite(blob.address(), generation, same -> { }, record -> record.withTier(action.tier(), EntityTag.now()));
            } else if (generation.isPresent()) {
                blobs.delete(blob.address(), generation.get(), same -> { });
            } else {
                blobs.delete(blob.address(), found -> unchanged(blob, found), Blobs.Snapshots.REFUSE);
            }
            return null;
        } catch (ServiceFailure refused) {
            return refused.code() + ": " + refused.getMessage();
        }
    }

    /** Not what was written meanwhile, nor what somebody holds. */
    private static void unchanged(Blob before, Blob found) {
        LeaseCheck.change("Blob", found.lease(), null);
        if (!found.etag().equals(before.etag())) {
            throw ServiceFailure.conditionNotMet();
        }
    }
}
