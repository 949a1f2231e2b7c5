package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds and reads a workspace: a git folder of Data Factory or Synapse, also one or more levels below the given folder, or an exported
 * template.
 *
 * <p>An artifact that cannot be read does not hide the others: it is among {@link Workspace#artifacts()} with its problems, and asking
 * the workspace for it by name fails with the first of them.
 */
public final class WorkspaceLoader {
    private WorkspaceLoader() {
    }

    /** Reads a workspace whose data directory is where it is unless somebody says otherwise. */
    public static Workspace load(Path given) {
        return load(given, () -> List.of(given.resolve(".lazuli")));
    }

    /**
     * Reads the workspace in a folder, or in a template's file; {@code NOT_FOUND} when there is none, {@code INVALID_ARGUMENT} when
     * there are several.
     *
     * @param data gives the folders in which none is looked for; asked when one is looked for
     */
    public static Workspace load(Path given, Supplier<List<Path>> data) {
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
        WorkspaceSearch search = new WorkspaceSearch(data.get());
        List<Path> folders = search.gitFolders(root);
        if (folders.size() == 1) {
            return new GitFolderLoader(folders.getFirst()).load();
        }
        if (folders.size() > 1) {
            throw failure(CommonError.INVALID_ARGUMENT, Place.of(start, null), "There are several workspaces here, name one of them: %s",
                String.join(", ", folders.stream().map(folder -> start.relativize(folder).toString()).toList()));
        }
        return fromTemplate(search.templates(root), start);
    }

    private static Workspace fromTemplate(List<Path> templates, Path start) {
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
}
