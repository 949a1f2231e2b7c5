package io.lazuli.storage.content;

import io.lazuli.storage.Durability;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.Unfinished.Note;
import io.lazuli.storage.content.Unfinished.Work;
import io.lazuli.storage.metadata.KeptRecord.Kind;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes blobs whole again that a crash left half changed. */
final class BlobRecovery {
    /** The table of the files that are being extended. */
    static final String EXTENDING = "extending";
    private static final Logger LOG = LoggerFactory.getLogger(BlobRecovery.class);

    private final BlobFiles files;
    private final BlobDeletion deletion;
    private final Durability durability;
    private final MetadataStore metadata;
    private final History history;
    private final Unfinished unfinished;
    private final FormerAccess formerAccess;
    private final Table<Boolean> extending;

    BlobRecovery(BlobContext context, BlobDeletion deletion) {
        this.deletion = deletion;
        files = context.files();
        durability = context.lake().durability();
        metadata = context.metadata();
        history = context.history();
        unfinished = context.unfinished();
        formerAccess = new FormerAccess(metadata);
        extending = metadata.table(EXTENDING, Boolean.class);
    }

    void run() {
        extending.keys("").forEach(this::recover);
        formerAccess.keys().forEach(this::recoverAccess);
        unfinished.recover(this::end);
    }

    private void recoverAccess(String key) {
        if (files.find(address(key)).filter(blob -> blob.record().modified() == formerAccess.modified(key)).isPresent()) {
            formerAccess.forget(key);
        } else {
            formerAccess.restore(key);
        }
    }

    private static BlobAddress address(String key) {
        String[] parts = key.split("/", 3);
        return new BlobAddress(parts[0], parts[1], parts[2]);
    }

    /** Takes back what is behind the end of a file that was being extended. */
    void recover(String key) {
        BlobAddress address = address(key);
        BlobEntry entry = files.entry(address);
        Optional<FileStatus> file = files.file(address);
        boolean half = entry != null && file.isPresent() && entry.isGrowing(file.get().size())
            && entry.matching(file.get().size(), BlobFiles.micros(file.get().lastModified())) != entry.next();
        try {
            if (half) {
                new FileExtension(file.get().file(), entry.current().size(), entry.current().stamp(), durability).takeBack();
                metadata.change(() -> files.store(address, new BlobEntry(entry.current(), null)));
            }
            metadata.changeLazily(() -> extending.remove(key));
        } catch (IOException problem) {
            // The entry says how long the content is, and the next start tries again.
            LOG.warn("Cannot shorten {} to what was acknowledged", file.get().file(), problem);
        }
    }

    /** Ends what a crash interrupted, unless the blob is another one by now. */
    private void end(BlobAddress address, Note note) {
        Optional<Blob> blob = files.find(address).filter(current -> current.record().modified() == note.modified());
        switch (note.work()) {
            case DELETE, DELETE_SNAPSHOTS -> blob.ifPresent(
                current -> deletion.delete(current, history.of(address, Kind.SNAPSHOT), note.work() == Work.DELETE_SNAPSHOTS));
            case UNDELETE -> {
                if (blob.isPresent() || history.isDeleted(address, note.modified())) {
                    deletion.undelete(address);
                }
            }
            case SUPERSEDE -> blob.ifPresent(current -> history.supersede(address, current.record()));
        }
    }
}
