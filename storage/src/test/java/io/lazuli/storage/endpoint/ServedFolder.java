package io.lazuli.storage.endpoint;

import io.lazuli.storage.content.AccountSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A storage service in a process of its own, which a test can kill: writes its port to a file and waits for its end. */
public final class ServedFolder {
    /** An account that keeps versions. */
    static final String VERSIONS = "contosoversions";
    /** One with directories, for a test that keeps what is deleted. */
    static final String KEPT = "contosokept";

    /** One with flat names that keeps nothing, so that its paths can be renamed. */
    static final String RENAMED = "contosorenamed";

    private ServedFolder() {
    }

    /** Takes the folder to serve and the file for the port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        StorageWorld world = new StorageWorld(folder, Map.of(
            StorageWorld.ACCOUNT, new AccountSettings(true, false, 7),
            StorageWorld.FLAT, new AccountSettings(false, false, 0),
            VERSIONS, new AccountSettings(false, true, 0),
            KEPT, AccountSettings.DEFAULT,
            RENAMED, new AccountSettings(false, false, 0)));
        Runtime.getRuntime().addShutdownHook(new Thread(world::close));
        Path fresh = folder.resolve("port.new");
        Files.writeString(fresh, world.url());
        Files.move(fresh, Path.of(arguments[1]));
        Thread.currentThread().join();
    }
}
