package io.lazuli.storage.content;

import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.EntityTag;
import io.lazuli.storage.metadata.KeptRecord;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.ServiceRecord.Retention;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What accounts keep of contents that are overwritten or deleted, as their versioning and soft delete are set; it stores nothing. */
final class DataProtection {
    private final KeptFiles files;
    private final Services services;
    private final Accounts accounts;
    private final AccessRecords access;
    private final InstantSource clock;

    DataProtection(KeptFiles files, Services services, Accounts accounts, AccessRecords access, InstantSource clock) {
        this.files = files;
        this.services = services;
        this.accounts = accounts;
        this.access = access;
        this.clock = clock;
    }

    /** How long an account keeps what is deleted, empty when it is gone at once. */
    Optional<Retention> retention(String account) {
        return Optional.of(services.of(account).deleteRetention()).filter(Retention::enabled);
    }

    long now() {
        return TimeUnit.MILLISECONDS.toMicros(clock.millis());
    }

    /** What a blob is in a snapshot of now. */
    Kept prepareSnapshot(BlobAddress address, BlobRecord record) {
        return prepare(address, Kind.SNAPSHOT, record, EntityTag.now());
    }

    /** What the current version becomes when there is another one. */
    Kept prepareVersion(Blob existing) {
        BlobRecord record = existing.record();
        return prepare(existing.address(), Kind.VERSION, record, record.version() == null ? record.created() : record.version());
    }

    /** What a blob or directory becomes when it is deleted now and can be restored for a while. */
    Kept prepareDeletion(BlobAddress address, BlobRecord record, Retention retention) {
        long moment = EntityTag.now();
        Kept kept = prepare(address, Kind.DELETED, record, moment);
        KeptRecord deleted = deleted(kept.record(), retention);
        boolean restricted = record != null && accounts.of(address.account()).hierarchical();
        return new Kept(address, Long.toString(moment), restricted ? deleted.withAccess(access.of(address, false)) : deleted, kept.file());
    }

    /** What an overwritten blob becomes, empty when nobody wants to have it back. */
    Optional<Kept> prepareOverwritten(Blob existing) {
        AccountSettings account = accounts.of(existing.address().account());
        if (account.versions()) {
            return Optional.of(prepareVersion(existing));
        }
        boolean wanted = !account.hierarchical() && !"Archive".equals(existing.record().tier());
        return retention(existing.address().account()).filter(retention -> wanted).map(retention -> {
            Kept kept = prepareSnapshot(existing.address(), existing.record());
            return kept.with(deleted(kept.record(), retention));
        });
    }

    /** The record of a content that is deleted now. */
    KeptRecord deleted(KeptRecord record, Retention retention) {
        return record.withDeletion(now(), now() + TimeUnit.DAYS.toMicros(retention.days()));
    }

    private Kept prepare(BlobAddress address, Kind kind, BlobRecord record, long moment) {
        String name = UUID.randomUUID().toString();
        String file = name.substring(0, 2) + "/" + name;
        return new Kept(address, Generation.id(moment), KeptRecord.of(kind, file, record), files.file(address, file));
    }
}
