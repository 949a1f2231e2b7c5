package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.storage.FileStatus;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli lake cat}. */
@Command(name = "cat", description = "Writes a file's text to standard output; 'cp' is for files that are not UTF-8 text.",
    mixinStandardHelpOptions = true)
final class LakeShow implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Parameters(paramLabel = "PATH", description = "account/container/path or a URL.")
    private String path;

    @Override
    public Integer call() throws IOException {
        LakeAddress address = LakeAddress.parse(path);
        PrintWriter out = spec.commandLine().getOut();
        try (Lake lake = options.lake()) {
            FileStatus file = lake.container(address.account(), address.container()).status(address.path())
                .orElseThrow(() -> MissingPath.of(lake, address));
            if (file.folder()) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' is a folder; 'lazuli lake ls' lists it", address);
            }
            try (Reader text = Files.newBufferedReader(file.file(), StandardCharsets.UTF_8)) {
                text.transferTo(out);
            } catch (CharacterCodingException binary) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' is not UTF-8 text; 'lazuli lake cp' copies it", address, binary);
            }
        }
        out.flush();
        return 0;
    }
}
