package io.lazuli.storage.lifecycle;

import io.lazuli.storage.Lake;
import io.lazuli.storage.content.AccountSettings;
import io.lazuli.storage.content.Accounts;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Blocks;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.content.History;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.content.PageBlobs;
import io.lazuli.storage.content.Services;
import io.lazuli.storage.metadata.MetadataStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The blobs of a lake that nobody serves, for policies to be applied; {@code IN_USE} when somebody does. */
public final class OfflineLake implements AutoCloseable {
    private final MetadataStore metadata;
    private final LifecycleRun lifecycle;

    public OfflineLake(Path dataDirectory, Lake lake, Map<String, AccountSettings> settings) {
        metadata = new MetadataStore(dataDirectory.resolve("storage.metadata"), lake.durability());
        Locks locks = new Locks();
        Accounts accounts = new Accounts(settings);
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        Containers containers = new Containers(lake, metadata, locks, history,
            new Blocks(dataDirectory.resolve("blocks"), locks, lake));
        containers.recover();
        Blobs blobs = new Blobs(lake, metadata, locks, change -> { }, history, accounts);
        history.recover(blobs::find);
        blobs.recover();
        new Directories(lake, metadata, locks, change -> { }, history).recover();
        new PageBlobs(lake, blobs, locks, metadata, dataDirectory.resolve("pages")).recover();
        lifecycle = new LifecycleRun(containers, blobs, history);
    }

    public LifecycleRun lifecycle() {
        return lifecycle;
    }

    @Override
    public void close() {
        metadata.close();
    }
}
