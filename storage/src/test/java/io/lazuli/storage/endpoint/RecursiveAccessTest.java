package io.lazuli.storage.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.Context;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.AccessControlChangeResult;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathRemoveAccessControlEntry;
import com.azure.storage.file.datalake.options.PathUpdateAccessControlRecursiveOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access lists of all below a directory, changed a batch at a time. */
class RecursiveAccessTest {
    private static final List<PathAccessControlEntry> ANA = PathAccessControlEntry.parseList("user:ana:r-x");
    private static final List<String> PATHS = List.of("d", "d/a", "d/b", "d/b/c", "d/b/e", "d/f");

    @TempDir
    private Path folder;

    private StorageWorld world;
    private DataLakeFileSystemClient lake;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder);
        lake = world.lake("lake");
        lake.create();
        List.of("d/a", "d/b/c", "d/b/e", "d/f").forEach(lake::createFile);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private AccessControlChangeResult update(PathUpdateAccessControlRecursiveOptions options) {
        return lake.getDirectoryClient("d").updateAccessControlRecursiveWithResponse(options, null, Context.NONE).getValue();
    }

    private List<String> changed() {
        return PATHS.stream().filter(path -> PathAccessControlEntry.serializeList(
            lake.getFileClient(path).getAccessControl().getAccessControlList()).contains("user:ana:r-x")).toList();
    }

    @Test
    void changesAllInBatchesOfEachSize() {
        for (int size = 1; size <= 7; size++) {
            lake.getDirectoryClient("d").removeAccessControlRecursive(
                PathRemoveAccessControlEntry.parseList("mask,user:ana"));
            assertThat(changed()).isEmpty();
            List<Long> failures = new ArrayList<>();
            AccessControlChangeResult result = update(new PathUpdateAccessControlRecursiveOptions(ANA).setBatchSize(size)
                .setProgressHandler(progress -> failures.add(progress.getValue().getBatchCounters().getFailedChangesCount())));
            assertThat(result.getCounters().getChangedDirectoriesCount()).isEqualTo(2);
            assertThat(result.getCounters().getChangedFilesCount()).isEqualTo(4);
            assertThat(failures).hasSize((PATHS.size() + size - 1) / size).containsOnly(0L);
            assertThat(changed()).isEqualTo(PATHS);
        }
    }

    @Test
    void goesOnWhereItWasLeft() {
        AccessControlChangeResult begun = update(new PathUpdateAccessControlRecursiveOptions(ANA).setBatchSize(2).setMaxBatches(2));
        assertThat(changed()).isEqualTo(PATHS.subList(0, 4));
        AccessControlChangeResult ended = update(new PathUpdateAccessControlRecursiveOptions(ANA)
            .setContinuationToken(begun.getContinuationToken()));
        assertThat(changed()).isEqualTo(PATHS);
        assertThat(ended.getCounters().getChangedFilesCount()).isEqualTo(2);
        assertThat(ended.getContinuationToken()).isNull();
    }

    @Test
    void refusesMarksThatItDidNotGive() {
        assertThatThrownBy(() -> update(new PathUpdateAccessControlRecursiveOptions(ANA).setContinuationToken("!")))
            .hasRootCauseInstanceOf(DataLakeStorageException.class);
        assertThat(changed()).isEmpty();
    }

    @Test
    void deletesADirectoryInOnePage() {
        lake.getDirectoryClient("d").deleteRecursively();
        assertThat(lake.listPaths()).isEmpty();
    }
}
