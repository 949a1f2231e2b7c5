package io.lazuli.storage.content;

import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import io.lazuli.storage.metadata.ServiceRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What is set for the Blob service of each account. Thread-safe. */
public final class Services {
    private final MetadataStore metadata;
    private final Accounts accounts;
    private final Table<ServiceRecord> records;
    private final Map<String, ServiceRecord> known = new ConcurrentHashMap<>();

    public Services(MetadataStore metadata, Accounts accounts) {
        this.accounts = accounts;
        this.metadata = metadata;
        this.records = metadata.table("services", ServiceRecord.class);
        records.keys("").forEach(account -> known.put(account, records.get(account)));
    }

    /** Whether slashes are signs like others in an account's names. */
    public boolean isFlat(String account) {
        return !accounts.of(account).hierarchical();
    }

    /** Whether an account keeps deleted blobs for a while, or earlier versions of blobs. */
    public boolean keepHistory(String account) {
        return accounts.of(account).versions() || of(account).deleteRetention().enabled();
    }

    public ServiceRecord of(String account) {
        return known.getOrDefault(account, ServiceRecord.DEFAULT);
    }

    /** Changes what is set; durable when it returns. */
    public synchronized ServiceRecord update(String account, UnaryOperator<ServiceRecord> change) {
        ServiceRecord changed = change.apply(of(account));
        metadata.change(() -> records.put(account, changed));
        known.put(account, changed);
        return changed;
    }
}
