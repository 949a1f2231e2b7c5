package io.lazuli.datafactory.activity.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.activity.Services;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileError;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileSelection;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The metadata of a dataset's file or folder. */
final class FileMetadata implements ItemMetadata {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NO_FOLDER = "'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,"
        + "Message=Cannot navigate through the provided data source. Make sure the provided data source is a directory that can do "
        + "navigation.,Source=Microsoft.DataTransfer.ClientLibrary,'";

    private final Services services;
    private final ResolvedDataset dataset;
    private final Settings settings;
    private final FileStore store;
    private final FileLocation location;
    private final FileTree tree;
    private final Optional<FileStatus> status;
    private Schema schema;

    FileMetadata(Services services, ResolvedDataset dataset, Settings settings) {
        this.services = services;
        this.dataset = dataset;
        this.settings = settings;
        this.store = services.files().open(dataset.linkedService());
        this.location = FileLocation.of(dataset);
        this.tree = store.tree(location);
        refuseWildcards();
        this.status = tree.status(location.path());
    }

    private void refuseWildcards() {
        Settings storeSettings = settings.object("storeSettings");
        for (String name : new String[] {"wildcardFolderPath", "wildcardFileName", "prefix", "fileListPath"}) {
            if (storeSettings.text(name).isPresent() || location.filters().has(name)) {
                throw failure(CommonError.NOT_SUPPORTED, dataset.place(),
                    "GetMetadata of dataset '%s' has '%s'; as in Azure, it takes one file or folder by its plain path",
                    dataset.name(), name);
            }
        }
    }

    @Override
    public boolean exists() {
        return status.isPresent();
    }

    @Override
    public Optional<JsonNode> field(String name) {
        FileStatus item = status.orElseThrow(() -> store.missing(location.container(), location.path()));
        return Optional.ofNullable(switch (name) {
            case "itemName" -> JSON.stringNode(item.path().isEmpty() ? location.container() : item.name());
            case "itemType" -> JSON.stringNode(item.folder() ? "Folder" : "File");
            case "size" -> item.folder() ? null : JSON.numberNode(item.size());
            case "created" -> time(item.created());
            case "lastModified" -> isVirtual(item) ? null : time(item.lastModified());
            case "contentMD5" -> item.folder() ? null : JSON.stringNode(Base64.getEncoder().encodeToString(tree.md5(item.path())));
            case "childItems" -> children(item);
            case "structure" -> structure(schema(item));
            case "columnCount" -> JSON.numberNode(schema(item).size());
            default -> throw new IllegalArgumentException(name);
        });
    }

    /** Folders of blob containers are parts of names, which nobody modifies. */
    private boolean isVirtual(FileStatus item) {
        return item.folder() && store.kind() == FileStore.Kind.BLOB && !item.path().isEmpty();
    }

    static JsonNode time(Instant time) {
        return JSON.stringNode(time.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** With a range of modification times only the files in it, else files and folders. */
    private JsonNode children(FileStatus item) {
        if (!item.folder()) {
            throw failure(FileError.INVALID_SETTING, NO_FOLDER);
        }
        Settings storeSettings = settings.object("storeSettings");
        boolean ranged = storeSettings.text("modifiedDatetimeStart").or(() -> storeSettings.text("modifiedDatetimeEnd")).isPresent()
            || location.filters().has("modifiedDatetimeStart") || location.filters().has("modifiedDatetimeEnd");
        Set<String> inRange = ranged ? filesInRange(storeSettings) : Set.of();
        ArrayNode children = JSON.arrayNode();
        for (FileStatus child : tree.list(item.path())) {
            if (!ranged || inRange.contains(child.path())) {
                children.add(JSON.objectNode().put("name", child.name()).put("type", child.folder() ? "Folder" : "File"));
            }
        }
        return children;
    }

    private Set<String> filesInRange(Settings storeSettings) {
        ObjectNode onlyHere = storeSettings.json() instanceof ObjectNode given ? given.deepCopy() : JSON.objectNode();
        onlyHere.put("recursive", false);
        return FileSelection.select(store, location, onlyHere).files().stream().map(file -> file.path()).collect(Collectors.toSet());
    }

    private Schema schema(FileStatus item) {
        if (schema == null) {
            FileFormat format = tabular(item);
            List<SourceFile> file = List.of(new SourceFile(item.file(), item.name()));
            schema = services.engine().describe(new FileSource(file, format, Optional.empty()));
        }
        return schema;
    }

    private FileFormat tabular(FileStatus item) {
        if (item.folder()) {
            throw failure(FileError.INVALID_SETTING, "'%s' is a folder; the structure is that of a file", item.path());
        }
        FileFormat format = DatasetFormats.isBinary(dataset)
            ? null : DatasetFormats.format(dataset, settings.json().path("formatSettings"));
        if (format == null || format instanceof JsonFormat || format instanceof XmlFormat) {
            throw failure(FileError.INVALID_SETTING, "The structure of %s files cannot be asked for", dataset.type());
        }
        return format;
    }

    private static JsonNode structure(Schema schema) {
        ArrayNode columns = JSON.arrayNode();
        schema.fields().forEach(field ->
            columns.add(JSON.objectNode().put("name", field.name()).put("type", InterimType.name(field.type()))));
        return columns;
    }
}
