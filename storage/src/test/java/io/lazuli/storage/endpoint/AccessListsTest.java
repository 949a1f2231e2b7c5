package io.lazuli.storage.endpoint;

import static io.lazuli.storage.endpoint.TestIdentities.ADA;
import static io.lazuli.storage.endpoint.TestIdentities.ENGINEERS;
import static io.lazuli.storage.endpoint.TestIdentities.EVE;
import static io.lazuli.storage.endpoint.TestIdentities.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.models.PathPermissions;
import io.lazuli.governance.principal.Principal;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Principals that have no role, or too small a one: access lists decide. */
class AccessListsTest extends AccessTest {
    private static final String OVERWRITE = "UnauthorizedBlobOverwrite";

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
}
