package io.lazuli.cli.lake;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code lazuli lake ls}. */
@Command(name = "ls", description = "Lists accounts, containers, or the files and folders at a path.", mixinStandardHelpOptions = true)
final class LakeList implements Callable<Integer> {
    /** How the list is written. */
    enum Output { TEXT, JSON }

    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "account, account/container, account/container/path or a URL.")
    private String path;

    @Option(names = {"-r", "--recursive"}, description = "All files below the path.")
    private boolean recursive;

    @Option(names = "--output", defaultValue = "TEXT", description = "text (the default) or json.")
    private Output output;

    @Override
    public Integer call() {
        LakeAddress address = path == null ? new LakeAddress("", "", "") : LakeAddress.parse(path);
        PrintWriter out = spec.commandLine().getOut();
        try (Lake lake = options.lake()) {
            if (address.container().isEmpty()) {
                names(address.account().isEmpty() ? lake.accounts() : lake.containers(address.account()), out);
            } else {
                files(entries(lake, address), out);
            }
        }
        return 0;
    }

    private void names(List<String> names, PrintWriter out) {
        if (output == Output.JSON) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            names.forEach(name -> array.addObject().put("name", name));
            out.println(array.toPrettyString());
        } else {
            names.forEach(out::println);
        }
    }

    private List<FileStatus> entries(Lake lake, LakeAddress address) {
        FileTree tree = lake.container(address.account(), address.container());
        FileStatus item = tree.status(address.path())
            .orElseThrow(() -> MissingPath.of(lake, address));
        if (!item.folder()) {
            return List.of(item);
        }
        if (!recursive) {
            return tree.list(item.path());
        }
        List<FileStatus> files = new ArrayList<>();
        tree.forEachFile(item.path(), true, files::add);
        return files;
    }

    private void files(List<FileStatus> entries, PrintWriter out) {
        if (output == Output.TEXT) {
            entries.forEach(entry -> out.printf("%12s  %s  %s%n", entry.folder() ? "-" : Long.toString(entry.size()),
                entry.lastModified().truncatedTo(ChronoUnit.SECONDS), entry.path() + (entry.folder() ? "/" : "")));
            return;
        }
        ArrayNode array = JsonMapper.shared().createArrayNode();
        entries.forEach(entry -> array.addObject().put("name", entry.path()).put("type", entry.folder() ? "Folder" : "File")
            .put("size", entry.size()).put("lastModified", entry.lastModified().truncatedTo(ChronoUnit.SECONDS).toString()));
        out.println(array.toPrettyString());
    }
}
