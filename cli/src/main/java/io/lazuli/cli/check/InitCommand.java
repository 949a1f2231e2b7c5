package io.lazuli.cli.check;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.check.ConfigurationDraft;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli init}: a {@code lazuli.yaml} with comments for the workspace at hand. */
@Command(name = "init", mixinStandardHelpOptions = true,
    description = "Writes a lazuli.yaml with comments: what each linked service is here, and what could be elsewhere.")
public final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--force", description = "Replaces a lazuli.yaml that is there.")
    private boolean force;

    @Option(names = "--print", description = "Prints it instead of writing the file.")
    private boolean print;

    @Override
    public Integer call() throws IOException {
        String draft = ConfigurationDraft.of(options.workspace());
        if (print) {
            spec.commandLine().getOut().print(draft);
            spec.commandLine().getOut().flush();
            return 0;
        }
        Path file = options.folder().resolve(ConfigurationFile.NAME);
        OpenOption[] how = force ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE} : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.writeString(file, draft, how);
        } catch (FileAlreadyExistsException there) {
            throw failure(CommonError.INVALID_ARGUMENT,
                "%s is there already; --force replaces it, --print shows what would be written", file, there);
        }
        spec.commandLine().getOut().println("Wrote " + file);
        return 0;
    }
}
