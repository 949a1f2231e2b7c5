package io.lazuli.datafactory.connector.file;

import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One selection under way: chooses the way in which the settings name files and walks the tree. */
final class FileSelector {
    private final FileStore store;
    private final FileLocation location;
    private final FileTree tree;
    private final Settings settings;
    private final boolean recursive;
    private final Predicate<FileStatus> modified;

    FileSelector(FileStore store, FileLocation location, JsonNode storeSettings, boolean recursiveDefault) {
        this.store = store;
        this.location = location;
        this.tree = store.tree(location);
        ObjectNode merged = location.filters().deepCopy();
        if (storeSettings != null && storeSettings.isObject()) {
            storeSettings.properties().stream().filter(entry -> !isBlank(entry.getValue()))
                .forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        }
        this.settings = new Settings(merged, "storeSettings");
        this.recursive = settings.flag("recursive", recursiveDefault);
        this.modified = ModifiedRange.of(settings);
    }

    private static boolean isBlank(JsonNode value) {
        return value.isNull() || value.isString() && value.asString().isEmpty();
    }

    FileSelection select() {
        if (settings.text("fileListPath").isPresent()) {
            return fromList(settings.text("fileListPath").get());
        }
        if (settings.text("prefix").isPresent()) {
            return byPrefix(settings.text("prefix").get());
        }
        Optional<String> folders = settings.text("wildcardFolderPath").map(path -> path.replace('\\', '/'));
        Optional<String> names = settings.text("wildcardFileName").or(() -> settings.text("fileFilter"));
        names.filter(name -> name.contains("/")).ifPresent(name -> {
            throw settings.wrong("wildcardFileName", name, "a name without folders; wildcardFolderPath has those");
        });
        if (folders.isPresent()) {
            return inFolders(folders.get(), fileNames(names));
        }
        if (names.isPresent()) {
            return selection(location.folder(), false, walk(location.folder(), fileNames(names)), location.folder());
        }
        return location.namesFile() ? oneFile() : wholeFolder();
    }

    /** Without a pattern for names the dataset's own file name holds, and without that every name. */
    private Predicate<FileStatus> fileNames(Optional<String> pattern) {
        if (pattern.isEmpty()) {
            return file -> !location.namesFile() || file.name().equals(location.fileName());
        }
        Wildcard wildcard = new Wildcard(pattern.get());
        return file -> wildcard.matches(file.name());
    }

    private FileSelection oneFile() {
        FileStatus file = tree.status(location.path()).filter(found -> !found.folder())
            .orElseThrow(() -> store.missing(location.container(), location.path()));
        return selection(location.folder(), true, modified.test(file) ? List.of(file) : List.of(), location.folder());
    }

    private FileSelection wholeFolder() {
        if (tree.status(location.folder()).filter(FileStatus::folder).isEmpty()) {
            // A folder path that is a file's is that file, as object stores have no difference between the two.
            FileStatus file = tree.status(location.folder()).orElseThrow(() -> store.missing(location.container(), location.folder()));
            String folder = parent(location.folder());
            return selection(folder, true, modified.test(file) ? List.of(file) : List.of(), folder);
        }
        return selection(location.folder(), false, walk(location.folder(), file -> true), location.folder());
    }

    private List<FileStatus> walk(String folder, Predicate<FileStatus> filter) {
        List<FileStatus> files = new ArrayList<>();
        tree.forEachFile(folder, recursive, file -> {
            if (filter.test(file) && modified.test(file)) {
                files.add(file);
            }
        });
        return files;
    }

    /** Folders that match the pattern part by part; what is below them counts when the selection is recursive. */
    private FileSelection inFolders(String pattern, Predicate<FileStatus> filter) {
        List<String> parts = List.of(pattern.replaceAll("^/+|/+$", "").split("/+"));
        int plain = 0;
        while (plain < parts.size() && !Wildcard.isPattern(parts.get(plain))) {
            plain++;
        }
        String root = LakeNames.path(String.join("/", parts.subList(0, plain).stream().map(Wildcard::plain).toList()));
        List<String> folders = List.of(root);
        for (String part : parts.subList(plain, parts.size())) {
            folders = matchingFolders(folders, new Wildcard(part));
        }
        List<FileStatus> files = new ArrayList<>();
        folders.forEach(folder -> files.addAll(walk(folder, filter)));
        return selection(root, false, files, root);
    }

    private List<String> matchingFolders(List<String> parents, Wildcard name) {
        List<String> found = new ArrayList<>();
        for (String parent : parents) {
            if (tree.status(parent).filter(FileStatus::folder).isPresent()) {
                tree.list(parent).stream().filter(child -> child.folder() && name.matches(child.name()))
                    .forEach(child -> found.add(child.path()));
            }
        }
        return found;
    }

    /** The prefix is of the path within the container, whatever folder the dataset names. */
    private FileSelection byPrefix(String text) {
        String prefix = text.replace('\\', '/').replaceFirst("^/+", "");
        String root = parent(prefix);
        List<FileStatus> files = new ArrayList<>();
        tree.forEachFile(root, recursive, file -> {
            if (file.path().startsWith(prefix) && modified.test(file)) {
                files.add(file);
            }
        });
        return selection(root, false, files, root);
    }

    /** A text file, one path a line, relative to the dataset's folder. The list's own path begins with its container. */
    private FileSelection fromList(String listPath) {
        if (location.namesFile()) {
            throw settings.wrong("fileListPath", listPath, "no file name in the dataset beside it");
        }
        String path = LakeNames.path(listPath);
        int slash = store.hasContainers() ? path.indexOf('/') : -1;
        String container = slash < 0 ? location.container() : path.substring(0, slash);
        FileStatus list = store.tree(container).status(path.substring(slash + 1)).filter(file -> !file.folder())
            .orElseThrow(() -> store.missing(container, path.substring(slash + 1)));
        List<FileStatus> files = new ArrayList<>();
        for (String line : lines(list)) {
            String name = location.path(LakeNames.path(line.trim()));
            files.add(tree.status(name).filter(file -> !file.folder()).orElseThrow(() -> store.missing(location.container(), name)));
        }
        return selection(location.folder(), false, files, location.folder());
    }

    private static List<String> lines(FileStatus list) {
        try (var lines = Files.lines(list.file(), StandardCharsets.UTF_8)) {
            return lines.map(line -> line.replace("\uFEFF", "")).filter(line -> !line.isBlank()).toList();
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot read the list of files " + list.path(), problem);
        }
    }

    private FileSelection selection(String root, boolean single, List<FileStatus> found, String partitionRoot) {
        Partitions partitions = Partitions.of(settings, partitionRoot, location.container());
        List<FileEntry> files = new ArrayList<>();
        for (FileStatus file : found) {
            String name = root.isEmpty() ? file.path() : file.path().substring(root.length() + 1);
            Map<String, String> values = partitions.values(file.path());
            files.add(new FileEntry(file.file(), file.path(), name, file.size(), file.lastModified(), values));
        }
        return new FileSelection(location.container(), root, single, files, partitions.columns(files));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
