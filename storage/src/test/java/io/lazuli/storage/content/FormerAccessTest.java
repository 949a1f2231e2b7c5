package io.lazuli.storage.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.metadata.AccessRecord;
import io.lazuli.storage.metadata.BlobKind;
import io.lazuli.storage.metadata.BlobRecord;
import io.lazuli.storage.metadata.ContentHeaders;
import io.lazuli.storage.metadata.MetadataStore;
import io.lazuli.storage.metadata.MetadataStore.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that another one does not replace after all is used by whom it was. */
class FormerAccessTest {
    private static final BlobAddress FILE = new BlobAddress("contoso", "raw", "in/a.txt");
    private static final AccessRecord OWN = new AccessRecord("ada", "ada", "user::rwx,group::---,other::---", false);

    @TempDir
    private Path folder;

    private Lake lake;
    private MetadataStore metadata;
    private Blobs blobs;
    private Table<AccessRecord> access;

    @BeforeEach
    void prepare() {
        open();
        lake.container(FILE.account(), FILE.container()).folder().make();
        put(existing -> { });
        metadata.change(() -> access.put(FILE.key(), OWN));
    }

    private void open() {
        lake = new Lake(folder.resolve("lake"), Map.of()).with(Durability.PROCESS);
        metadata = new MetadataStore(folder.resolve("metadata"), Durability.PROCESS);
        Accounts accounts = new Accounts(Map.of());
        History history = new History(lake, metadata, new Services(metadata, accounts), accounts, InstantSource.system());
        blobs = new Blobs(lake, metadata, new Locks(), change -> { }, history, accounts);
        access = metadata.table("access", AccessRecord.class);
        blobs.recover();
    }

    @AfterEach
    void close() {
        metadata.close();
        lake.close();
    }

    private void put(Consumer<Blob> check) {
        try (StagedFile content = blobs.stage(FILE)) {
            content.channel().write(ByteBuffer.wrap(new byte[] {1}));
            blobs.put(FILE, content.seal(), BlobRecord.of(BlobKind.BlockBlob, ContentHeaders.ofType("text/plain"), Map.of()), check);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Test
    void aFileThatReplacesAnotherIsUsedByWhomItsDirectorySays() {
        put(existing -> { });
        assertThat(access.get(FILE.key())).isNull();
        assertThat(metadata.table("former-access", Object.class).keys("")).isEmpty();
    }

    @Test
    void aFailureLeavesTheFileToThoseWhoMightUseIt() {
        assertThatThrownBy(() -> put(existing -> {
            try {
                Files.delete(existing.file());
                Files.createDirectories(existing.file().resolve("in the way"));
            } catch (IOException problem) {
                throw new IllegalStateException(problem);
            }
        })).isNotInstanceOf(IllegalStateException.class);
        assertThat(access.get(FILE.key())).isEqualTo(OWN);
        assertThat(metadata.table("former-access", Object.class).keys("")).isEmpty();
    }

    private void restartAfter(long modified) {
        metadata.change(() -> new FormerAccess(metadata).during(FILE.key(), modified, () -> access.remove(FILE.key())));
        metadata.close();
        lake.close();
        open();
    }

    @Test
    void aCrashBeforeTheNewFileIsThereLeavesTheOldOneToThoseWhoMightUseIt() {
        restartAfter(blobs.require(FILE).record().modified() + 1);
        assertThat(access.get(FILE.key())).isEqualTo(OWN);
        assertThat(metadata.table("former-access", Object.class).keys("")).isEmpty();
    }

    @Test
    void aCrashAfterTheNewFileIsThereLeavesItToThoseOfTheNewOne() {
        restartAfter(blobs.require(FILE).record().modified());
        assertThat(access.get(FILE.key())).isNull();
        assertThat(metadata.table("former-access", Object.class).keys("")).isEmpty();
    }
}
