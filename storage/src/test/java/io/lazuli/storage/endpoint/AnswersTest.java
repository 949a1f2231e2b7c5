package io.lazuli.storage.endpoint;

import io.lazuli.storage.content.AccountSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For each test a service with an empty container {@code raw}, and requests as they are sent; a flat account stands beside. */
abstract class AnswersTest {
    static final String TYPE = "x-ms-blob-type";
    static final String BLOCK_BLOB = "BlockBlob";

    @TempDir
    private Path folder;

    StorageWorld world;
    SignedRequests requests;

    @BeforeEach
    void start() {
        world = new StorageWorld(folder, Map.of(StorageWorld.FLAT, new AccountSettings(false, false, 0)));
        world.container("raw");
        requests = new SignedRequests(world, StorageWorld.ACCOUNT);
    }

    @AfterEach
    void stop() {
        requests.close();
        world.close();
    }
}
