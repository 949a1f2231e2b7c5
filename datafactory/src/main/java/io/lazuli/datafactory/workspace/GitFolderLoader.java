package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the folders in which Data Factory and Synapse keep a workspace in git: one folder a kind, one file an artifact. */
final class GitFolderLoader {
    private static final String DEFAULT_STORAGE = "-WorkspaceDefaultStorage";

    private final Path root;
    private final WorkspaceBuilder builder = new WorkspaceBuilder();
    private String name = "";

    GitFolderLoader(Path root) {
        this.root = root;
    }

    /** Whether a folder has a sub folder of artifacts that pipelines are made of. */
    static boolean isWorkspace(Path folder) {
        // The name first: a folder may have many files, and looking at each takes time.
        return entries(folder).stream().anyMatch(entry -> {
            Optional<ArtifactKind> kind = ArtifactKind.ofFolder(entry.getFileName().toString());
            return kind.isPresent() && kind.get().ordinal() <= ArtifactKind.TRIGGER.ordinal() && Files.isDirectory(entry)
                && !jsonFiles(entry).isEmpty();
        });
    }

    Workspace load() {
        for (Path folder : entries(root)) {
            if (Files.isDirectory(folder)) {
                loadFolder(folder);
            }
        }
        return builder.build(name.isEmpty() ? nameWithoutFactoryFile() : name, root);
    }

    private void loadFolder(Path folder) {
        String folderName = folder.getFileName().toString();
        Optional<ArtifactKind> kind = ArtifactKind.ofFolder(folderName);
        if (kind.isPresent()) {
            jsonFiles(folder).forEach(file -> loadArtifact(kind.get(), file));
        } else if (folderName.equalsIgnoreCase("factory")) {
            jsonFiles(folder).forEach(this::loadFactory);
        } else if (folderName.equalsIgnoreCase("globalParameters")) {
            jsonFiles(folder).forEach(file -> guarded(() -> builder.addGlobalParameters(JsonFile.read(file), Place.of(file, "$"))));
        }
    }

    private void loadArtifact(ArtifactKind kind, Path file) {
        String fileName = file.getFileName().toString();
        String stem = fileName.substring(0, fileName.length() - ".json".length());
        Place place = Place.of(file, "$");
        if (!kind.read()) {
            builder.addName(kind, stem, place);
            return;
        }
        ObjectNode json;
        try {
            json = JsonFile.read(file);
        } catch (LazuliException unreadable) {
            builder.addBroken(kind, stem, unreadable);
            return;
        }
        builder.add(kind, artifactName(kind, json, stem, place), json, place);
    }

    private String artifactName(ArtifactKind kind, ObjectNode json, String stem, Place place) {
        JsonNode written = json.path("name");
        if (!written.isString()) {
            builder.warn(failure(DataFactoryError.MISSING_PROPERTY, place, "The %s has no 'name'; its file's name '%s' is taken",
                kind.title(), stem));
            return stem;
        }
        if (!written.stringValue().equals(stem)) {
            builder.warn(failure(DataFactoryError.MALFORMED_ARTIFACT, place.member("name"),
                "The %s is named '%s', but its file is '%s.json'", kind.title(), written.stringValue(), stem));
        }
        return written.stringValue();
    }

    private void loadFactory(Path file) {
        guarded(() -> {
            ObjectNode json = JsonFile.read(file);
            name = json.path("name").asString(name);
            Place place = Place.of(file, "$").member("properties").member("globalParameters");
            if (json.path("properties").path("globalParameters") instanceof ObjectNode declarations) {
                builder.addGlobalParameters(declarations, place);
            }
        });
    }

    private void guarded(Runnable read) {
        try {
            read.run();
        } catch (LazuliException unreadable) {
            builder.problem(unreadable);
        }
    }

    /** Synapse writes no factory file, but names the workspace's own storage after the workspace. */
    private String nameWithoutFactoryFile() {
        for (String service : builder.names(ArtifactKind.LINKED_SERVICE)) {
            if (service.endsWith(DEFAULT_STORAGE)) {
                return service.substring(0, service.length() - DEFAULT_STORAGE.length());
            }
        }
        return root.getFileName() == null ? "workspace" : root.getFileName().toString();
    }

    static List<Path> jsonFiles(Path folder) {
        return entries(folder).stream()
            .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json") && Files.isRegularFile(file))
            .toList();
    }

    /** A folder's entries in the order of their names, so that findings come in one order everywhere. */
    static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw failure(CommonError.IO_ERROR, Place.of(folder, null), "The folder cannot be read: %s", failure, failure);
        }
    }
}
