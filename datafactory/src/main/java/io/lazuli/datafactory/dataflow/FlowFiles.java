package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.FileLocation;
import io.lazuli.datafactory.connector.file.FileStore;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.transform.Arguments;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.LakeNames;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that a source reads: the dataset's file, the files of its folder, those of {@code wildcardPaths} within its container, or,
 * with {@code fileList: true}, those that these name. Names that begin with {@code _} or {@code .} are no data, unless they are named.
 */
final class FlowFiles {
    private final Arguments arguments;
    private final FileLocation location;
    private final FileStore store;
    private final FileTree tree;
    private final Checkpoint checkpoint;

    FlowFiles(Arguments arguments, ResolvedDataset dataset, FileStore store, Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.arguments = arguments;
        this.location = FileLocation.of(dataset);
        this.store = store;
        this.tree = store.tree(location);
    }

    FileTree tree() {
        return tree;
    }

    List<FileStatus> files() {
        List<FileStatus> files = found().stream().filter(modified()).toList();
        if (arguments.flag("enableCdc", false)) {
            return newer(files);
        }
        if (files.isEmpty() && !arguments.flag("ignoreNoFilesFound", false)) {
            throw failure(CommonError.NOT_FOUND, arguments.statement().at(), "Source '%s' finds no files at %s; "
                + "with ignoreNoFilesFound: true it would be empty", arguments.statement().name(), where());
        }
        return files;
    }

    /** The files since the last run; the first run reads all, or with {@code skipInitialLoad: true} none. */
    private List<FileStatus> newer(List<FileStatus> files) {
        String name = arguments.statement().name();
        Optional<Instant> last = checkpoint.last(name).map(Instant::parse);
        Stream.concat(files.stream().map(FileStatus::lastModified), last.stream()).max(Comparator.naturalOrder())
            .ifPresent(newest -> checkpoint.note(name, newest.toString()));
        if (last.isEmpty()) {
            return arguments.flag("skipInitialLoad", false) ? List.of() : files;
        }
        return files.stream().filter(file -> file.lastModified().isAfter(last.get())).toList();
    }

    private String where() {
        List<String> wildcards = wildcards();
        return "'" + store.display(location.container(), wildcards.isEmpty() ? location.path() : String.join("', '", wildcards)) + "'";
    }

    private List<String> wildcards() {
        return arguments.texts("wildcardPaths").stream().filter(pattern -> !pattern.isBlank()).toList();
    }

    /** With {@code fileList: true} those that the files name that would be read without it. */
    private List<FileStatus> found() {
        List<FileStatus> pointed = pointed();
        return arguments.flag("fileList", false) ? pointed.stream().flatMap(list -> listed(list.path()).stream()).toList() : pointed;
    }

    private List<FileStatus> pointed() {
        List<String> wildcards = wildcards();
        if (!wildcards.isEmpty()) {
            Set<FileStatus> matching = new LinkedHashSet<>();
            wildcards.forEach(pattern -> matching.addAll(matching(pattern)));
            return List.copyOf(matching);
        }
        String wildcardFile = location.filters().path("wildcardFileName").asString("");
        if (!wildcardFile.isEmpty() || location.filters().has("wildcardFolderPath")) {
            return matching(location.folder() + "/" + (wildcardFile.isEmpty() ? "*" : wildcardFile));
        }
        return tree.status(location.path()).map(status -> status.folder() ? inFolder(status.path()) : List.of(status)).orElse(List.of());
    }

    private List<FileStatus> inFolder(String folder) {
        boolean partitions = arguments.name("partitionRootPath").isPresent();
        List<FileStatus> files = new ArrayList<>();
        tree.forEachFile(folder, partitions, files::add);
        return files.stream().filter(file -> isData(file.path().substring(folder.length()))).toList();
    }

    private static boolean isData(String path) {
        for (String part : path.split("/")) {
            if (part.startsWith("_") && !part.contains("=") || part.startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private List<FileStatus> listed(String list) {
        try {
            return Files.readString(tree.resolve(list), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").lines().map(String::strip)
                .filter(line -> !line.isEmpty()).map(line -> named(list, line)).toList();
        } catch (CharacterCodingException e) {
            throw failure(AlgebraError.MALFORMED_DATA, arguments.statement().at(), "The file list '%s' is not UTF-8", list, e);
        } catch (IOException e) {
            throw failure(CommonError.NOT_FOUND, arguments.statement().at(), "The file list '%s' cannot be read: %s", list,
                e.getMessage(), e);
        }
    }

    /** A line is a path from the folder of the list or of the dataset, or from the root of the container. */
    private FileStatus named(String list, String line) {
        String own = list.contains("/") ? list.substring(0, list.lastIndexOf('/')) : "";
        return Stream.of(own, location.folder(), "").flatMap(folder -> tree.status(LakeNames.path(folder + "/" + line)).stream())
            .filter(status -> !status.folder()).findFirst().orElseThrow(() -> failure(CommonError.NOT_FOUND, arguments.statement().at(),
                "The file list '%s' names '%s', which is not there", list, line));
    }

    /** {@code *} and {@code ?} stay within a folder, {@code **} crosses folders; {@code [a-c]} and {@code {x,y}} are choices. */
    private List<FileStatus> matching(String wildcard) {
        String pattern = wildcard.replace('\\', '/').replaceFirst("^/+", "");
        int firstWild = firstWild(pattern);
        if (firstWild < 0) {
            return tree.status(pattern).map(status -> status.folder() ? inFolder(status.path()) : List.of(status)).orElse(List.of());
        }
        String folder = pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', firstWild)));
        Pattern regex = Pattern.compile(regex(pattern));
        List<FileStatus> files = new ArrayList<>();
        tree.forEachFile(folder, true, file -> {
            if (regex.matcher(file.path()).matches()) {
                files.add(file);
            }
        });
        return files;
    }

    private static int firstWild(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '[' && pattern.indexOf(']', i) > 0) {
                regex.append('[').append(pattern, i + 1, pattern.indexOf(']', i)).append(']');
                i = pattern.indexOf(']', i);
            } else {
                braces += c == '{' ? 1 : c == '}' ? -1 : 0;
                regex.append(switch (c) {
                    case '*' -> "[^/]*";
                    case '?' -> "[^/]";
                    case '{' -> "(?:";
                    case '}' -> ")";
                    case ',' -> braces > 0 ? "|" : ",";
                    default -> Pattern.quote(String.valueOf(c));
                });
            }
        }
        return regex.toString();
    }

    private Predicate<FileStatus> modified() {
        Instant after = instant("modifiedAfter");
        Instant before = instant("modifiedBefore");
        return file -> (after == null || !file.lastModified().isBefore(after)) && (before == null || file.lastModified().isBefore(before));
    }

    private Instant instant(String option) {
        Object value = arguments.value(option).orElse(null);
        try {
            return switch (value) {
                case null -> null;
                case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
                case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
                default -> Instant.parse(value.toString());
            };
        } catch (DateTimeParseException e) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "Option '%s' is a time, not '%s'", option, value);
        }
    }
}
