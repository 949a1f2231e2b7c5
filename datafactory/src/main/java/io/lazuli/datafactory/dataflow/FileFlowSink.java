package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.PartitionFolder;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of a folder: one for each value of {@code rowUrlColumn}, of {@code rowFolderUrlColumn} or of the columns of
 * {@code partitionBy('key', 0, ...)}, else one for each of the {@link SinkPartitions}, which is a single one unless the sink asks for
 * more. {@code partitionFileNames} and {@code filePattern} name them. They appear together when all are written.
 */
final class FileFlowSink implements FlowSink {
    private final Arguments arguments;
    private final FileLocation location;
    private final FileTree tree;
    private final FileFormat format;
    private final String extension;
    private final String runId;

    FileFlowSink(Arguments arguments, ResolvedDataset dataset, FileStore store, String runId) {
        this.arguments = arguments;
        this.location = FileLocation.of(dataset);
        this.tree = store.tree(location);
        ObjectNode settings = JsonMapper.shared().createObjectNode();
        if (arguments.flag("quoteAll", false)) {
            settings.put("quoteAllText", true);
        }
        arguments.text("filePattern").filter(pattern -> pattern.endsWith("Objects")).ifPresent(pattern ->
            settings.put("filePattern", pattern));
        this.format = format(DatasetFormats.format(dataset, settings));
        this.extension = DatasetFormats.extension(dataset, null).replaceFirst("^\\.txt", ".csv");
        this.runId = runId;
    }

    /** Rows end with a line feed, where a Copy activity would end them with two characters. */
    static FileFormat format(FileFormat format) {
        if (format instanceof DelimitedFormat text && text.rowDelimiter().isEmpty()) {
            return new DelimitedFormat(text.delimiter(), text.quote(), text.escape(), "\n", text.header(), text.nullValue(),
                text.encoding(), text.skipLines(), text.multiline(), text.quoteAll(), text.compression());
        }
        return format;
    }

    @Override
    public long write(SinkInput input) {
        FileCommands commands = new FileCommands(tree, arguments);
        commands.check();
        commands.run("preCommands");
        List<String> before = arguments.flag("truncate", false) ? filesThere() : List.of();
        try (FileCommit commit = tree.begin(); Session session = input.engine().open()) {
            long rows = write(input, new SinkFiles(arguments, format, input, session, commit));
            commit.commit();
            before.stream().filter(path -> !commit.targets().contains(path)).forEach(tree::delete);
            commands.run("postCommands");
            return rows;
        }
    }

    @Override
    public boolean mayWrite(Path file) {
        boolean commands = !arguments.texts("preCommands").isEmpty() || !arguments.texts("postCommands").isEmpty();
        boolean anywhere = commands || arguments.name("rowUrlColumn").isPresent() || arguments.name("rowFolderUrlColumn").isPresent();
        return file.startsWith(anywhere ? tree.root() : tree.resolve(location.namesFile() ? location.folder() : folder()));
    }

    private List<String> filesThere() {
        List<String> paths = new ArrayList<>();
        tree.forEachFile(folder(), true, (FileStatus file) -> paths.add(file.path()));
        return paths;
    }

    /** A dataset that names a file means a folder of that name, as data flows write folders. */
    private String folder() {
        return location.path();
    }

    private long write(SinkInput input, SinkFiles files) {
        List<String> names = arguments.texts("partitionFileNames");
        Optional<String> fileColumn = arguments.name("rowUrlColumn");
        Optional<String> folderColumn = arguments.name("rowFolderUrlColumn");
        List<String> keys = PartitionKeys.of(arguments);
        if (!names.isEmpty()) {
            String folder = location.namesFile() ? location.folder() : folder();
            return files.byPartition(SinkPartitions.of(arguments), number ->
                folder + "/" + (number <= names.size() ? names.get(number - 1) : partName(number)));
        }
        if (fileColumn.isPresent()) {
            return files.byValue(fileColumn.stream().toList(), (values, _) -> path(fileColumn.get(), values));
        }
        if (folderColumn.isPresent()) {
            return files.byValue(folderColumn.stream().toList(), (values, number) ->
                path(folderColumn.get(), values) + "/" + partName(number));
        }
        return keys.isEmpty() ? files.byPartition(SinkPartitions.of(arguments), number -> folder() + "/" + partName(number))
            : files.byValue(keys, (values, number) -> folder() + "/" + keyFolders(keys, values) + "/" + partName(number));
    }

    /** The path of a row's file or folder, from the root of the container whatever folder the dataset has. */
    private String path(String column, List<Object> values) {
        String path = values.getFirst() == null ? "" : values.getFirst().toString();
        if (path.isBlank()) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "Column '%s' names a file or folder for each row, and is null or empty in a row", column);
        }
        return path;
    }

    private String partName(int number) {
        return arguments.text("filePattern").filter(pattern -> !pattern.endsWith("Objects"))
            .map(pattern -> pattern.contains("[n]") ? pattern.replace("[n]", String.valueOf(number)) : pattern)
            .orElseGet(() -> "part-%05d-%s-%s%s".formatted(number - 1, runId, arguments.statement().name(), extension));
    }

    private static String keyFolders(List<String> columns, List<Object> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(PartitionFolder.name(columns.get(i), values.get(i)));
        }
        return String.join("/", parts);
    }
}
