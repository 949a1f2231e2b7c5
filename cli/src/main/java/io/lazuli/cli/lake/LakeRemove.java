package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.FileTree;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli lake rm}. */
@Command(name = "rm", description = "Removes a file, or with --recursive a folder or container.", mixinStandardHelpOptions = true)
final class LakeRemove implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "PATH", description = "account/container/path or a URL.")
    private String path;

    @Option(names = {"-r", "--recursive"}, description = "A folder with all in it.")
    private boolean recursive;

    @Override
    public Integer call() {
        LakeAddress address = LakeAddress.parse(path);
        if (address.container().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' is a whole account; remove its containers one by one", path);
        }
        try (Lake lake = options.lake()) {
            FileTree tree = lake.container(address.account(), address.container());
            FileStatus item = tree.status(address.path())
                .orElseThrow(() -> MissingPath.of(lake, address));
            if (item.folder() && !recursive) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' is a folder; --recursive removes it with all in it", address);
            }
            tree.delete(address.path());
        }
        spec.commandLine().getOut().println("Removed " + address);
        return 0;
    }
}
