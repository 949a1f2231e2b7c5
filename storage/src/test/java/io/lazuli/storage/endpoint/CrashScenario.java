package io.lazuli.storage.endpoint;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathDeletedItem;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.options.FileScheduleDeletionOptions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests that follow each other, each of which takes what is there from one state to another, whole or not at all. */
enum CrashScenario {
    /** Overwrites, snapshots, deletes and restores blobs of an account that keeps what is deleted. */
    DELETED(StorageWorld.FLAT) {
        @Override
        List<Step> steps(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            return List.of(
                new Step("live 0", () -> put(blob, "0")),
                new Step("deleted snapshot 0, live 1", () -> put(blob, "1")),
                new Step("deleted snapshot 0, live 1, snapshot 1", blob::createSnapshot),
                new Step("deleted 1, deleted snapshot 0, deleted snapshot 1",
                    () -> blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE)),
                new Step("live 1, snapshot 0, snapshot 1", blob::undelete),
                new Step("deleted 1, deleted snapshot 0, deleted snapshot 1",
                    () -> blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE)),
                new Step("deleted snapshot 0, deleted snapshot 1, deleted snapshot 1, live 2", () -> put(blob, "2")));
        }

        @Override
        String observe(KillableService service, String name) {
            return list(raw(service), name, new BlobListDetails().setRetrieveDeletedBlobs(true).setRetrieveSnapshots(true)
                .setRetrieveMetadata(true)).map(item -> (deleted(item) ? "deleted " : "") + (item.getSnapshot() == null
                    ? deleted(item) ? "" : "live " : "snapshot ") + number(raw(service), item)).sorted().collect(Collectors.joining(", "));
        }
    },

    /** Makes versions, in an account that keeps them. */
    VERSIONS(ServedFolder.VERSIONS) {
        @Override
        List<Step> steps(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            return List.of(
                new Step("current 0", () -> put(blob, "0")),
                new Step("0, current 1", () -> put(blob, "1")),
                new Step("0, 1, current 1 named", () -> blob.setMetadata(Map.of("number", "1", "named", "yes"))),
                new Step("0, 1, 1 named", blob::delete),
                new Step("0, 1, 1 named, current 2", () -> put(blob, "2")));
        }

        @Override
        String observe(KillableService service, String name) {
            return list(raw(service), name, new BlobListDetails().setRetrieveVersions(true).setRetrieveMetadata(true))
                .map(item -> (Boolean.TRUE.equals(item.isCurrentVersion()) ? "current " : "") + number(raw(service), item)
                    + (item.getMetadata().containsKey("named") ? " named" : "")).collect(Collectors.joining(", "));
        }
    },

    /** Blobs whose names begin with other blobs' names, which a folder cannot hold side by side. */
    FLAT(ServedFolder.VERSIONS) {
        @Override
        List<Step> steps(KillableService service, String name) {
            BlobContainerClient raw = raw(service);
            return List.of(
                new Step("=0", () -> put(raw.getBlobClient(name), "0")),
                new Step("=0, /b=1", () -> put(raw.getBlobClient(name + "/b"), "1")),
                new Step("=0, /b=1, /b/c=2", () -> put(raw.getBlobClient(name + "/b/c"), "2")),
                new Step("=0, /b/c=2", () -> raw.getBlobClient(name + "/b").delete()),
                new Step("=0, /b=3, /b/c=2", () -> put(raw.getBlobClient(name + "/b"), "3")),
                new Step("/b=3, /b/c=2", () -> raw.getBlobClient(name).delete()),
                new Step("=4, /b=3, /b/c=2", () -> put(raw.getBlobClient(name), "4")));
        }

        @Override
        String observe(KillableService service, String name) {
            return numbered(raw(service), name);
        }
    },

    /** Immutability policies and legal holds. */
    IMMUTABLE(StorageWorld.ACCOUNT) {
        @Override
        List<Step> steps(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            return List.of(
                new Step("0 free", () -> put(blob, "0")),
                new Step("0 held", () -> blob.setLegalHold(true)),
                new Step("0 held until 2101", () -> blob.setImmutabilityPolicy(until(2101))),
                new Step("0 free until 2101", () -> blob.setLegalHold(false)),
                new Step("0 free until 2102", () -> blob.setImmutabilityPolicy(until(2102))),
                new Step("0 free", blob::deleteImmutabilityPolicy));
        }

        private static BlobImmutabilityPolicy until(int year) {
            return new BlobImmutabilityPolicy().setExpiryTime(newYear(year)).setPolicyMode(BlobImmutabilityPolicyMode.UNLOCKED);
        }

        @Override
        String observe(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            if (!blob.exists()) {
                return "";
            }
            BlobProperties found = blob.getProperties();
            BlobImmutabilityPolicy policy = found.getImmutabilityPolicy();
            return blob.downloadContent() + (Boolean.TRUE.equals(found.hasLegalHold()) ? " held" : " free")
                + (policy == null || policy.getExpiryTime() == null ? "" : " until " + policy.getExpiryTime().getYear());
        }
    },

    /** Tags with their index, and leases. */
    TAGS_AND_LEASES(StorageWorld.ACCOUNT) {
        private static final String ONE = "11111111-1111-1111-1111-111111111111";
        private static final String OTHER = "22222222-2222-2222-2222-222222222222";

        @Override
        List<Step> steps(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            return List.of(
                new Step("{} available", () -> put(blob, "0")),
                new Step("{name=" + name + "} available", () -> blob.setTags(Map.of("name", name))),
                new Step("{name=" + name + "} " + ONE, () -> lease(blob, ONE).acquireLease(-1)),
                new Step("{name=" + name + "} " + OTHER, () -> lease(blob, ONE).changeLease(OTHER)),
                new Step("{name=" + name + "} available", () -> lease(blob, OTHER).releaseLease()),
                new Step("{} available", () -> blob.setTags(Map.of())));
        }

        private static BlobLeaseClient lease(BlobClient blob, String id) {
            return new BlobLeaseClientBuilder().blobClient(blob).leaseId(id).buildClient();
        }

        @Override
        String observe(KillableService service, String name) {
            BlobClient blob = raw(service).getBlobClient(name);
            if (!blob.exists()) {
                return "";
            }
            Map<String, String> tags = blob.getTags();
            boolean indexed = raw(service).findBlobsByTags("name = '" + name + "'").stream().findAny().isPresent();
            String state = blob.getProperties().getLeaseState().toString();
            return tags + (indexed == tags.isEmpty() ? " and the index differs " : " ") + (state.equals("leased") ? holder(blob) : state);
        }

        private static String holder(BlobClient blob) {
            try {
                return lease(blob, ONE).renewLease();
            } catch (BlobStorageException other) {
                return lease(blob, OTHER).renewLease();
            }
        }
    },

    /** Times at which files end. */
    EXPIRY(StorageWorld.ACCOUNT) {
        @Override
        List<Step> steps(KillableService service, String name) {
            DataLakeFileSystemClient lake = lake(service);
            return List.of(
                new Step("null", () -> lake.createFile(name)),
                new Step("2101", () -> lake.getFileClient(name).scheduleDeletion(new FileScheduleDeletionOptions(newYear(2101)))),
                new Step("2102", () -> lake.getFileClient(name).scheduleDeletion(new FileScheduleDeletionOptions(newYear(2102)))),
                new Step("null", () -> lake.getFileClient(name).scheduleDeletion(new FileScheduleDeletionOptions())));
        }

        @Override
        String observe(KillableService service, String name) {
            if (!lake(service).getFileClient(name).exists()) {
                return "";
            }
            OffsetDateTime expiry = lake(service).getFileClient(name).getProperties().getExpiresOn();
            return expiry == null ? "null" : Integer.toString(expiry.getYear());
        }
    },

    /** Directories with files in them are renamed and deleted. */
    DIRECTORIES(StorageWorld.ACCOUNT) {
        @Override
        List<Step> steps(KillableService service, String name) {
            return DirectorySteps.untilDeleted(lake(service), raw(service), name, "");
        }

        @Override
        String observe(KillableService service, String name) {
            return DirectorySteps.paths(lake(service), raw(service), name);
        }
    },

    /** Files and directories of an account with flat names are renamed, also over others and to names that a folder cannot hold. */
    FLAT_RENAMES(ServedFolder.RENAMED) {
        @Override
        List<Step> steps(KillableService service, String name) {
            DataLakeFileSystemClient lake = lake(service);
            BlobContainerClient raw = raw(service);
            return List.of(
                new Step("/a=0", () -> put(raw.getBlobClient(name + "/a"), "0")),
                new Step("/a=0, /a/b=1", () -> put(raw.getBlobClient(name + "/a/b"), "1")),
                new Step("/a=0, /c/d=1", () -> lake.getFileClient(name + "/a/b").rename(null, name + "/c/d")),
                new Step("/a=0, /c=2, /c/d=1", () -> put(raw.getBlobClient(name + "/c"), "2")),
                new Step("/c=2, /c/d=0", () -> lake.getFileClient(name + "/a").rename(null, name + "/c/d")),
                new Step("/c=2, /e=0", () -> lake.getFileClient(name + "/c/d").rename(null, name + "/e")),
                new Step("/e=0, /e/f=2", () -> lake.getFileClient(name + "/c").rename(null, name + "/e/f")),
                new Step("/e=0, /j=2", () -> lake.getFileClient(name + "/e/f").rename(null, name + "/j")),
                new Step("/e=0, /g/h=3, /j=2", () -> put(raw.getBlobClient(name + "/g/h"), "3")),
                new Step("/e=0, /i/h=3, /j=2", () -> lake.getDirectoryClient(name + "/g").rename(null, name + "/i")));
        }

        @Override
        String observe(KillableService service, String name) {
            return numbered(raw(service), name);
        }
    },

    /** Directories of a hierarchical account where they can be restored. */
    RESTORED_DIRECTORIES(ServedFolder.KEPT) {
        @Override
        List<Step> steps(KillableService service, String name) {
            DataLakeFileSystemClient lake = lake(service);
            List<Step> before = DirectorySteps.untilDeleted(lake, raw(service), name, "deleted /e");
            Step restore = new Step("/e, /e/1=1, /e/c, /e/c/2=2",
                () -> lake.undeletePath(name + "/e", deleted(lake, name).findFirst().orElseThrow().getDeletionId()));
            return Stream.concat(before.stream(), Stream.of(restore)).toList();
        }

        private static Stream<PathDeletedItem> deleted(DataLakeFileSystemClient lake, String name) {
            return lake.listDeletedPaths().stream().filter(item -> item.getPath().startsWith(name + "/"));
        }

        @Override
        String observe(KillableService service, String name) {
            DataLakeFileSystemClient lake = lake(service);
            return Stream.concat(Stream.of(DirectorySteps.paths(lake, raw(service), name)).filter(text -> !text.isEmpty()),
                deleted(lake, name).map(item -> "deleted " + item.getPath().substring(name.length()))).collect(Collectors.joining(", "));
        }
    };

    /** A request, and what is there when it was acknowledged. */
    record Step(String after, Runnable request) {
    }

    private final String account;

    CrashScenario(String account) {
        this.account = account;
    }

    /** The requests for one name, at which nothing is in the beginning. */
    abstract List<Step> steps(KillableService service, String name);

    /** What is there. */
    abstract String observe(KillableService service, String name);

    BlobContainerClient raw(KillableService service) {
        return service.blobs(account).getBlobContainerClient("raw");
    }

    DataLakeFileSystemClient lake(KillableService service) {
        return service.lake(account).getFileSystemClient("raw");
    }

    static void put(BlobClient blob, String number) {
        blob.uploadWithResponse(new BlobParallelUploadOptions(BinaryData.fromString(number)).setMetadata(Map.of("number", number)), null,
            Context.NONE);
    }

    static Stream<BlobItem> list(BlobContainerClient container, String name, BlobListDetails details) {
        return container.listBlobs(new ListBlobsOptions().setPrefix(name).setDetails(details), null).stream()
            .filter(item -> !item.getMetadata().containsKey("hdi_isfolder"))
            .filter(item -> item.getName().equals(name) || item.getName().startsWith(name + "/"));
    }

    /** The names with their numbers. */
    static String numbered(BlobContainerClient container, String name) {
        return list(container, name, new BlobListDetails().setRetrieveMetadata(true))
            .map(item -> item.getName().substring(name.length()) + "=" + number(container, item)).collect(Collectors.joining(", "));
    }

    static boolean deleted(BlobItem item) {
        return Boolean.TRUE.equals(item.isDeleted());
    }

    /** The number in the metadata, which is the content too. */
    static String number(BlobContainerClient container, BlobItem item) {
        String number = item.getMetadata().get("number");
        if (deleted(item)) {
            return number;
        }
        BlobClient blob = container.getBlobClient(item.getName());
        String content = (item.getSnapshot() != null ? blob.getSnapshotClient(item.getSnapshot())
            : item.getVersionId() != null ? blob.getVersionClient(item.getVersionId()) : blob).downloadContent().toString();
        return content.equals(number) ? number : number + " with the content " + content;
    }

    static OffsetDateTime newYear(int year) {
        return OffsetDateTime.of(year, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    }

    /** What is done to directories. */
    private static final class DirectorySteps {
        static List<Step> untilDeleted(DataLakeFileSystemClient lake, BlobContainerClient raw, String name, String afterDelete) {
            return List.of(
                new Step("/d", () -> lake.createDirectory(name + "/d")),
                new Step("/d, /d/1=1", () -> put(raw.getBlobClient(name + "/d/1"), "1")),
                new Step("/d, /d/1=1, /d/b", () -> lake.createDirectory(name + "/d/b")),
                new Step("/d, /d/1=1, /d/b, /d/b/2=2", () -> put(raw.getBlobClient(name + "/d/b/2"), "2")),
                new Step("/e, /e/1=1, /e/b, /e/b/2=2", () -> lake.getDirectoryClient(name + "/d").rename(null, name + "/e")),
                new Step("/e, /e/1=1, /e/c, /e/c/2=2", () -> lake.getDirectoryClient(name + "/e/b").rename(null, name + "/e/c")),
                new Step(afterDelete, () -> lake.getDirectoryClient(name + "/e").deleteRecursively()));
        }

        static String paths(DataLakeFileSystemClient lake, BlobContainerClient raw, String name) {
            if (!lake.getDirectoryClient(name).exists()) {
                return "";
            }
            return lake.listPaths(new ListPathsOptions().setPath(name).setRecursive(true), null).stream()
                .sorted((one, other) -> one.getName().compareTo(other.getName()))
                .map(path -> path.getName().substring(name.length()) + (path.isDirectory() ? "" : "=" + content(raw, path)))
                .collect(Collectors.joining(", "));
        }

        private static String content(BlobContainerClient raw, PathItem path) {
            BlobClient blob = raw.getBlobClient(path.getName());
            String content = blob.downloadContent().toString();
            String number = blob.getProperties().getMetadata().get("number");
            return content.equals(number) ? number : number + " with the content " + content;
        }
    }
}
