package io.lazuli.storage.content;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.http.Caller;
import io.lazuli.storage.http.CurrentExchange;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.MetadataStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who owns what is newly made, and who may use it: whoever makes it, the group of the directory above, and what that hands down. See
 * "Default permissions on new files and directories" in "Access control lists (ACLs) in Azure Data Lake Storage".
 */
public final class NewAccess {
    private static final String UMASK = "0027";
    private static final String ROOT_PERMISSIONS = "rwxr-x---";

    private final AccessRecords access;

    NewAccess(MetadataStore metadata) {
        this.access = new AccessRecords(metadata);
    }

    /** What something new in a directory gets when nothing else is asked for; without default entries above, less the mask's bits. */
    public static AccessRecord inherited(AccessRecord above, String owner, boolean directory, String umask) {
        if (umask == null && owner.equals(Directories.SUPERUSER) && above.equals(AccessRecords.plain(true))) {
            return AccessRecords.plain(directory);
        }
        Optional<AccessList> handedDown = AccessList.parse(above.acl()).inherited(directory);
        AccessList list = handedDown.orElseGet(() -> AccessList.ofPermissions(directory ? "rwxrwxrwx" : "rw-rw-rw-")
            .masked(umask == null ? UMASK : umask));
        return new AccessRecord(owner, above.group(), list.toString(), false);
    }

    /** The same for the request that is being answered, which asks for nothing else. */
    public static AccessRecord usual(AccessRecord above, boolean directory) {
        return inherited(above, caller().owner(), directory, null);
    }

    private static Caller caller() {
        return CurrentExchange.find().map(Exchange::caller).orElse(Caller.ACCOUNT_OWNER);
    }

    /** Within a change of the metadata: a container belongs to the principal that makes it, to nobody else. */
    void putRoot(BlobAddress root) {
        caller().principal().ifPresent(principal -> access.put(root, new AccessRecord(principal.objectId(),
            principal.objectId(), AccessList.ofPermissions(ROOT_PERMISSIONS).toString(), false)));
    }

    /**
     * Within a change of the metadata: for a new file or directory and for those above it that are made with it.
     *
     * @param given who may use it; gets who may use the directory above
     */
    void put(FileTree tree, BlobAddress address, boolean directory, UnaryOperator<AccessRecord> given) {
        Deque<String> missing = new ArrayDeque<>();
        String above = above(address.path());
        while (!above.isEmpty() && tree.status(above).filter(FileStatus::folder).isEmpty()) {
            missing.push(above);
            above = above(above);
        }
        AccessRecord parent = access.of(address.withPath(above), true);
        Caller maker = caller();
        for (String folder : missing) {
            parent = inherited(parent, maker.owner(), true, null);
            access.put(address.withPath(folder), true, parent);
        }
        access.put(address, directory, given.apply(parent));
    }

    private static String above(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
}
