package io.lazuli.storage.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A storage service in a process of its own, which a test can kill: writes its port to a file and waits for its end. */
public final class ServedFolder {
    private ServedFolder() {
    }

    /** Takes the folder to serve and the file for the port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        StorageWorld world = new StorageWorld(folder);
        Path fresh = folder.resolve("port.new");
        Files.writeString(fresh, world.url());
        Files.move(fresh, Path.of(arguments[1]));
        Thread.currentThread().join();
    }
}
