package io.lazuli.cli.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.governance.secret.SecretStore;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lazuli secret}: the local key vaults. */
@Command(name = "secret", description = "Sets, lists and deletes the secrets of key vaults.", mixinStandardHelpOptions = true,
    subcommands = {SecretCommand.Put.class, SecretCommand.ListNames.class, SecretCommand.Delete.class})
public final class SecretCommand {
    private static SecretStore store(WorkspaceOptions options) {
        return new SecretStore(options.dataDirectory(), System::getenv);
    }

    private static SecretStore.Name name(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw failure(CommonError.INVALID_ARGUMENT, "A secret is named VAULT/SECRET, not '%s'", text);
        }
        return new SecretStore.Name(parts[0], parts[1]);
    }

    /** {@code lazuli secret set}. */
    @Command(name = "set", mixinStandardHelpOptions = true,
        description = "Sets a secret; without VALUE it is read from the terminal unseen, or from standard input.")
    static final class Put implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Parameters(index = "0", paramLabel = "VAULT/SECRET", description = "The vault's name and the secret's.")
        private String secret;

        @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE",
            description = "The value; other users may see it in the process list.")
        private String value;

        @Override
        public Integer call() throws IOException {
            SecretStore.Name name = name(secret);
            store(options).set(name, value == null ? read(name) : value);
            spec.commandLine().getOut().println("Set " + name);
            return 0;
        }

        private static String read(SecretStore.Name name) throws IOException {
            Console console = System.console();
            if (console != null && console.isTerminal()) {
                return new String(console.readPassword("Value of %s: ", name));
            }
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null) {
                throw failure(CommonError.INVALID_ARGUMENT, "There is no value for '%s' on standard input", name);
            }
            return line;
        }
    }

    /** {@code lazuli secret list}. */
    @Command(name = "list", description = "Lists the names of the secrets, never their values.", mixinStandardHelpOptions = true)
    static final class ListNames implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Override
        public Integer call() {
            store(options).list().forEach(spec.commandLine().getOut()::println);
            return 0;
        }
    }

    /** {@code lazuli secret delete}. */
    @Command(name = "delete", description = "Deletes a secret.", mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Parameters(paramLabel = "VAULT/SECRET", description = "The vault's name and the secret's.")
        private String secret;

        @Override
        public Integer call() {
            SecretStore.Name name = name(secret);
            if (!store(options).delete(name)) {
                throw failure(CommonError.NOT_FOUND, "There is no secret '%s'", name);
            }
            spec.commandLine().getOut().println("Deleted " + name);
            return 0;
        }
    }
}
