package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import java.nio.file.Path;

/** The files that a linked service gives access to. Thread-safe. */
public final class FileStore {
    private final Kind kind;
    private final String account;
    private final Lake lake;
    private final Path directory;
    private final String share;

    /** What the store is in Azure, as far as it shows: in names, in messages, in what metadata it has. */
    public enum Kind {
        BLOB(true),
        DATA_LAKE_GEN2(true),
        DATA_LAKE_GEN1(false),
        FILE_SHARE(false),
        FILE_SERVER(false),
        /** Another cloud's bucket store, which stands in a directory. */
        BUCKETS(true),
        /** Another server of files, which stands in a directory. */
        REMOTE(false);

        private final boolean containers;

        Kind(boolean containers) {
            this.containers = containers;
        }
    }

    private FileStore(Kind kind, String account, Lake lake, Path directory, String share) {
        this.kind = kind;
        this.account = account;
        this.lake = lake;
        this.directory = directory;
        this.share = share;
    }

    /** A storage account of the lake. */
    static FileStore account(Kind kind, String account, Lake lake) {
        return new FileStore(kind, account, lake, null, null);
    }

    /** A folder of the lake outside the storage accounts, for what has no containers. */
    static FileStore share(Kind kind, String server, String path, Lake lake) {
        return new FileStore(kind, server, lake, null, path);
    }

    /** A directory of this machine; its first level are the containers of stores that have them. */
    static FileStore directory(Kind kind, String name, Path directory, Lake lake) {
        return new FileStore(kind, name, lake, directory, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The storage account's or server's name. */
    public String account() {
        return account;
    }

    /** Whether locations name a container (file system, bucket). */
    public boolean hasContainers() {
        return kind.containers;
    }

    /** The files of a container; {@code container} is ignored by stores without. Nothing is created before the first write. */
    public FileTree tree(String container) {
        if (kind.containers && (container == null || container.isEmpty())) {
            throw failure(CommonError.INVALID_ARGUMENT, "The location in storage account '%s' names no container", account);
        }
        if (directory != null) {
            return kind.containers ? lake.directory(directory, container) : lake.directory(directory);
        }
        return share != null ? lake.share(account, share) : lake.container(account, container);
    }

    public FileTree tree(FileLocation location) {
        return tree(location.container());
    }

    /** How messages and logs call a path: {@code container/path}, or the path alone. */
    public String display(String container, String path) {
        return kind.containers ? container + (path.isEmpty() ? "" : "/" + path) : path;
    }

    /** The failure for a file or folder that is not there, in the words of the store's connector in Azure. */
    public RuntimeException missing(String container, String path) {
        return failure(FileError.FILE_NOT_FOUND, "%s", switch (kind) {
            case BLOB, BUCKETS -> "ErrorCode=UserErrorSourceBlobNotExist,"
                + "'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,"
                + "Message=The required Blob is missing. ContainerName: https://" + account + ".blob.core.windows.net/" + container
                + ", ContainerExist: " + (tree(container).status("").isPresent() ? "True" : "False") + ", BlobPrefix: " + path
                + ", BlobCount: 0.,Source=Microsoft.DataTransfer.ClientLibrary,'";
            case DATA_LAKE_GEN2, DATA_LAKE_GEN1 -> "ErrorCode=AdlsGen2OperationFailed,"
                + "'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=ADLS Gen2 operation failed for: "
                + "Operation returned an invalid status code 'NotFound'. Account: '" + account + "'. FileSystem: '" + container
                + "'. Path: '" + path + "'. ErrorCode: 'PathNotFound'. Message: 'The specified path does not exist.'."
                + ",Source=Microsoft.DataTransfer.ClientLibrary,'";
            case FILE_SHARE, FILE_SERVER, REMOTE -> "ErrorCode=UserErrorFileNotFound,"
                + "'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=Cannot find the file specified. "
                + "Folder path and filename: '" + path + "'.,Source=Microsoft.DataTransfer.ClientLibrary,'";
        });
    }
}
