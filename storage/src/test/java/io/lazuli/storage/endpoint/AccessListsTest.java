package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static io.lazuli.storage.endpoint.TestIdentities.ENGINEERS;
import static io.lazuli.storage.endpoint.TestIdentities.EVE;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static io.lazuli.storage.endpoint.TestIdentities.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.AccessControlChangeResult;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathInfo;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.models.PathPermissions;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import com.azure.storage.file.datalake.options.PathSetAccessControlRecursiveOptions;
import io.lazuli.governance.principal.Principal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Principals that have no role, or too small a one: access lists decide. */
class AccessListsTest {
    private static final String OVERWRITE = "UnauthorizedBlobOverwrite";

    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        lake = world.lake("lake");
        lake.create();
        lake.createDirectory("oregon").createSubdirectory("portland");
        lake.getFileClient("oregon/portland/data.txt").upload(BinaryData.fromString("text"), true);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private DataLakeFileSystemClient as(Principal principal) {
        return world.lake("lake", principal);
    }

    private void give(Principal principal, String path, String permissions) {
        DataLakeDirectoryClient directory = lake.getDirectoryClient(path);
        List<PathAccessControlEntry> list = PathAccessControlEntry.parseList(
            "user::rwx,group::r-x,other::---,mask::rwx,user:" + principal.objectId() + ":" + permissions);
        if (path.endsWith(".txt")) {
            lake.getFileClient(path).setAccessControlList(list, null, null);
        } else {
            directory.setAccessControlList(list, null, null);
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertRefused(call, "AuthorizationPermissionMismatch");
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(403);
        });
    }

    private String read(Principal principal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        as(principal).getFileClient("oregon/portland/data.txt").read(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void way(Principal principal, String last) {
        give(principal, "/", "--x");
        give(principal, "oregon", "--x");
        give(principal, "oregon/portland", last);
    }

    @Test
    void readingNeedsTheWayAndTheFile() {
        assertRefused(() -> read(ADA));
        way(ADA, "--x");
        assertRefused(() -> read(ADA));
        give(ADA, "oregon/portland/data.txt", "r--");
        assertThat(read(ADA)).isEqualTo("text");
        give(ADA, "oregon", "r--");
        assertRefused(() -> read(ADA));
        assertThatThrownBy(() -> as(EVE).getFileClient("oregon/portland/missing").getProperties())
            .isInstanceOfSatisfying(DataLakeStorageException.class, failure -> assertThat(failure.getStatusCode()).isEqualTo(403));
    }

    @Test
    void appendingNeedsReadAndWriteOrARoleThatReads() {
        way(ADA, "--x");
        give(ADA, "oregon/portland/data.txt", "-w-");
        assertRefused(() -> as(ADA).getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("!"), 4));
        give(ADA, "oregon/portland/data.txt", "rw-");
        as(ADA).getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("!"), 4);
        as(ADA).getFileClient("oregon/portland/data.txt").flush(5, true);
        assertThat(read(ADA)).isEqualTo("text!");

        assertThat(read(READER)).isEqualTo("text!");
        assertRefused(() -> as(READER).getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("?"), 5));
        way(READER, "--x");
        give(READER, "oregon/portland/data.txt", "-w-");
        as(READER).getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("?"), 5);
    }

    @Test
    void makingAndDeletingNeedsToWriteTheDirectoryAbove() {
        way(ADA, "--x");
        assertRefused(() -> as(ADA).createFile("oregon/portland/new.txt"));
        assertRefused(() -> as(ADA).getFileClient("oregon/portland/data.txt").delete());
        give(ADA, "oregon/portland", "-wx");
        as(ADA).createFile("oregon/portland/new.txt");
        assertThat(lake.getFileClient("oregon/portland/new.txt").getAccessControl().getOwner()).isEqualTo(ADA.objectId());
        as(ADA).getFileClient("oregon/portland/data.txt").delete();
        as(ADA).createFile("oregon/portland/a/b/c.txt");
        assertThat(lake.getDirectoryClient("oregon/portland/a/b").getAccessControl().getOwner()).isEqualTo(ADA.objectId());
        as(ADA).getFileClient("oregon/portland/a/b/c.txt").append(BinaryData.fromString("x"), 0);
    }

    @Test
    void theStickyBitLeavesDeletingToOwners() {
        way(ADA, "-wx");
        way(EVE, "-wx");
        List<PathAccessControlEntry> both = PathAccessControlEntry.parseList("user::rwx,group::r-x,other::---,mask::rwx,user:"
            + ADA.objectId() + ":-wx,user:" + EVE.objectId() + ":-wx");
        for (String path : List.of("/", "oregon", "oregon/portland")) {
            lake.getDirectoryClient(path).setAccessControlList(both, null, null);
        }
        as(ADA).createFile("oregon/portland/hers.txt");
        lake.getDirectoryClient("oregon/portland").setPermissions(PathPermissions.parseSymbolic("rwxrwx--T"), null, null);
        assertRefused(() -> as(EVE).getFileClient("oregon/portland/hers.txt").delete());
        assertRefused(() -> as(EVE).getFileClient("oregon/portland/hers.txt").rename(null, "oregon/portland/mine.txt"));
        lake.getFileClient("oregon/portland/hers.txt").setPermissions(PathPermissions.parseSymbolic("rwxrwxrwx"), null, null);
        as(EVE).createFile("oregon/portland/eves.txt");
        assertRefused(() -> as(EVE).getFileClient("oregon/portland/eves.txt").rename(null, "oregon/portland/hers.txt"), OVERWRITE);
        assertRefused(() -> as(EVE).createFile("oregon/portland/hers.txt", true), OVERWRITE);
        as(ADA).createFile("oregon/portland/hers.txt", true);
        as(ADA).getFileClient("oregon/portland/hers.txt").delete();
    }

    @Test
    void listingNeedsToReadTheDirectories() {
        give(ADA, "/", "--x");
        assertRefused(() -> names(ADA, "oregon", false));
        give(ADA, "oregon", "r-x");
        assertThat(names(ADA, "oregon", false)).containsExactly("oregon/portland");
        assertRefused(() -> names(ADA, "oregon", true));
        give(ADA, "oregon/portland", "r-x");
        assertThat(names(ADA, "oregon", true)).containsExactly("oregon/portland", "oregon/portland/data.txt");
        assertThat(world.blobs(ADA).getBlobContainerClient("lake").listBlobsByHierarchy("oregon/portland/")).hasSize(1);
    }

    private List<String> names(Principal principal, String directory, boolean recursive) {
        return as(principal).listPaths(new ListPathsOptions().setPath(directory).setRecursive(recursive), null).stream()
            .map(PathItem::getName).toList();
    }

    @Test
    void groupsAndTheMaskCount() {
        String list = "user::rwx,group::---,group:" + ENGINEERS + ":r-x,other::---,mask::";
        for (String path : List.of("/", "oregon", "oregon/portland")) {
            lake.getDirectoryClient(path).setAccessControlList(PathAccessControlEntry.parseList(list + "r-x"), null, null);
        }
        lake.getFileClient("oregon/portland/data.txt").setAccessControlList(PathAccessControlEntry.parseList(list + "r--"), null, null);
        assertThat(read(EVE)).isEqualTo("text");
        assertRefused(() -> read(ADA));
        lake.getFileClient("oregon/portland/data.txt").setAccessControlList(PathAccessControlEntry.parseList(list + "-wx"), null, null);
        assertRefused(() -> read(EVE));
    }

    @Test
    void aGroupGivesAloneWhatIsAskedForOrElseAllOthersDo() {
        String way = "user::rwx,group::--x,group:" + ENGINEERS + ":---,other::--x";
        for (String path : List.of("/", "oregon", "oregon/portland")) {
            lake.getDirectoryClient(path).setAccessControlList(PathAccessControlEntry.parseList(way), null, null);
        }
        DataLakeFileClient file = lake.getFileClient("oregon/portland/data.txt");
        file.setAccessControlList(PathAccessControlEntry.parseList("user::rw-,group::-w-,group:" + ENGINEERS + ":r--,mask::rw-,other::---"),
            ENGINEERS, null);
        assertThat(read(EVE)).isEqualTo("text");
        assertRefused(() -> as(EVE).getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("!"), 4));
        file.setAccessControlList(PathAccessControlEntry.parseList("user::rw-,group::---,group:" + ENGINEERS + ":-w-,mask::rw-,other::r--"),
            null, null);
        assertThat(read(EVE)).isEqualTo("text");
    }

    @Test
    void tellsWhoMayOnlyMakeFilesThatTheyMayNotReplace() {
        way(ADA, "-wx");
        for (ThrowingCallable replacing : List.<ThrowingCallable>of(
                () -> as(ADA).createFile("oregon/portland/data.txt", true),
                () -> world.blobs(ADA).getBlobContainerClient("lake").getBlobClient("oregon/portland/data.txt")
                    .upload(BinaryData.fromString("mine"), true))) {
            assertThatThrownBy(replacing).isInstanceOfAny(DataLakeStorageException.class, BlobStorageException.class)
                .hasMessageContaining("UnauthorizedBlobOverwrite").hasMessageContaining("403");
        }
        way(ADA, "--x");
        assertRefused(() -> as(ADA).createFile("oregon/portland/data.txt", true));
    }

    @Test
    void aFileThatReplacesAnotherIsUsedByWhomItsDirectorySays() {
        lake.getDirectoryClient("oregon/portland").setAccessControlList(PathAccessControlEntry.parseList("user::rwx,group::r-x,other::---,"
            + "default:user::rwx,default:group::r-x,default:other::---,default:user:" + ADA.objectId() + ":r-x"), null, null);
        give(EVE, "oregon/portland/data.txt", "rwx");
        BlobClient blob = world.container("lake").getBlobClient("oregon/portland/data.txt");
        blob.upload(BinaryData.fromString("new"), true);
        String handedDown = "user::rwx,user:" + ADA.objectId() + ":r-x,group::r-x,mask::r-x,other::---";
        assertThat(list("oregon/portland/data.txt")).isEqualTo(handedDown);

        give(EVE, "oregon/portland/data.txt", "rwx");
        BlockBlobClient blocks = blob.getBlockBlobClient();
        blocks.stageBlock("MQ==", BinaryData.fromString("block"));
        blocks.commitBlockList(List.of("MQ=="), true);
        assertThat(list("oregon/portland/data.txt")).isEqualTo(handedDown);

        give(EVE, "oregon/portland/data.txt", "rwx");
        lake.getFileClient("oregon/portland/data.txt").append(BinaryData.fromString("!"), 5);
        lake.getFileClient("oregon/portland/data.txt").flush(6, true);
        assertThat(list("oregon/portland/data.txt")).contains(EVE.objectId());
    }

    /** What is made with the directories that it needs is made in the last of them. */
    @Test
    void defaultEntriesAreHandedDownThroughDirectoriesThatAreMadeOnTheWay() {
        lake.getDirectoryClient("oregon").setAccessControlList(PathAccessControlEntry.parseList("user::rwx,group::r-x,other::---,"
            + "default:user::rwx,default:group::r-x,default:other::---,default:user:" + ADA.objectId() + ":r-x"), null, null);
        String handedDown = "user::rwx,user:" + ADA.objectId() + ":r-x,group::r-x,mask::r-x,other::---";
        lake.createFile("oregon/a/b/file.txt");
        assertThat(list("oregon/a/b/file.txt")).isEqualTo(handedDown);
        lake.createDirectory("oregon/c/d");
        assertThat(list("oregon/c/d")).startsWith(handedDown).contains("default:user:" + ADA.objectId() + ":r-x");
        world.blobs(CONTRIBUTOR).getBlobContainerClient("lake").getBlobClient("oregon/e").getBlockBlobClient().uploadWithResponse(
            new BlockBlobSimpleUploadOptions(BinaryData.fromString("")).setMetadata(Map.of("hdi_isfolder", "true")), null, Context.NONE);
        assertThat(list("oregon/e")).startsWith(handedDown).contains("default:user:" + ADA.objectId() + ":r-x");
        assertThat(lake.getDirectoryClient("oregon/e").getAccessControl().getOwner()).isEqualTo(CONTRIBUTOR.objectId());
    }

    @Test
    void newPathsAreGivenToNobodyElse() {
        way(ADA, "-wx");
        way(EVE, "-wx");
        give(EVE, "/", "--x");
        for (DataLakePathCreateOptions options : List.of(new DataLakePathCreateOptions().setOwner(EVE.objectId()),
                new DataLakePathCreateOptions().setGroup(ENGINEERS))) {
            assertRefused(() -> as(CONTRIBUTOR).getFileClient("oregon/portland/given").createWithResponse(options, null, Context.NONE));
        }
        assertThat(lake.getFileClient("oregon/portland/given").exists()).isFalse();
        as(CONTRIBUTOR).getFileClient("oregon/portland/own").createWithResponse(new DataLakePathCreateOptions()
            .setOwner(CONTRIBUTOR.objectId()).setGroup("$superuser"), null, Context.NONE);
        as(OWNER).getFileClient("oregon/portland/given").createWithResponse(new DataLakePathCreateOptions().setOwner(EVE.objectId())
            .setGroup(ENGINEERS), null, Context.NONE);
        assertThat(lake.getFileClient("oregon/portland/given").getAccessControl())
            .extracting(found -> found.getOwner(), found -> found.getGroup()).containsExactly(EVE.objectId(), ENGINEERS);
    }

    @Test
    void refusesListsThatMeanNothing() {
        String named = IntStream.range(0, 29).mapToObj(number -> ",user:%08d-0000-4000-8000-000000000000:r--".formatted(number))
            .collect(Collectors.joining());
        String base = "user::rwx,group::r-x,other::---";
        try (SignedRequests requests = new SignedRequests(world, StorageWorld.ACCOUNT)) {
            for (String wrong : List.of("asdf", "", "user::rwx,user::r-x", base + ",mask:x:r-x", "user::rwt,group::r-x,other::---",
                    base + named)) {
                assertThat(requests.outcome("PUT", "/lake/oregon/new?resource=directory", "", "x-ms-acl", wrong)).as(wrong)
                    .isEqualTo("400 InvaldAccessControlList");
            }
            assertThat(requests.outcome("PUT", "/lake/oregon/new?resource=directory", "", "x-ms-permissions", "asdf"))
                .isEqualTo("400 InvalidPermission");
            assertThat(requests.outcome("PUT", "/lake/oregon/new?resource=directory", "", "x-ms-permissions", "0750", "x-ms-acl", base))
                .isEqualTo("400 InvalidHeaderValue");
            assertThat(requests.outcome("PUT", "/lake/oregon/new?resource=file", "", "x-ms-acl", base + ",default:user::rwx"))
                .isEqualTo("400 DefaultAclOnFileNotAllowed");
            assertThat(requests.outcome("PUT", "/lake/oregon/new?resource=file", "", "x-ms-owner", ADA.objectId()))
                .isEqualTo("403 AuthorizationPermissionMismatch");
        }
        assertThat(lake.getDirectoryClient("oregon/new").exists()).isFalse();
        assertThatThrownBy(() -> lake.getFileClient("oregon/portland/data.txt").setAccessControlList(
            PathAccessControlEntry.parseList(base + ",default:user::rwx"), null, null))
            .isInstanceOfSatisfying(DataLakeStorageException.class,
                failure -> assertThat(failure.getErrorCode()).isEqualTo("DefaultAclOnFileNotAllowed"));
        lake.getDirectoryClient("oregon").setAccessControlList(PathAccessControlEntry.parseList(
            base + named.substring(0, named.lastIndexOf(','))), null, null);
        assertThat(list("oregon").split(",")).hasSize(32);
    }

    private String list(String path) {
        return PathAccessControlEntry.serializeList(lake.getFileClient(path).getAccessControl().getAccessControlList());
    }

    /** Each of three changes something else of the same file: none may undo another. */
    @Test
    void losesNoChangeThatIsMadeAtTheSameTime() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 40; round++) {
                DataLakeFileClient file = lake.createFile("race" + round);
                List<Callable<PathInfo>> changes = List.of(() -> file.setPermissions(null, null, ADA.objectId()),
                    () -> file.setPermissions(null, ENGINEERS, null),
                    () -> file.setPermissions(PathPermissions.parseSymbolic("rwxrwxrwx"), null, null));
                for (Future<PathInfo> change : threads.invokeAll(changes)) {
                    change.get();
                }
                assertThat(file.getAccessControl()).extracting(found -> found.getOwner(), found -> found.getGroup(),
                    found -> found.getPermissions().toString()).containsExactly(ADA.objectId(), ENGINEERS, "0777");
            }
        }
    }

    @Test
    void ownersChangePermissionsAndSuperusersOwners() {
        way(ADA, "-wx");
        as(ADA).createFile("oregon/portland/hers.txt");
        as(ADA).getFileClient("oregon/portland/hers.txt").setPermissions(PathPermissions.parseSymbolic("rw-r--r--"), null, null);
        assertRefused(() -> as(ADA).getFileClient("oregon/portland/hers.txt").setPermissions(
            PathPermissions.parseSymbolic("rw-r--r--"), ENGINEERS, null));
        assertRefused(() -> as(ADA).getFileClient("oregon/portland/hers.txt").setPermissions(
            PathPermissions.parseSymbolic("rw-r--r--"), null, EVE.objectId()));
        assertRefused(() -> as(CONTRIBUTOR).getFileClient("oregon/portland/hers.txt").setPermissions(
            PathPermissions.parseSymbolic("rwxrwxrwx"), null, null));
        as(OWNER).getFileClient("oregon/portland/hers.txt").setPermissions(
            PathPermissions.parseSymbolic("rw-r-----"), ENGINEERS, EVE.objectId());
        assertThat(lake.getFileClient("oregon/portland/hers.txt").getAccessControl())
            .extracting(found -> found.getOwner(), found -> found.getGroup()).containsExactly(EVE.objectId(), ENGINEERS);
        assertThat(world.identities().security().audit().read()).filteredOn(event -> event.outcome().equals("allowed"))
            .extracting(event -> event.name()).contains("ada@contoso.com", "owner@contoso.com");
    }

    @Test
    void identifiersMeanTheSameInCapitals() {
        way(EVE, "-wx");
        as(EVE).createDirectory("oregon/portland/hers");
        as(OWNER).getDirectoryClient("oregon/portland/hers").setPermissions(null, null, EVE.objectId().toUpperCase(Locale.ROOT));
        as(EVE).getDirectoryClient("oregon/portland/hers").setPermissions(PathPermissions.parseSymbolic("rwx------"),
            ENGINEERS.toUpperCase(Locale.ROOT), null);
        AccessControlChangeResult result = as(EVE).getDirectoryClient("oregon/portland/hers").setAccessControlRecursive(
            PathAccessControlEntry.parseList("user::rwx,group::rwx,other::---"));
        assertThat(result.getCounters().getFailedChangesCount()).isZero();
        assertThat(list("oregon/portland/hers")).isEqualTo("user::rwx,group::rwx,other::---");
    }

    @Test
    void changesOfAllBelowTellWhatTheyMayNot() {
        way(ADA, "rwx");
        as(ADA).createDirectory("oregon/portland/hers");
        lake.createFile("oregon/portland/hers/not-hers.txt");
        AccessControlChangeResult result = as(ADA).getDirectoryClient("oregon/portland/hers").setAccessControlRecursiveWithResponse(
            new PathSetAccessControlRecursiveOptions(
                PathAccessControlEntry.parseList("user::rwx,group::rwx,other::---")).setContinueOnFailure(true),
            null, Context.NONE).getValue();
        assertThat(result.getCounters()).extracting(counters -> counters.getChangedDirectoriesCount(),
            counters -> counters.getChangedFilesCount(), counters -> counters.getFailedChangesCount()).containsExactly(1L, 0L, 1L);
    }

    @Test
    void namesOwnersByTheirUserNameWhenAsked() {
        way(ADA, "-wx");
        as(ADA).createFile("oregon/portland/hers.txt");
        assertThat(lake.getFileClient("oregon/portland/hers.txt").getAccessControlWithResponse(true, null, null, Context.NONE).getValue()
            .getOwner()).isEqualTo("ada@contoso.com");
    }

    @Test
    void defaultEntriesAreHandedDownToBlobsToo() {
        lake.getDirectoryClient("oregon").setAccessControlList(PathAccessControlEntry.parseList("user::rwx,group::r-x,other::---,"
            + "default:user::rwx,default:group::r-x,default:other::---,default:user:" + ADA.objectId() + ":r-x"), null, null);
        world.container("lake").getBlobClient("oregon/new/blob.txt").upload(BinaryData.fromString("x"));
        assertThat(PathAccessControlEntry.serializeList(
            lake.getFileClient("oregon/new/blob.txt").getAccessControl().getAccessControlList()))
            .isEqualTo("user::rwx,user:" + ADA.objectId() + ":r-x,group::r-x,mask::r-x,other::---");
    }

    @Test
    void aContainerBelongsToWhomMakesIt() {
        as(CONTRIBUTOR).getFileClient("oregon/portland/data.txt").getProperties();
        world.lake("made", CONTRIBUTOR).create();
        assertThat(world.lake("made").getDirectoryClient("/").getAccessControl())
            .extracting(found -> found.getOwner(), found -> found.getGroup())
            .containsExactly(CONTRIBUTOR.objectId(), CONTRIBUTOR.objectId());
    }
}
