package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds and reads a workspace: a git folder of Data Factory or Synapse, also one or more levels below the given folder, or an exported
 * template.
 *
 * <p>An artifact that cannot be read does not hide the others: it is among {@link Workspace#artifacts()} with its problems, and asking
 * the workspace for it by name fails with the first of them.
 */
public final class WorkspaceLoader {
    private static final int DEPTH = 4;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "bin", "obj");

    private WorkspaceLoader() {
    }

    /**
     * Reads the workspace in a folder, or in a template's file; {@code NOT_FOUND} when there is none, {@code INVALID_ARGUMENT} when
     * there are several.
     */
    public static Workspace load(Path given) {
        Path start = given.toAbsolutePath().normalize();
        if (Files.isRegularFile(start)) {
            return new ArmTemplateLoader(start).load();
        }
        if (!Files.isDirectory(start)) {
            throw failure(CommonError.NOT_FOUND, Place.of(start, null), "There is no folder '%s'", given);
        }
        Path root = rootFolder(start);
        if (GitFolderLoader.isWorkspace(root)) {
            return new GitFolderLoader(root).load();
        }
        List<Path> folders = new ArrayList<>();
        search(root, DEPTH, folders);
        if (folders.size() == 1) {
            return new GitFolderLoader(folders.getFirst()).load();
        }
        if (folders.size() > 1) {
            throw failure(CommonError.INVALID_ARGUMENT, Place.of(start, null), "There are several workspaces here, name one of them: %s",
                String.join(", ", folders.stream().map(folder -> start.relativize(folder).toString()).toList()));
        }
        return fromTemplate(root, start);
    }

    private static Workspace fromTemplate(Path root, Path start) {
        List<Path> templates = ArmTemplateLoader.templatesIn(root, DEPTH);
        if (templates.isEmpty()) {
            throw failure(CommonError.NOT_FOUND, Place.of(start, null),
                "There is no workspace here: neither folders of artifacts (pipeline, dataset, linkedService) nor an exported template");
        }
        if (templates.size() > 1) {
            throw failure(CommonError.INVALID_ARGUMENT, Place.of(start, null), "There are several templates here, name one of them: %s",
                String.join(", ", templates.stream().map(file -> start.relativize(file).toString()).toList()));
        }
        return new ArmTemplateLoader(templates.getFirst()).load();
    }

    /** The folder that {@code publish_config.json} names as root, or the given one. */
    private static Path rootFolder(Path start) {
        Path configuration = start.resolve("publish_config.json");
        if (!Files.isRegularFile(configuration)) {
            return start;
        }
        String folder = JsonFile.read(configuration).path("rootFolder").asString("");
        Path root = start.resolve(folder.replaceFirst("^[/\\\\]+", "")).normalize();
        return Files.isDirectory(root) ? root : start;
    }

    private static void search(Path folder, int depth, List<Path> found) {
        for (Path entry : GitFolderLoader.entries(folder)) {
            String name = entry.getFileName().toString();
            if (!Files.isDirectory(entry) || name.startsWith(".") || SKIPPED.contains(name)) {
                continue;
            }
            if (GitFolderLoader.isWorkspace(entry)) {
                found.add(entry);
            } else if (depth > 1) {
                search(entry, depth - 1, found);
            }
        }
    }
}
