package io.lazuli.cli.server;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.secret.SecretStore;
import io.lazuli.governance.token.SigningKey;
import io.lazuli.governance.token.TokenService;
import io.lazuli.server.identity.LocalIdentities;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code lazuli token}. */
@Command(name = "token", description = "Prints an access token of a user or service principal, for an hour.",
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
    private static final Duration LIFE = Duration.ofHours(1);

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--as", paramLabel = "NAME", description = "Whose token (default: the service principal lazuli, which owns all data).")
    private String name;

    @Option(names = "--resource", paramLabel = "URL", defaultValue = "https://storage.azure.com",
        description = "What the token is for (default: ${DEFAULT-VALUE}).")
    private String resource;

    @Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        SecretStore secrets = new SecretStore(options.dataDirectory(), System::getenv);
        LocalIdentities identities = new LocalIdentities(options.access(), secrets);
        Principal principal = Credentials.choose(identities, name);
        String token = new TokenService(identities.tenant(), new SigningKey(secrets), Clock.systemUTC()).issue(principal, resource, LIFE);
        PrintWriter out = command.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("accessToken", token);
            answer.put("expires_on", Instant.now().plus(LIFE).getEpochSecond());
            answer.put("tenant", identities.tenant().id());
            answer.put("objectId", principal.objectId());
            answer.put("tokenType", "Bearer");
            out.println(JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } else {
            out.println(token);
        }
        return 0;
    }
}
