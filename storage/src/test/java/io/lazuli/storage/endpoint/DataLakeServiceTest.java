package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import com.azure.storage.file.datalake.models.DataLakeRequestConditions;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.LeaseAction;
import com.azure.storage.file.datalake.models.LeaseStateType;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControl;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.models.PathProperties;
import com.azure.storage.file.datalake.options.DataLakeFileAppendOptions;
import com.azure.storage.file.datalake.options.DataLakeFileFlushOptions;
import com.azure.storage.file.datalake.options.DataLakePathCreateOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Data Lake endpoint, as Azure's own client sees it. */
class DataLakeServiceTest {
    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        lake = new DataLakeServiceClientBuilder().endpoint(world.url()).credential(world.credential())
            .retryOptions(StorageWorld.once()).buildClient().createFileSystem("lake");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertCode(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(status);
        });
    }

    private DataLakeFileClient file(String path, String text) {
        DataLakeFileClient file = lake.getFileClient(path);
        file.upload(BinaryData.fromString(text), true);
        return file;
    }

    private static String text(DataLakeFileClient file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.read(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void putsAFileInPiecesOfAnyOrder() {
        DataLakeFileClient file = lake.createFile("dir/a.txt");
        file.append(BinaryData.fromString("world"), 6);
        file.append(BinaryData.fromString("hello "), 0);
        assertThat(file.getProperties().getFileSize()).isZero();
        file.flush(11, true);
        assertThat(world.file("lake", "dir/a.txt")).hasContent("hello world");
        file.append(BinaryData.fromString("!"), 11);
        file.flush(12, true);
        assertThat(text(file)).isEqualTo("hello world!");
        assertCode(() -> file.flush(20, true), 400, "InvalidFlushPosition");
    }

    @Test
    void uploadsAndReads() {
        assertThat(text(file("a/b/c.txt", "text"))).isEqualTo("text");
        assertThat(lake.getDirectoryClient("a/b").getProperties().isDirectory()).isTrue();
        assertThat(lake.getFileClient("a/b/none").exists()).isFalse();
        assertCode(() -> lake.getFileClient("none").append(BinaryData.fromString("x"), 0), 404, "PathNotFound");
    }

    @Test
    void renamesDirectoriesWithAllInThem() {
        file("from/x/1.txt", "one").setMetadata(Map.of("k", "v"));
        DataLakeDirectoryClient moved = lake.getDirectoryClient("from").rename(null, "to");
        assertThat(moved.exists()).isTrue();
        assertThat(lake.getDirectoryClient("from").exists()).isFalse();
        DataLakeFileClient file = lake.getFileClient("to/x/1.txt");
        assertThat(text(file)).isEqualTo("one");
        assertThat(file.getProperties().getMetadata()).containsEntry("k", "v");
        assertCode(() -> lake.getDirectoryClient("none").rename(null, "other"), 404, "SourcePathNotFound");
        assertCode(() -> lake.getDirectoryClient("to").rename(null, "to/x/y"), 409, "InvalidRenameSourcePath");
    }

    @Test
    void renamesFilesOverOthersUnlessForbidden() {
        DataLakeFileClient from = file("from.txt", "new");
        file("to.txt", "old");
        assertCode(() -> from.renameWithResponse(null, "to.txt", null, new DataLakeRequestConditions().setIfNoneMatch("*"), null, null),
            409, "PathAlreadyExists");
        assertThat(text(from.rename(null, "to.txt"))).isEqualTo("new");
    }

    @Test
    void replacesNoDirectoryThatHasFiles() {
        file("from/1.txt", "one");
        file("to/2.txt", "two");
        file("file", "x");
        assertCode(() -> lake.getDirectoryClient("from").rename(null, "to"), 409, "DirectoryNotEmpty");
        assertCode(() -> lake.getDirectoryClient("from").rename(null, "file"), 409, "InvalidSourceOrDestinationResourceType");
        lake.createDirectory("empty");
        lake.getDirectoryClient("from").rename(null, "empty");
        assertThat(text(lake.getFileClient("empty/1.txt"))).isEqualTo("one");
    }

    @Test
    void makesNoDirectoryWhereAFileIs() {
        DataLakeFileClient file = file("file", "x");
        assertCode(() -> lake.createDirectory("file/below"), 409, "PathConflict");
        assertCode(() -> lake.createDirectory("file", true), 409, "PathConflict");
        assertThat(file.getAccessControl().getPermissions().toString()).isEqualTo("0640");
    }

    @Test
    void flushesWithAnAppendAndTakesAndGivesBackALease() {
        DataLakeFileClient file = lake.createFile("a.txt");
        String lease = UUID.randomUUID().toString();
        DataLakeFileAppendOptions acquire = new DataLakeFileAppendOptions().setFlush(true).setLeaseAction(LeaseAction.ACQUIRE)
            .setProposedLeaseId(lease).setLeaseDuration(60);
        file.appendWithResponse(BinaryData.fromString("one"), 0, acquire, null, null);
        assertThat(text(file)).isEqualTo("one");
        assertThat(file.getProperties().getLeaseState()).isEqualTo(LeaseStateType.LEASED);
        assertCode(() -> file.append(BinaryData.fromString("x"), 3), 412, "LeaseIdMissing");
        DataLakeFileAppendOptions release = new DataLakeFileAppendOptions().setFlush(true).setLeaseAction(LeaseAction.RELEASE)
            .setLeaseId(lease);
        file.appendWithResponse(BinaryData.fromString(" two"), 3, release, null, null);
        assertThat(text(file)).isEqualTo("one two");
        assertThat(file.getProperties().getLeaseState()).isEqualTo(LeaseStateType.AVAILABLE);
    }

    @Test
    void keepsWhatWasAppendedBeyondAFlush() {
        DataLakeFileClient file = lake.createFile("a.txt");
        file.append(BinaryData.fromString("one two"), 0);
        file.flushWithResponse(3, new DataLakeFileFlushOptions().setUncommittedDataRetained(true), null, null);
        assertThat(text(file)).isEqualTo("one");
        file.flush(7, true);
        assertThat(text(file)).isEqualTo("one two");
    }

    @Test
    void forgetsWhatWasAppendedBeyondAFlushThatDoesNotRetainIt() {
        DataLakeFileClient file = lake.createFile("a.txt");
        file.append(BinaryData.fromString("one two"), 0);
        assertCode(() -> file.appendWithResponse(BinaryData.fromString("x"), 0, new DataLakeFileAppendOptions().setFlush(true), null, null),
            400, "InvalidFlushPosition");
        file.flush(3, true);
        assertThat(text(file)).isEqualTo("one");
        assertCode(() -> file.flush(7, true), 400, "InvalidFlushPosition");
        file.append(BinaryData.fromString("!"), 3);
        file.flush(3, true);
        assertCode(() -> file.flush(4, true), 400, "InvalidFlushPosition");
        assertThat(text(file)).isEqualTo("one");
    }

    @Test
    void listsAFileAsItself() {
        file("a/1.txt", "1");
        assertThat(lake.listPaths(new ListPathsOptions().setPath("a/1.txt"), null)).extracting(PathItem::getName)
            .containsExactly("a/1.txt");
    }

    @Test
    void deletesDirectoriesWithAllInThem() {
        file("d/x/1.txt", "one");
        assertCode(() -> lake.getDirectoryClient("d").delete(), 409, "DirectoryNotEmpty");
        lake.getDirectoryClient("d").deleteWithResponse(true, null, null, null);
        assertThat(lake.listPaths()).isEmpty();
    }

    @Test
    void listsPathsByPages() {
        file("a/1.txt", "1");
        file("a/b/2.txt", "22");
        file("c.txt", "3");
        assertThat(lake.listPaths()).extracting(PathItem::getName).containsExactly("a", "c.txt");
        ListPathsOptions all = new ListPathsOptions().setRecursive(true).setMaxResults(2);
        assertThat(lake.listPaths(all, null)).extracting(PathItem::getName)
            .containsExactly("a", "a/1.txt", "a/b", "a/b/2.txt", "c.txt");
        assertThat(lake.listPaths(all, null)).extracting(PathItem::getContentLength).containsExactly(0L, 1L, 0L, 2L, 1L);
        assertThat(lake.listPaths(all, null)).extracting(PathItem::isDirectory).containsExactly(true, false, true, false, false);
        assertCode(() -> lake.listPaths(new ListPathsOptions().setPath("none"), null).iterator().next(), 404, "PathNotFound");
    }

    @Test
    void keepsAccessLists() {
        DataLakeFileClient file = file("a.txt", "x");
        PathAccessControl before = file.getAccessControl();
        assertThat(before.getOwner()).isEqualTo("$superuser");
        assertThat(before.getPermissions().toString()).isEqualTo("0640");
        file.setAccessControlList(PathAccessControlEntry.parseList("user::rwx,user:ana:r-x,group::r--,other::---"), "team", "ana");
        PathAccessControl after = file.getAccessControl();
        assertThat(PathAccessControlEntry.serializeList(after.getAccessControlList()))
            .isEqualTo("user::rwx,user:ana:r-x,group::r--,mask::r-x,other::---");
        assertThat(after.getOwner()).isEqualTo("ana");
        assertThat(after.getGroup()).isEqualTo("team");
        assertThat(after.getPermissions().toString()).isEqualTo("0750");
    }

    @Test
    void handsDefaultAccessDown() {
        DataLakeDirectoryClient directory = lake.createDirectory("d");
        directory.setAccessControlList(PathAccessControlEntry.parseList(
            "user::rwx,group::r-x,other::---,default:user::rwx,default:user:ana:rwx,default:group::r-x,default:other::---"), null, null);
        DataLakeFileClient file = directory.createFile("f");
        assertThat(PathAccessControlEntry.serializeList(file.getAccessControl().getAccessControlList())).contains("user:ana:rwx");
        assertThat(directory.createSubdirectory("s").getAccessControl().getAccessControlList()).anyMatch(
            PathAccessControlEntry::isInDefaultScope);
    }

    @Test
    void setsAccessForAllBelow() {
        file("d/x/1.txt", "one");
        var result = lake.getDirectoryClient("d").updateAccessControlRecursive(PathAccessControlEntry.parseList("user:ana:r-x"));
        assertThat(result.getCounters().getChangedDirectoriesCount()).isEqualTo(2);
        assertThat(result.getCounters().getChangedFilesCount()).isEqualTo(1);
        assertThat(PathAccessControlEntry.serializeList(lake.getFileClient("d/x/1.txt").getAccessControl().getAccessControlList()))
            .contains("user:ana:r-x");
    }

    @Test
    void createsWithPermissionsAndUmask() {
        DataLakeFileClient file = lake.getFileClient("a");
        file.createWithResponse(new DataLakePathCreateOptions().setPermissions("rwxrwxrwx").setUmask("0022"), null, Context.NONE);
        assertThat(file.getAccessControl().getPermissions().toString()).isEqualTo("0755");
        PathProperties properties = file.getProperties();
        assertThat(properties.isDirectory()).isFalse();
    }

    @Test
    void knowsItsFileSystems() {
        lake.setMetadata(Map.of("team", "sales"));
        assertThat(lake.getProperties().getMetadata()).containsEntry("team", "sales");
        assertThat(lake.getProperties().hasImmutabilityPolicy()).isFalse();
        lake.delete();
        assertThat(lake.exists()).isFalse();
    }
}
