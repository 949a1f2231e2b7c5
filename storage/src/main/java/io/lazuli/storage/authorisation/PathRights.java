package io.lazuli.storage.authorisation;

import io.lazuli.governance.principal.Principal;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.content.BlobAddress;
import io.lazuli.storage.content.Blobs;
import io.lazuli.storage.content.Directories;
import io.lazuli.storage.http.DataLakeRequest;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.Target;
import io.lazuli.storage.metadata.AccessRecord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the access lists of a hierarchical account allow: to get anywhere, {@code x} on all directories above; then by operation, as in the
 * table of "Access control model in Azure Data Lake Storage". What is not there is not refused here, so that it can be told to be missing.
 */
final class PathRights {
    private final Blobs blobs;
    private final Directories directories;

    PathRights(Blobs blobs, Directories directories) {
        this.blobs = blobs;
        this.directories = directories;
    }

    /**
     * Whether they allow it.
     *
     * @param byRole the signs that a role gives the principal for everything in the container
     */
    boolean allow(Principal principal, PathRight right, BlobAddress address, Exchange exchange, String byRole) {
        return switch (right) {
            case STAT -> traverses(principal, address);
            case READ -> traverses(principal, address) && has(principal, address, "r");
            case WRITE -> traverses(principal, address) && has(principal, address, without("rw", byRole));
            case CREATE, REPLACE -> creates(principal, address) && has(principal, address, isDirectory(address) ? "wx" : "w")
                && !(exists(address) && isKept(principal, address));
            case OWN -> isDirectory(address) ? changesAccess(principal, address, exchange) : owns(principal, address, exchange);
            case DELETE -> deletes(principal, address, exchange);
            case LIST -> lists(principal, exchange);
            case CHANGE_ACCESS -> traverses(principal, address) && changesAccess(principal, address, exchange);
            // Each path below is looked at when its turn comes.
            case CHANGE_ACCESS_BELOW -> traverses(principal, address) && isOwner(principal, address);
            case CHECK -> checks(principal, address, exchange, byRole);
        };
    }

    private static String without(String signs, String given) {
        return signs.chars().filter(sign -> given.indexOf(sign) < 0)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private boolean isDirectory(BlobAddress address) {
        return directories.find(address).isPresent();
    }

    private boolean exists(BlobAddress address) {
        return isDirectory(address) || blobs.find(address).isPresent();
    }

    private AccessRecord access(BlobAddress address) {
        return directories.access(address, isDirectory(address));
    }

    private boolean has(Principal principal, BlobAddress address, String signs) {
        return !exists(address) || AccessEvaluation.allows(access(address), principal, signs);
    }

    private static BlobAddress above(BlobAddress address) {
        int slash = address.path().lastIndexOf('/');
        return address.withPath(slash < 0 ? "" : address.path().substring(0, slash));
    }

    private boolean traverses(Principal principal, BlobAddress address) {
        for (BlobAddress at = address; !at.path().isEmpty();) {
            at = above(at);
            if (!has(principal, at, "x")) {
                return false;
            }
        }
        return true;
    }

    /** The nearest directory above that is there decides, as those between are made with it. */
    boolean creates(Principal principal, BlobAddress address) {
        return traverses(principal, address) && has(principal, parent(address), "wx");
    }

    private BlobAddress parent(BlobAddress address) {
        BlobAddress parent = above(address);
        while (!parent.path().isEmpty() && !exists(parent)) {
            parent = above(parent);
        }
        return parent;
    }

    /** What somebody makes belongs to nobody else, and to the group of the directory above or one that its owner is in. */
    private boolean owns(Principal principal, BlobAddress address, Exchange exchange) {
        String owner = exchange.header("x-ms-owner");
        String group = exchange.header("x-ms-group");
        return (owner == null || owner.equalsIgnoreCase(principal.objectId()))
            && (group == null || group.equalsIgnoreCase(access(parent(address)).group())
                || AccessEvaluation.isMember(principal, group));
    }

    private boolean deletes(Principal principal, BlobAddress address, Exchange exchange) {
        AccessRecord parent = access(above(address));
        if (!traverses(principal, address) || !AccessEvaluation.allows(parent, principal, "wx")) {
            return false;
        }
        if (isKept(principal, address)) {
            return false;
        }
        return !isDirectory(address) || !deletesWhatIsIn(address, exchange)
            || eachDirectory(address, each -> has(principal, each, "rwx"));
    }

    /** The other endpoint does not see directories, and deletes one with those that are in it. */
    private boolean deletesWhatIsIn(BlobAddress directory, Exchange exchange) {
        return DataLakeRequest.is(exchange) ? "true".equalsIgnoreCase(exchange.query("recursive"))
            : blobs.tree(directory).entries(directory.path()).stream().anyMatch(FileStatus::folder);
    }

    /** Whether a sticky bit leaves it to other owners, of itself or of the directory above, to take it away. */
    private boolean isKept(Principal principal, BlobAddress address) {
        AccessRecord parent = access(above(address));
        return parent.sticky() && !access(address).owner().equalsIgnoreCase(principal.objectId())
            && !parent.owner().equalsIgnoreCase(principal.objectId());
    }

    private boolean eachDirectory(BlobAddress directory, Predicate<BlobAddress> condition) {
        return condition.test(directory) && blobs.tree(directory).entries(directory.path()).stream().filter(FileStatus::folder)
            .allMatch(folder -> eachDirectory(directory.withPath(folder.path()), condition));
    }

    private boolean lists(Principal principal, Exchange exchange) {
        Target target = exchange.target();
        boolean blobList = target.parameter("comp") != null;
        String prefix = Optional.ofNullable(target.parameter(blobList ? "prefix" : "directory")).orElse("");
        String folder = blobList ? prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0)) : prefix;
        boolean recursive = blobList ? Optional.ofNullable(target.parameter("delimiter")).orElse("").isEmpty()
            : "true".equalsIgnoreCase(target.parameter("recursive"));
        BlobAddress directory = BlobAddress.of(target.account(), target.container(), folder);
        if (!traverses(principal, directory)) {
            return false;
        }
        return recursive && isDirectory(directory) ? eachDirectory(directory, each -> has(principal, each, "rx"))
            : has(principal, directory, "rx");
    }

    private boolean isOwner(Principal principal, BlobAddress address) {
        return !exists(address) || access(address).owner().equalsIgnoreCase(principal.objectId());
    }

    /** Owners may change permissions, and give what is theirs to a group that they are in; nobody may give it to another owner. */
    private boolean changesAccess(Principal principal, BlobAddress address, Exchange exchange) {
        AccessRecord before = access(address);
        String owner = exchange.header("x-ms-owner");
        String group = exchange.header("x-ms-group");
        boolean sameOwner = owner == null || owner.equalsIgnoreCase(before.owner());
        boolean ownGroup = group == null || group.equalsIgnoreCase(before.group())
            || AccessEvaluation.isMember(principal, group);
        return isOwner(principal, address) && sameOwner && ownGroup;
    }

    private boolean checks(Principal principal, BlobAddress address, Exchange exchange, String byRole) {
        String wanted = Optional.ofNullable(exchange.query("fsaction")).orElse("").replace("-", "");
        String open = without(wanted, byRole);
        // What is no such sign is refused by the operation.
        return open.isEmpty() || !open.matches("[rwx]+") || traverses(principal, address) && has(principal, address, open);
    }
}
