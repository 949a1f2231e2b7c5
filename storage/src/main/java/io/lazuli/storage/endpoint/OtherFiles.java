package io.lazuli.storage.endpoint;

import io.lazuli.storage.LakeListener;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.content.Locks;
import io.lazuli.storage.watch.KnownFiles;
import io.lazuli.storage.watch.Version;
import java.util.function.Consumer;

/** What is done to files without a request, as the changes of blobs that it is. */
record OtherFiles(Blobs blobs, Locks locks, Consumer<Change> changes, KnownFiles known) implements LakeListener {
    @Override
    public void written(String account, String container, String path) {
        BlobAddress address = new BlobAddress(account, container, path);
        locks.withBlob(address, () -> {
            blobs.find(address).filter(blob -> !known.has(address, Version.of(blob.record())))
                .ifPresent(blob -> changes.accept(new Change.Written(address, blob.record())));
            return null;
        });
    }

    @Override
    public void removed(String account, String container, String path) {
        changes.accept(new Change.Deleted(new BlobAddress(account, container, path), Blobs.ofFile(path)));
    }
}
