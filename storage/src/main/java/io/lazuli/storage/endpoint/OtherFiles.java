package io.lazuli.storage.endpoint;

import io.lazuli.storage.LakeListener;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Change;
import io.lazuli.storage.watch.KnownFiles;
import io.lazuli.storage.watch.Version;
import java.util.function.Consumer;

/** What is done to files without a request, as the changes of blobs that it is. */
record OtherFiles(Blobs blobs, Consumer<Change> changes, KnownFiles known) implements LakeListener {
    @Override
    public void written(String account, String container, String path) {
        BlobAddress address = new BlobAddress(account, container, path);
        blobs.find(address).filter(blob -> known.isNews(address, Version.of(blob.record())))
            .ifPresent(blob -> changes.accept(new Change.Written(address, blob.record())));
    }

    @Override
    public void removed(String account, String container, String path) {
        changes.accept(new Change.Deleted(new BlobAddress(account, container, path), Blobs.ofFile(path)));
    }
}
