package io.lazuli.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What an acknowledged change of the lake survives. */
public enum Durability {
    /** The end of the process at any moment: the operating system has the change, and writes it to the disk in its own time. */
    PROCESS,
    /** The loss of power as well: the change is forced to the disk before it is acknowledged. */
    POWER_LOSS;

    /** Makes what was written to a file as durable as this says. */
    public void force(FileChannel file) throws IOException {
        if (this == POWER_LOSS) {
            file.force(true);
        }
    }

    /** Makes what was renamed, made or removed in a folder as durable as this says. */
    public void forceFolder(Path folder) throws IOException {
        if (this == POWER_LOSS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (AccessDeniedException noFolderHandles) {
                // Windows opens no folders as files; its renames need no such call.
                return;
            }
        }
    }

    /** Makes a folder and those above it, as durably as this says. */
    public void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createFolders(folder.getParent());
            Files.createDirectories(folder);
            forceFolder(folder.getParent());
        }
    }

    /** The word for it on the command line. */
    @Override
    public String toString() {
        return this == PROCESS ? "process" : "power-loss";
    }
}
