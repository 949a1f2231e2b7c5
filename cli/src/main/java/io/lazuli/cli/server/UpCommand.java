package io.lazuli.cli.server;

import io.lazuli.cli.option.EngineOptions;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.datafactory.configuration.FactorySettings;
import io.lazuli.datafactory.connector.file.NamedAccounts;
import io.lazuli.datafactory.standard.StandardActivities;
import io.lazuli.datafactory.trigger.StartedTriggers;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.governance.certificate.ServerKeys;
import io.lazuli.server.LifecyclePolicies;
import io.lazuli.server.LocalServer;
import io.lazuli.server.RunningServer;
import io.lazuli.server.ServerSettings;
import io.lazuli.storage.Durability;
import io.lazuli.storage.Lake;
import io.lazuli.storage.LakeListener;
import io.lazuli.storage.LakeNames;
import io.lazuli.storage.authorisation.AccountKeys;
import io.lazuli.storage.content.Housekeeping;
import io.lazuli.storage.event.ResourceGroup;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lazuli up}. */
@Command(name = "up", description = "Serves the lake to Azure's clients until it is stopped.", mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    /** Begins the last of what it prints at its start. */
    static final String READY = "Ready.";
    private static final int STOP_SECONDS = 10;
    private static final Duration MEMORY_PAUSE = Duration.ofSeconds(1);
    private static final String PASSWORD = "LAZULI_TLS_PASSWORD";

    @Mixin
    private WorkspaceOptions options;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
        description = "The address to listen on (default: ${DEFAULT-VALUE}); one that others can reach needs a certificate.")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "10000",
        description = "The port to listen on (default: ${DEFAULT-VALUE}); 0 for any that is free.")
    private int port;

    @Option(names = "--account", paramLabel = "NAME", description = "A storage account to make; may be repeated.")
    private List<String> accounts = new ArrayList<>();

    @Option(names = "--tls-keystore", paramLabel = "FILE",
        description = "Serve HTTPS with the certificate in this PKCS 12 or JKS file instead of one that is made for this machine; its "
            + "password is in LAZULI_TLS_PASSWORD.")
    private Path keystore;

    @Option(names = "--no-triggers", description = "Do not fire the triggers of the workspace.")
    private boolean noTriggers;

    @Option(names = "--durability", paramLabel = "LEVEL", defaultValue = "process",
        description = "What an acknowledged change survives: process (its end) or power-loss (default: ${DEFAULT-VALUE}).")
    private Durability durability;

    @Option(names = "--detach", description = "Return when it is ready and leave it running.")
    private boolean detach;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Path data = options.dataDirectory();
        PrintWriter out = command.commandLine().getOut();
        accounts.forEach(LakeNames::account);
        if (detach) {
            return Detached.start(data, arguments(data), out, command.commandLine().getErr());
        }
        Optional<ServerKeys> certificate = Optional.ofNullable(keystore)
            .map(file -> ServerKeys.of(file, Optional.ofNullable(System.getenv(PASSWORD)).orElse("")));
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Map<String, LifecyclePolicy> policies = LifecyclePolicies.of(ConfigurationFile.load(options.folder()), options.folder());
        Optional<Workspace> workspace = workspace();
        Housekeeping memory = new Housekeeping(new SmallHeap(), MEMORY_PAUSE);
        ServerSettings settings = new ServerSettings(data, host, port, certificate, group(), options.accountSettings());
        try (Lake lake = options.lake().with(durability);
                LocalServer server = new LocalServer(settings, lake, options.access(), System::getenv,
                    files -> triggers(workspace, data, files), options.engine())) {
            Runtime.getRuntime().addShutdownHook(new Stop(stopped, closed));
            server.manage(policies);
            show(out, server, lake, wanted(workspace));
            stopped.await();
        } finally {
            memory.close();
            closed.countDown();
        }
        return 0;
    }

    /** At SIGTERM or Ctrl-C: ends the wait, and holds the process until all is closed. */
    private static final class Stop extends Thread {
        private final CountDownLatch stopped;
        private final CountDownLatch closed;

        Stop(CountDownLatch stopped, CountDownLatch closed) {
            this.stopped = stopped;
            this.closed = closed;
        }

        @Override
        public void run() {
            stopped.countDown();
            try {
                closed.await(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ResourceGroup group() {
        FactorySettings factory = ConfigurationFile.load(options.folder()).factory();
        return new ResourceGroup(factory.subscription(), factory.resourceGroup());
    }

    /** The workspace, empty when the folder is none; a broken one is told, and its lake served. */
    private Optional<Workspace> workspace() {
        try {
            return Optional.of(options.workspace());
        } catch (LazuliException problem) {
            if (problem.code() != CommonError.NOT_FOUND) {
                warn("Triggers are not watched, and accounts of linked services not served: " + problem.code().name() + " at "
                    + problem.place() + ": " + problem.getMessage());
            }
            return Optional.empty();
        }
    }

    private void warn(String text) {
        command.commandLine().getErr().println(text);
        command.commandLine().getErr().flush();
    }

    private Optional<StartedTriggers> triggers(Optional<Workspace> workspace, Path data, LakeListener files) {
        Optional<Workspace> watched = workspace.filter(found -> !noTriggers);
        return watched.filter(found -> found.triggers().values().stream().anyMatch(StartedTriggers::isStarted)).map(found -> {
            StartedTriggers started = new StartedTriggers(found, data, () -> options.services(new EngineOptions(), files),
                StandardActivities.all(), Clock.systemUTC(), new TriggerLines(command.commandLine().getOut()));
            started.unwatched().forEach(trigger -> warn("The trigger " + trigger.name() + " is not watched: "
                + trigger.reason().code().name() + ": " + trigger.reason().getMessage()));
            return started;
        });
    }

    private List<String> arguments(Path data) {
        List<String> arguments = new ArrayList<>(List.of("up", "--workspace", options.folder().toString(), "--data-dir", data.toString(),
            "--host", host, "--port", Integer.toString(port), "--durability", durability.toString()));
        if (noTriggers) {
            arguments.add("--no-triggers");
        }
        accounts.forEach(account -> arguments.addAll(List.of("--account", account)));
        if (keystore != null) {
            arguments.addAll(List.of("--tls-keystore", keystore.toAbsolutePath().toString()));
        }
        return arguments;
    }

    /** The accounts that were asked for, and those that linked services name; the emulator's needs no naming. */
    private List<String> wanted(Optional<Workspace> workspace) {
        List<String> wanted = new ArrayList<>(accounts);
        workspace.map(found -> NamedAccounts.of(found, options.configuration(found))).ifPresent(wanted::addAll);
        wanted.remove(AccountKeys.EMULATOR);
        return wanted;
    }

    private void show(PrintWriter out, LocalServer server, Lake lake, List<String> wanted) {
        RunningServer state = server.state();
        out.printf("Blob Storage and Data Lake Storage at %s%s%n%n", state.url(),
            state.secure() ? "" : ", and with TLS at " + state.secureUrl());
        for (String account : Accounts.make(server.keys(), lake, wanted)) {
            out.printf("%s%n  %s%n", account, state.connectionString(account, server.keys().ensure(account)));
        }
        if (!state.triggers().isEmpty()) {
            out.printf("%nTriggers%n");
            state.triggers().forEach(trigger -> out.printf("  %s  %s  %s%n", trigger.name(), trigger.type(), trigger.when()));
        }
        out.printf("%n" + READY + " Environment variables: eval \"$(lazuli env)\". Stop with Ctrl-C or lazuli down.%n");
        out.flush();
    }
}
