package io.lazuli.datafactory.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds folders of artifacts and exported templates below a folder, a few levels deep. Hidden folders, those of build tools and the data
 * directory are not looked into: whatever the lake holds, it is no workspace.
 */
final class WorkspaceSearch {
    private static final int DEPTH = 4;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "bin", "obj");

    private final Path dataDirectory;

    WorkspaceSearch(Path dataDirectory) {
        this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /** The folders of artifacts, not those within one. */
    List<Path> gitFolders(Path root) {
        List<Path> found = new ArrayList<>();
        addGitFolders(root, DEPTH, found);
        return found;
    }

    private void addGitFolders(Path folder, int depth, List<Path> found) {
        for (Path entry : GitFolderLoader.entries(folder)) {
            if (!isSearched(entry)) {
                continue;
            }
            if (GitFolderLoader.isWorkspace(entry)) {
                found.add(entry);
            } else if (depth > 1) {
                addGitFolders(entry, depth - 1, found);
            }
        }
    }

    /** The exported templates; a linked one by its first part, and only where no whole one is. */
    List<Path> templates(Path root) {
        List<Path> whole = new ArrayList<>();
        List<Path> linked = new ArrayList<>();
        addTemplates(root, DEPTH, whole, linked);
        return whole.isEmpty() ? linked : whole;
    }

    private void addTemplates(Path folder, int depth, List<Path> whole, List<Path> linked) {
        for (Path entry : GitFolderLoader.entries(folder)) {
            if (ArmTemplateLoader.isWhole(entry)) {
                whole.add(entry);
            } else if (ArmTemplateLoader.isLinked(entry)) {
                linked.add(entry);
            } else if (depth > 1 && isSearched(entry)) {
                addTemplates(entry, depth - 1, whole, linked);
            }
        }
    }

    private boolean isSearched(Path entry) {
        String name = entry.getFileName().toString();
        return !name.startsWith(".") && !SKIPPED.contains(name) && !entry.equals(dataDirectory) && Files.isDirectory(entry);
    }
}
