package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.engine.WriteFile;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.Field;
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
import io.lazuli.storage.LakeNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of a folder: one that {@code partitionFileNames} names, one for each value of {@code rowUrlColumn}, of {@code rowFolderUrlColumn}
 * or of the columns of {@code partitionBy('key', 0, ...)}, else one with a name of its own. They appear together when all are written.
 */
final class FileFlowSink implements FlowSink {
    private static final int MOST_EMPTY_LINES = 1_000_000;

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
            long rows = write(input, session, commit);
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

    private long write(SinkInput input, Session session, FileCommit commit) {
        List<String> names = arguments.texts("partitionFileNames");
        Optional<String> fileColumn = arguments.name("rowUrlColumn");
        Optional<String> folderColumn = arguments.name("rowFolderUrlColumn");
        List<String> keys = PartitionKeys.of(arguments);
        if (!names.isEmpty()) {
            return named(input, session, commit, names);
        }
        if (fileColumn.isPresent()) {
            return byValue(input, session, commit, fileColumn.stream().toList(), (values, _) -> path(fileColumn.get(), values));
        }
        if (folderColumn.isPresent()) {
            return byValue(input, session, commit, folderColumn.stream().toList(), (values, number) ->
                path(folderColumn.get(), values) + "/" + partName(number));
        }
        return keys.isEmpty() ? parts(input, session, commit, SinkPartitions.of(arguments, 1), number -> folder() + "/" + partName(number))
            : byValue(input, session, commit, keys, (values, number) ->
                folder() + "/" + keyFolders(keys, values) + "/" + partName(number));
    }

    /** One name is that of the only file, several are those of the partitions. */
    private long named(SinkInput input, Session session, FileCommit commit, List<String> names) {
        String folder = location.namesFile() ? location.folder() : folder();
        SinkPartitions partitions = names.size() == 1 ? new SinkPartitions("", 1, List.of()) : SinkPartitions.of(arguments, names.size());
        return parts(input, session, commit, partitions,
            number -> folder + "/" + (number <= names.size() ? names.get(number - 1) : partName(number)));
    }

    /** A file for each partition that has rows, and one when none has; they are numbered from 1. */
    private long parts(SinkInput input, Session session, FileCommit commit, SinkPartitions partitions, IntFunction<String> target) {
        if (partitions.count() == 1) {
            return one(input, session, input.written(), commit, LakeNames.path(target.apply(1)));
        }
        try (Engine.Kept kept = input.engine().keep(input.written(), input.execution())) {
            List<Plan> parts = partitions.split(kept, input.columns());
            long rows = 0;
            for (int i = 0; i < parts.size(); i++) {
                if (i == 0 && kept.count() == 0 || hasRows(session, parts.get(i), input)) {
                    rows += one(input, session, parts.get(i), commit, LakeNames.path(target.apply(i + 1)));
                }
            }
            return rows;
        }
    }

    private static boolean hasRows(Session session, Plan rows, SinkInput input) {
        try (RowCursor cursor = session.query(new Limit(rows, 0, 1), input.execution())) {
            return cursor.next();
        }
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

    private long one(SinkInput input, Session session, Plan rows, FileCommit commit, String target) {
        if (rows.schema().size() == 0) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Sink '%s' gets no columns",
                arguments.statement().name());
        }
        Plan written = switch (format) {
            case DelimitedFormat _ -> WrittenValues.delimited(rows);
            case JsonFormat _ -> WrittenValues.json(rows);
            default -> rows;
        };
        return session.execute(new WriteFile(written, format, commit.stage(target), head()), input.execution());
    }

    /** Empty lines, and lines that the script gives, before the names of the columns. */
    private List<String> head() {
        long empty = arguments.number("emptyLinesAsHeader").orElse(0L);
        if (empty < 0 || empty > MOST_EMPTY_LINES) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                "emptyLinesAsHeader of sink '%s' is %d; expected 0 to %d", arguments.statement().name(), empty, MOST_EMPTY_LINES);
        }
        List<String> lines = new ArrayList<>(Collections.nCopies((int) empty, ""));
        lines.addAll(arguments.texts("header"));
        if (!lines.isEmpty() && !(format instanceof DelimitedFormat)) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(),
                "header and emptyLinesAsHeader of sink '%s' are not supported: they are for delimited text", arguments.statement().name());
        }
        return lines;
    }

    /** A file for each combination of values; it does not have their columns. */
    private long byValue(
        SinkInput input, Session session, FileCommit commit, List<String> columns, BiFunction<List<Object>, Integer, String> target) {
        try (Engine.Kept kept = input.engine().keep(input.rows(), input.execution())) {
            long rows = 0;
            int number = 1;
            Set<String> targets = new HashSet<>();
            List<String> others = input.columns().stream().filter(name -> !columns.contains(name)).toList();
            for (List<Object> values : values(session, kept.plan(), columns, input)) {
                Plan part = Project.of(new Filter(kept.plan(), same(kept.plan(), columns, values)), others);
                String path = LakeNames.path(target.apply(values, number++));
                if (!targets.add(path)) {
                    throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(),
                        "Several values of %s mean the same file '%s' of sink '%s'", columns, path, arguments.statement().name());
                }
                rows += one(input, session, part, commit, path);
            }
            return rows;
        }
    }

    private static String keyFolders(List<String> columns, List<Object> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(PartitionFolder.name(columns.get(i), values.get(i)));
        }
        return String.join("/", parts);
    }

    private static Expression same(Plan plan, List<String> columns, List<Object> values) {
        Expression all = null;
        for (int i = 0; i < columns.size(); i++) {
            Field field = plan.schema().field(columns.get(i));
            Expression one = Call.of(ComparisonOperators.NOT_DISTINCT, ColumnReference.of(field), new Literal(values.get(i), field.type()));
            all = all == null ? one : Call.of(ComparisonOperators.AND, all, one);
        }
        return all;
    }

    private static List<List<Object>> values(Session session, Plan rows, List<String> columns, SinkInput input) {
        Plan distinct = new Distinct(Project.of(rows, columns));
        Sort sorted = new Sort(distinct, distinct.schema().fields().stream()
            .map(field -> new SortKey(ColumnReference.of(field), true, true)).toList());
        List<List<Object>> values = new ArrayList<>();
        try (RowCursor cursor = session.query(sorted, input.execution())) {
            while (cursor.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.add(cursor.value(i));
                }
                values.add(row);
            }
        }
        return values;
    }
}
