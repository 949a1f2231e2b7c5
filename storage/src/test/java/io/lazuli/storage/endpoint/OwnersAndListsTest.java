package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.CONTRIBUTOR;
import static io.lazuli.storage.endpoint.TestIdentities.ENGINEERS;
import static io.lazuli.storage.endpoint.TestIdentities.EVE;
import static io.lazuli.storage.endpoint.TestIdentities.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.AccessControlChangeResult;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathInfo;
import com.azure.storage.file.datalake.models.PathPermissions;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import com.azure.storage.file.datalake.options.PathSetAccessControlRecursiveOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom files and directories belong to, which access lists they get, and who changes either. */
class OwnersAndListsTest extends AccessTest {
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
