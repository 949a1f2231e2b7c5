package io.lazuli.cli.server;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.server.RunningServer;
import io.lazuli.storage.authorisation.AccountKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazuli env}. */
@Command(name = "env", description = "Prints environment variables for clients of the running services: eval \"$(lazuli env)\".",
    mixinStandardHelpOptions = true)
public final class EnvironmentCommand implements Callable<Integer> {
    /** Shell commands, an object, or a {@code core-site.xml}. */
    enum Form { TEXT, JSON, HADOOP }

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--account", paramLabel = "NAME", description = "The storage account (default: the only one).")
    private String account;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
        description = "text, json, or hadoop: a core-site.xml for Hadoop and Spark (default: ${DEFAULT-VALUE}).")
    private Form output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Path data = options.dataDirectory();
        RunningServer server = StatusCommand.require(data);
        AccountKeys keys = new AccountKeys(new SecretStore(data, System::getenv), true);
        String name = Accounts.choose(keys, account);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AZURE_STORAGE_ACCOUNT", name);
        variables.put("AZURE_STORAGE_KEY", keys.ensure(name));
        variables.put("AZURE_STORAGE_CONNECTION_STRING", server.connectionString(name, keys.ensure(name)));
        variables.put("AZURE_STORAGE_SERVICE_ENDPOINT", server.endpoint(name));
        PrintWriter out = command.commandLine().getOut();
        switch (output) {
            case JSON -> out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(variables));
            case HADOOP -> out.println(HadoopSettings.of(server, name, keys.ensure(name)));
            case TEXT -> variables.forEach((variable, value) -> out.printf("export %s='%s'%n", variable, value));
        }
        return 0;
    }
}
