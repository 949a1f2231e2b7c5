package io.lazuli.datafactory.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds folders of artifacts and exported templates below a folder, a few levels deep. Hidden folders and those of data are not looked
 * into: whatever the lake holds, it is no workspace. Build tools copy folders of artifacts, and make templates.
 */
final class WorkspaceSearch {
    private static final int DEPTH = 4;
    private static final Set<String> BUILT = Set.of("node_modules", "target", "bin", "obj");

    private final Set<Path> data;

    WorkspaceSearch(Collection<Path> data) {
        this.data = data.stream().map(WorkspaceSearch::real).collect(Collectors.toUnmodifiableSet());
    }

    /** Folders are the same whatever links lead to them. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** The folders of artifacts, not those within one. */
    List<Path> gitFolders(Path root) {
        List<Path> found = new ArrayList<>();
        addGitFolders(root, DEPTH, found);
        return found;
    }

    private void addGitFolders(Path folder, int depth, List<Path> found) {
        for (Path entry : GitFolderLoader.entries(folder)) {
            if (!isSearched(entry) || BUILT.contains(entry.getFileName().toString())) {
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
        return !entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry) && !data.contains(real(entry));
    }
}
