package io.lazuli.cli.lake;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.configuration.ConfigurationFile;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.server.LifecyclePolicies;
import io.lazuli.server.RunningServer;
import io.lazuli.storage.Lake;
import io.lazuli.storage.lifecycle.LifecyclePolicy;
import io.lazuli.storage.lifecycle.LifecycleRun;
import io.lazuli.storage.lifecycle.OfflineLake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code lazuli lake lifecycle}. */
@Command(name = "lifecycle", description = "Applies the lifecycle policies of accounts.", mixinStandardHelpOptions = true,
    subcommands = LakeLifecycle.Run.class)
final class LakeLifecycle {
    /** {@code lazuli lake lifecycle run}. */
    @Command(name = "run", description = "Tiers and deletes what is due by the policies in lazuli.yaml.", mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Option(names = "--dry-run", description = "Tell what is due and do nothing.")
        private boolean dryRun;

        @Option(names = "--as-of", paramLabel = "TIME", description = "What is due at that time, such as 2026-01-31T06:00:00Z.")
        private String asOf;

        @Option(names = "--output", description = "text (default) or json.")
        private OutputFormat output = OutputFormat.TEXT;

        @Override
        public Integer call() {
            Path data = options.dataDirectory();
            RunningServer.find(data).ifPresent(server -> {
                throw failure(CommonError.IN_USE, Place.of(data, null), "Process %d serves this lake and applies the policies every hour; "
                    + "stop it with lazuli down to apply them by hand", server.pid());
            });
            Map<String, LifecyclePolicy> policies = LifecyclePolicies.of(ConfigurationFile.load(options.folder()), options.folder());
            if (policies.isEmpty()) {
                throw failure(CommonError.NOT_FOUND, "No account has a 'lifecycle' in lazuli.yaml");
            }
            Instant time = asOf == null ? Instant.now() : time(asOf);
            List<LifecycleRun.Step> steps = new ArrayList<>();
            try (Lake lake = options.lake(); OfflineLake offline = new OfflineLake(data, lake, options.accountSettings())) {
                policies.forEach((account, policy) -> steps.addAll(offline.lifecycle().run(account, policy, time, dryRun)));
            }
            show(steps);
            return steps.stream().allMatch(step -> step.failure() == null) ? 0 : 1;
        }

        private static Instant time(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException problem) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' is no time; expected one such as 2026-01-31T06:00:00Z", text, problem);
            }
        }

        private void show(List<LifecycleRun.Step> steps) {
            PrintWriter out = spec.commandLine().getOut();
            if (output == OutputFormat.JSON) {
                ArrayNode all = JSON.createArrayNode();
                steps.forEach(step -> all.addObject().put("rule", step.rule()).put("action", step.action().title())
                    .put("blob", step.address().key()).put("generation", step.generation()).put("error", step.failure()));
                out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
                return;
            }
            steps.forEach(step -> out.printf("%-13s  %s%s  rule %s%s%n", step.action().title(), step.address().key(),
                step.generation() == null ? "" : " of " + step.generation(), step.rule(),
                step.failure() == null ? "" : "  " + step.failure()));
            long failed = steps.stream().filter(step -> step.failure() != null).count();
            out.printf(dryRun ? "%d due%n" : "%d done%s%n", steps.size() - failed, failed == 0 ? "" : ", " + failed + " failed");
        }
    }
}
