package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileCommit;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import io.lazuli.storage.StorageFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli lake cp}: into the lake, out of it, or within it. All files of one command appear together. */
@Command(name = "cp", description = {"Copies a file, or with --recursive a folder, to, from or within the lake.",
    "A path of this machine begins with '.', '/' or '~', or is no account/container/path."}, mixinStandardHelpOptions = true)
final class LakeCopy implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(index = "0", paramLabel = "FROM", description = "A path of this machine, or of the lake.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "Likewise; with a slash at its end, or when it is a folder: into it.")
    private String to;

    @Option(names = {"-r", "--recursive"}, description = "A folder with all in it.")
    private boolean recursive;

    @Override
    public Integer call() {
        try (Lake lake = options.lake()) {
            Tree source = tree(lake, from, isLocal(from) || isThere(from, lake));
            Tree target = tree(lake, to, isLocal(to));
            Map<String, Path> files = files(source, target);
            try (FileCommit commit = target.tree.begin()) {
                for (Map.Entry<String, Path> file : files.entrySet()) {
                    Files.copy(file.getValue(), commit.stage(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
                }
                commit.commit();
            }
            spec.commandLine().getOut().printf("Copied %d file%s to %s%n", files.size(), files.size() == 1 ? "" : "s", to);
            return 0;
        } catch (IOException problem) {
            throw StorageFailures.of("Cannot copy " + from, problem);
        }
    }

    /** A place in a tree of files, of the lake or of this machine. */
    private record Tree(FileTree tree, String path) {
        Path file() {
            return tree.resolve(path);
        }
    }

    /** A source that is on this machine and in no account of the lake needs no dot before it. */
    private static boolean isThere(String text, Lake lake) {
        return !text.contains("://") && Files.exists(Path.of(text)) && !lake.accounts().contains(text.split("/")[0]);
    }

    private static Tree tree(Lake lake, String text, boolean local) {
        if (!local) {
            LakeAddress address = LakeAddress.parse(text);
            if (address.container().isEmpty()) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' names no container; expected account/container/path", text);
            }
            return new Tree(lake.container(address.account(), address.container()), address.path());
        }
        String home = System.getProperty("user.home");
        Path file = Path.of(text.startsWith("~") ? home + text.substring(1) : text).toAbsolutePath().normalize();
        return new Tree(lake.directory(Files.isDirectory(file) ? file : file.getParent()),
            Files.isDirectory(file) ? "" : file.getFileName().toString());
    }

    private static boolean isLocal(String text) {
        return text.startsWith(".") || text.startsWith("/") || text.startsWith("~") || !LakeAddress.isAddress(text);
    }

    private Map<String, Path> files(Tree source, Tree target) throws IOException {
        Path file = source.file();
        if (!Files.exists(file)) {
            throw failure(CommonError.NOT_FOUND, "There is no '%s'", from);
        }
        boolean into = to.endsWith("/") || Files.isDirectory(target.file());
        if (!Files.isDirectory(file)) {
            return Map.of(into ? target.path + "/" + file.getFileName() : target.path, file);
        }
        if (!recursive) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' is a folder; --recursive copies it with all in it", from);
        }
        // As with cp -r: a new name takes the folder's place, an existing folder takes the folder in.
        String prefix = Files.isDirectory(target.file()) && !from.endsWith("/") ? target.path + "/" + file.getFileName() : target.path;
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(file)) {
            List<Path> found = below.filter(Files::isRegularFile).toList();
            found.forEach(path -> files.put(prefix + "/" + file.relativize(path), path));
        }
        return files;
    }
}
