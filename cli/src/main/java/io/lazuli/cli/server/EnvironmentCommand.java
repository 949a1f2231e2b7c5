package io.lazuli.cli.server;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.foundation.CommonError;
import io.lazuli.governance.certificate.LocalCertificates;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.server.RunningServer;
import io.lazuli.server.identity.LocalIdentities;
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

    @Option(names = "--credential", paramLabel = "KIND", description = "How DefaultAzureCredential gets tokens: managed, secret, "
        + "machine or none (default: managed). Hadoop: secret or machine, else the account's key is used.")
    private Credentials credential;

    @Option(names = "--as", paramLabel = "NAME",
        description = "The service principal whose tokens they are (default: lazuli, which owns all data).")
    private String principal;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
        description = "text, json, or hadoop: a core-site.xml for Hadoop and Spark (default: ${DEFAULT-VALUE}).")
    private Form output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Path data = options.dataDirectory();
        RunningServer server = StatusCommand.require(data);
        SecretStore secrets = new SecretStore(data, System::getenv);
        AccountKeys keys = new AccountKeys(secrets, true);
        String name = Accounts.choose(keys, account);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AZURE_STORAGE_ACCOUNT", name);
        variables.put("AZURE_STORAGE_KEY", keys.ensure(name));
        variables.put("AZURE_STORAGE_CONNECTION_STRING", server.connectionString(name, keys.ensure(name)));
        variables.put("AZURE_STORAGE_SERVICE_ENDPOINT", server.endpoint(name));
        LocalCertificates certificates = new LocalCertificates(data, secrets);
        variables.put("LAZULI_STORAGE_ENDPOINT", server.secureUrl() + "/" + name);
        variables.put("LAZULI_CA", certificates.authorityFile().toString());
        variables.put("LAZULI_TRUSTSTORE", certificates.trustStoreFile().toString());
        variables.put("NODE_EXTRA_CA_CERTS", certificates.authorityFile().toString());
        LocalIdentities identities = new LocalIdentities(options.access(), secrets);
        boolean byKey = credential == null || credential == Credentials.NONE;
        if (output == Form.HADOOP && byKey && principal != null) {
            throw failure(CommonError.INVALID_ARGUMENT, "--as %s needs --credential secret or machine: the account's key is nobody's",
                principal);
        }
        Credentials chosen = credential == null ? Credentials.MANAGED : credential;
        chosen.write(variables, server, identities, application(identities));
        PrintWriter out = command.commandLine().getOut();
        switch (output) {
            case JSON -> out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(variables));
            case HADOOP -> out.println(byKey ? HadoopSettings.ofKey(server, name, keys.ensure(name))
                : HadoopSettings.ofTokens(server, name, chosen, variables));
            case TEXT -> variables.forEach((variable, value) -> out.printf("export %s='%s'%n", variable, value));
        }
        return 0;
    }

    private Principal application(LocalIdentities identities) {
        Principal chosen = Credentials.choose(identities, principal);
        if (chosen.clientId() == null) {
            throw failure(CommonError.INVALID_ARGUMENT, "'%s' is a user; a program signs in as a service principal. Tokens of users: "
                + "lazuli token --as %s", chosen.name(), chosen.name());
        }
        return chosen;
    }
}
