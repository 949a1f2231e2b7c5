package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import io.lazuli.governance.principal.Principal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file {@code oregon/portland/data.txt} in a file system {@code lake}, and principals who come by the lists of the way to it. */
abstract class AccessTest {
    @TempDir
    private Path folder;

    StorageWorld world;
    DataLakeFileSystemClient lake;

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

    DataLakeFileSystemClient as(Principal principal) {
        return world.lake("lake", principal);
    }

    void give(Principal principal, String path, String permissions) {
        DataLakeDirectoryClient directory = lake.getDirectoryClient(path);
        List<PathAccessControlEntry> list = PathAccessControlEntry.parseList(
            "user::rwx,group::r-x,other::---,mask::rwx,user:" + principal.objectId() + ":" + permissions);
        if (path.endsWith(".txt")) {
            lake.getFileClient(path).setAccessControlList(list, null, null);
        } else {
            directory.setAccessControlList(list, null, null);
        }
    }

    static void assertRefused(ThrowingCallable call) {
        assertRefused(call, "AuthorizationPermissionMismatch");
    }

    static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DataLakeStorageException.class, failure -> {
            assertThat(failure.getErrorCode()).isEqualTo(code);
            assertThat(failure.getStatusCode()).isEqualTo(403);
        });
    }

    String read(Principal principal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        as(principal).getFileClient("oregon/portland/data.txt").read(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    void way(Principal principal, String last) {
        give(principal, "/", "--x");
        give(principal, "oregon", "--x");
        give(principal, "oregon/portland", last);
    }

    String list(String path) {
        return PathAccessControlEntry.serializeList(lake.getFileClient(path).getAccessControl().getAccessControlList());
    }
}
