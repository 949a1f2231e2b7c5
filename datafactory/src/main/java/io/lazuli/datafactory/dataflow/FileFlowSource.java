package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.DatasetFormats;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.datafactory.connector.file.PartitionFolder;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.languages.dataflow.transform.FlowServices.SourceRows;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.LakeNames;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A source of files: which they are, their rows, and what becomes of them after a run. */
final class FileFlowSource {
    private static final Map<String, JsonFormat.Leniency> LENIENT = Map.of("asComments", JsonFormat.Leniency.COMMENTS, "singleQuoted",
        JsonFormat.Leniency.SINGLE_QUOTES, "unquotedColumnNames", JsonFormat.Leniency.UNQUOTED_NAMES, "backslashEscape",
        JsonFormat.Leniency.BACKSLASH_ESCAPES);

    private final Arguments arguments;
    private final FlowFiles files;
    private final FileFormat format;
    private final List<FileStatus> found;

    /** With {@code enableCdc: true} only files that are newer than those of the last run, which the checkpoint notes. */
    FileFlowSource(Arguments arguments, ResolvedDataset dataset, FileStore store, Checkpoint checkpoint) {
        this.arguments = arguments;
        this.files = new FlowFiles(arguments, dataset, store, checkpoint);
        ObjectNode settings = JsonMapper.shared().createObjectNode();
        arguments.number("skipLines").ifPresent(lines -> settings.put("skipLineCount", lines));
        xml(arguments, settings);
        FileFormat plain = lenient(DatasetFormats.format(dataset, settings));
        this.found = files.files();
        this.format = plain instanceof DelimitedFormat text ? wide(text) : plain;
    }

    /** Values beyond the columns are left out, of which there is none too few: without a header the script's are those of a file. */
    private DelimitedFormat wide(DelimitedFormat text) {
        if (text.header()) {
            return text.droppingExtraValues();
        }
        Set<String> others = new HashSet<>();
        found.forEach(file -> others.addAll(partitions(file).keySet()));
        arguments.name("rowUrlColumn").ifPresent(others::add);
        List<String> declared = arguments.declared("output").stream().map(column -> column.name()).toList();
        int width = declared.size();
        while (width > 0 && others.contains(declared.get(width - 1))) {
            width--;
        }
        return width == 0 ? text : text.droppingExtraValues().withLeastColumns(width);
    }

    /** {@code validationMode}, {@code namespaces} and {@code namespacePrefixes: ['urn:a' -> 'a']} of XML. */
    private static void xml(Arguments arguments, ObjectNode settings) {
        arguments.name("validationMode").ifPresent(mode -> settings.put("validationMode", mode.toLowerCase(Locale.ROOT)));
        if (arguments.option("namespaces").isPresent()) {
            settings.put("namespaces", arguments.flag("namespaces", true));
        }
        Map<String, String> prefixes = arguments.namespacePrefixes();
        if (!prefixes.isEmpty()) {
            prefixes.forEach(settings.putObject("namespacePrefixes")::put);
        }
    }

    /** {@code asComments}, {@code singleQuoted}, {@code unquotedColumnNames} and {@code backslashEscape} of JSON. */
    private FileFormat lenient(FileFormat plain) {
        Set<JsonFormat.Leniency> lenient = EnumSet.noneOf(JsonFormat.Leniency.class);
        LENIENT.forEach((option, leniency) -> {
            if (arguments.flag(option, false)) {
                lenient.add(leniency);
            }
        });
        return plain instanceof JsonFormat json ? new JsonFormat(json.shape(), json.encoding(), json.compression(), lenient) : plain;
    }

    SourceRows rows(Engine engine) {
        boolean text = format instanceof DelimitedFormat || format instanceof ExcelFormat;
        if (found.isEmpty()) {
            List<Field> declared = new ArrayList<>(arguments.declared("output").stream()
                .map(column -> new Field(column.name(), text ? ScalarType.STRING : FlowTypes.of(column.type()))).toList());
            arguments.name("rowUrlColumn").filter(path -> declared.stream().noneMatch(field -> field.name().equals(path)))
                .ifPresent(path -> declared.add(new Field(path, ScalarType.STRING)));
            return new SourceRows(new Values(new Schema(declared), List.of()), text, true);
        }
        boolean named = switch (format) {
            case DelimitedFormat delimited -> delimited.header();
            case ExcelFormat sheet -> sheet.header();
            default -> true;
        };
        return new SourceRows(plan(engine, named), text, named);
    }

    private Plan plan(Engine engine, boolean named) {
        Optional<String> pathColumn = arguments.name("rowUrlColumn");
        FileSource all = new FileSource(sources(found), format, pathColumn);
        Schema schema = engine.describe(all);
        Map<Map<String, String>, List<FileStatus>> groups = new LinkedHashMap<>();
        found.forEach(file -> groups.computeIfAbsent(partitions(file), _ -> new ArrayList<>()).add(file));
        List<String> partitionColumns = groups.keySet().stream().flatMap(values -> values.keySet().stream()).distinct().toList();
        Plan rows = null;
        for (Map.Entry<Map<String, String>, List<FileStatus>> group : groups.entrySet()) {
            Plan scan = new Scan(new FileSource(sources(group.getValue()), format, pathColumn), schema);
            Plan part = partitionColumns.isEmpty() ? scan : partitioned(scan, partitionColumns, group.getKey());
            rows = rows == null ? part : new SetOperation(rows, part, SetOperation.Kind.UNION, true);
        }
        return named ? rows : numbered(rows);
    }

    /** Files are called by their path within the container, from its root. */
    private static List<SourceFile> sources(List<FileStatus> files) {
        return files.stream().map(file -> new SourceFile(file.file(), "/" + file.path())).toList();
    }

    /** The columns in a file's path below the root: {@code year=2024/month=01}. */
    private Map<String, String> partitions(FileStatus file) {
        Map<String, String> values = new LinkedHashMap<>();
        Optional<String> root = arguments.name("partitionRootPath").map(LakeNames::path);
        if (root.isPresent() && file.path().startsWith(root.get())) {
            for (String part : file.path().substring(root.get().length()).split("/")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    values.put(PartitionFolder.unescaped(part.substring(0, equals)), PartitionFolder.value(part.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static Plan partitioned(Plan scan, List<String> columns, Map<String, String> values) {
        List<NamedExpression> all = new ArrayList<>();
        scan.schema().fields().forEach(field -> all.add(new NamedExpression(field.name(), ColumnReference.of(field))));
        columns.forEach(name -> all.add(new NamedExpression(name, new Literal(values.get(name), ScalarType.STRING))));
        return new Project(scan, all);
    }

    /** Columns without names are {@code _col0_}, {@code _col1_}, …. */
    private Plan numbered(Plan rows) {
        List<NamedExpression> columns = new ArrayList<>();
        for (Field field : rows.schema().fields()) {
            boolean path = arguments.name("rowUrlColumn").filter(field.name()::equals).isPresent();
            columns.add(new NamedExpression(path ? field.name() : "_col" + columns.size() + "_", ColumnReference.of(field)));
        }
        return new Project(rows, columns);
    }

    /** {@code purgeFiles: true} removes the files, {@code moveFiles: ['from', 'to']} moves them from one folder to another. */
    void complete() {
        List<String> move = arguments.texts("moveFiles");
        if (arguments.flag("purgeFiles", false)) {
            found.forEach(file -> files.tree().delete(file.path()));
        } else if (!move.isEmpty()) {
            String from = move.size() > 1 ? LakeNames.path(move.getFirst()) : "";
            String to = LakeNames.path(move.getLast());
            found.forEach(file -> move(file, from, to));
        }
    }

    private void move(FileStatus file, String from, String to) {
        String rest = from.isEmpty() ? file.name()
            : file.path().startsWith(from + "/") ? file.path().substring(from.length() + 1) : null;
        if (rest == null) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "The file '%s' is not in the folder '%s', from which "
                + "moveFiles would move it", file.path(), from);
        }
        String target = LakeNames.path(to + "/" + rest);
        int slash = target.lastIndexOf('/');
        if (slash > 0) {
            files.tree().createFolder(target.substring(0, slash));
        }
        files.tree().rename(file.path(), target);
    }
}
