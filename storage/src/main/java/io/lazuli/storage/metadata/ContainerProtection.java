package io.lazuli.storage.metadata;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What keeps all blobs of a container from being changed and deleted.
 *
 * @param days how long each blob is kept; 0 without a policy
 * @param locked whether the policy can only be extended
 * @param appends what the policy lets be appended to
 * @param extensions how often the policy has been extended since it was locked
 * @param changed identifies the policy as it is, in microseconds since 1970
 * @param holds why nothing may be changed until somebody says so, as tags; empty without a legal hold
 * @param holdAppends whether the legal hold lets blobs be appended to
 */
public record ContainerProtection(
        int days, boolean locked, Appendable appends, int extensions, long changed, List<String> holds, boolean holdAppends) {
    /** Which blobs may grow though they must not change. */
    public enum Appendable {
        NONE, APPEND_BLOBS, ALL
    }

    public static final ContainerProtection NONE = new ContainerProtection(0, false, Appendable.NONE, 0, 0, List.of(), false);

    public ContainerProtection {
        holds = holds == null ? List.of() : List.copyOf(holds);
        appends = appends == null ? Appendable.NONE : appends;
    }

    /** Another policy that is not locked; 0 days for none. */
    public ContainerProtection withPolicy(int period, Appendable appendable) {
        return new ContainerProtection(period, false, appendable, 0, EntityTag.now(), holds, holdAppends);
    }

    public ContainerProtection asLocked() {
        return new ContainerProtection(days, true, appends, 0, EntityTag.now(), holds, holdAppends);
    }

    /** A longer period of a policy that is locked. */
    public ContainerProtection extended(int period) {
        return new ContainerProtection(period, locked, appends, extensions + 1, EntityTag.now(), holds, holdAppends);
    }

    public ContainerProtection withHolds(List<String> tags, boolean appendable) {
        return new ContainerProtection(days, locked, appends, extensions, changed, tags, appendable);
    }

    /** Whether there is a policy or a hold. */
    public boolean protects() {
        return days > 0 || !holds.isEmpty();
    }

    /** Whether the policy lets a blob be appended to. */
    public boolean mayGrow(BlobRecord blob) {
        return days == 0 || appends == Appendable.ALL || appends == Appendable.APPEND_BLOBS && blob.kind() == BlobKind.AppendBlob;
    }

    /** Until when the policy keeps a blob, in microseconds since 1970; one that grows is kept from its last append on. */
    public long until(BlobRecord blob) {
        boolean grows = blob.kind() == BlobKind.AppendBlob || appends == Appendable.ALL;
        return (grows ? Math.max(blob.created(), blob.stamp()) : blob.created()) + TimeUnit.DAYS.toMicros(days);
    }
}
