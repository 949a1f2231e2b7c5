package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code lazuli lake mkdir}. */
@Command(name = "mkdir", description = "Makes a container or a folder, and those above it.", mixinStandardHelpOptions = true)
final class LakeMakeFolder implements Callable<Integer> {
    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "PATH", description = "account/container, account/container/path or a URL.")
    private String path;

    @Override
    public Integer call() {
        LakeAddress address = LakeAddress.parse(path);
        if (address.container().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' names no container; expected account/container", path);
        }
        try (Lake lake = options.lake()) {
            lake.container(address.account(), address.container()).createFolder(address.path());
        }
        return 0;
    }
}
