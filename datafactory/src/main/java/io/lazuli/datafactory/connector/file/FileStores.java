package io.lazuli.datafactory.connector.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.Lake;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the files that a linked service means: a part of the lake, or the directory that the configuration gives it. Thread-safe. */
public final class FileStores {
    private static final Map<String, FileStore.Kind> KINDS = Map.ofEntries(
        Map.entry("AzureBlobStorage", FileStore.Kind.BLOB),
        Map.entry("AzureStorage", FileStore.Kind.BLOB),
        Map.entry("AzureBlobFS", FileStore.Kind.DATA_LAKE_GEN2),
        Map.entry("AzureDataLakeStore", FileStore.Kind.DATA_LAKE_GEN1),
        Map.entry("AzureFileStorage", FileStore.Kind.FILE_SHARE),
        Map.entry("FileServer", FileStore.Kind.FILE_SERVER),
        Map.entry("AmazonS3", FileStore.Kind.BUCKETS),
        Map.entry("AmazonS3Compatible", FileStore.Kind.BUCKETS),
        Map.entry("GoogleCloudStorage", FileStore.Kind.BUCKETS),
        Map.entry("OracleCloudStorage", FileStore.Kind.BUCKETS),
        Map.entry("Sftp", FileStore.Kind.REMOTE),
        Map.entry("FtpServer", FileStore.Kind.REMOTE),
        Map.entry("Hdfs", FileStore.Kind.REMOTE));

    private final Lake lake;
    private final Function<String, Optional<Path>> directories;
    private final Function<String, Optional<String>> accounts;

    /**
     * Stores of one data directory.
     *
     * @param directories the directory that a linked service, by name, is mapped to by configuration
     * @param accounts the storage account that the configuration gives a linked service, by name, instead of its own
     */
    public FileStores(Lake lake, Function<String, Optional<Path>> directories, Function<String, Optional<String>> accounts) {
        this.lake = lake;
        this.directories = directories;
        this.accounts = accounts;
    }

    /** Stores of one data directory whose linked services tell their accounts themselves. */
    public FileStores(Lake lake, Function<String, Optional<Path>> directories) {
        this(lake, directories, name -> Optional.empty());
    }

    public Lake lake() {
        return lake;
    }

    /** Whether linked services of a type give access to files, be it only when mapped to a directory. */
    public static boolean isFileStore(String linkedServiceType) {
        return KINDS.containsKey(linkedServiceType);
    }

    /** Whether linked services of a type give access to a storage account of the lake. */
    static boolean isAccount(String linkedServiceType) {
        FileStore.Kind kind = KINDS.get(linkedServiceType);
        return kind == FileStore.Kind.BLOB || kind == FileStore.Kind.DATA_LAKE_GEN2;
    }

    /** The store of a linked service; {@code NOT_SUPPORTED} for a type without a local form that is not mapped to a directory. */
    public FileStore open(ResolvedLinkedService service) {
        FileStore.Kind kind = KINDS.get(service.type());
        if (kind == null) {
            throw failure(CommonError.NOT_SUPPORTED, service.place(),
                "Linked service '%s' is of type %s, which is not a store of files", service.name(), service.type());
        }
        Optional<Path> directory = directories.apply(service.name());
        if (directory.isPresent()) {
            return FileStore.directory(kind, service.name(), directory.get(), lake);
        }
        return switch (kind) {
            case BLOB, DATA_LAKE_GEN2 -> FileStore.account(kind, account(service), lake);
            case DATA_LAKE_GEN1 -> FileStore.share(kind, account(service), "adls", lake);
            case FILE_SHARE -> fileShare(service);
            case FILE_SERVER -> fileServer(service);
            case BUCKETS, REMOTE -> throw failure(CommonError.NOT_SUPPORTED, service.place(),
                "Linked service '%s' is of type %s, which has no local form; lazuli.yaml can map it to a directory",
                service.name(), service.type());
        };
    }

    private String account(ResolvedLinkedService service) {
        return accounts.apply(service.name()).orElseGet(() -> StorageAddress.account(service));
    }

    private FileStore fileShare(ResolvedLinkedService service) {
        String named = StorageAddress.plain(service.typeProperties().path("fileShare")).orElse("");
        String host = StorageAddress.plain(service.typeProperties().path("host")).orElse("").replace('\\', '/');
        String path = named.isEmpty() ? host.replaceFirst("^/*[^/]*/?", "") : named;
        return FileStore.share(FileStore.Kind.FILE_SHARE, account(service), path.isEmpty() ? "share" : path, lake);
    }

    /** {@code \\server\share\folder} is {@code server/share/folder} of the lake; a drive or plain path is one of server {@code local}. */
    private FileStore fileServer(ResolvedLinkedService service) {
        String host = StorageAddress.plain(service.typeProperties().path("host")).orElseThrow(() -> failure(
            CommonError.INVALID_ARGUMENT, service.place(), "File server linked service '%s' has no host", service.name()))
            .replace('\\', '/');
        if (host.startsWith("//")) {
            String[] parts = host.substring(2).split("/", 2);
            return FileStore.share(FileStore.Kind.FILE_SERVER, parts[0], parts.length > 1 ? parts[1] : "", lake);
        }
        return FileStore.share(FileStore.Kind.FILE_SERVER, "local", host.replaceFirst("^([A-Za-z]):", "$1"), lake);
    }
}
