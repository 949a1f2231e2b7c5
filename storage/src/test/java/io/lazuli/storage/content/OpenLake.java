package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The blobs of a lake on a folder of a test, without a server. */
public final class OpenLake implements AutoCloseable {
    private final Lake lake;
    private final MetadataStore metadata;
    private final Services services;
    private final History history;
    private final Blobs blobs;
    private final Containers containers;

    public OpenLake(Path folder) {
        this(folder, Map.of(), InstantSource.system());
    }

    /** With accounts of other kinds, and a clock for what is kept and noted. */
    public OpenLake(Path folder, Map<String, AccountSettings> settings, InstantSource clock) {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(settings);
        services = new Services(metadata, accounts);
        history = new History(lake, metadata, services, accounts, clock);
        Locks locks = new Locks();
        blobs = new Blobs(lake, metadata, locks, change -> { }, history, accounts);
        containers = new Containers(lake, metadata, locks, history,
            new Blocks(folder.resolve("blocks"), locks, lake));
    }

    public Services services() {
        return services;
    }

    public History history() {
        return history;
    }

    public Blobs blobs() {
        return blobs;
    }

    public Containers containers() {
        return containers;
    }

    /** Puts a block blob, in the place of what is there. */
    public void put(BlobAddress address, ContentHeaders headers, byte[] bytes) throws IOException {
        blobs.tree(address).folder().make();
        try (StagedFile content = blobs.stage(address)) {
            content.channel().write(ByteBuffer.wrap(bytes));
            blobs.put(address, content.seal(), BlobRecord.of(BlobKind.BlockBlob, headers, Map.of()), existing -> { });
        }
    }

    public void put(BlobAddress address) throws IOException {
        put(address, ContentHeaders.ofType("text/plain"), new byte[0]);
    }

    @Override
    public void close() {
        metadata.close();
        lake.close();
    }
}
