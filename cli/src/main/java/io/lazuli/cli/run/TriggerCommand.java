package io.lazuli.cli.run;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.cli.option.OutputFormat;
import io.lazuli.cli.option.WorkspaceOptions;
import io.lazuli.datafactory.run.LocalServices;
import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.run.Times;
import io.lazuli.datafactory.trigger.TriggerFiring;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli trigger}: lists triggers, and runs what they would run. */
@Command(name = "trigger", description = "Lists triggers, or runs what one would run.", mixinStandardHelpOptions = true,
    subcommands = {TriggerCommand.ListTriggers.class, TriggerCommand.Fire.class})
public final class TriggerCommand {
    /** {@code lazuli trigger list}. */
    @Command(name = "list", description = "Lists the triggers with the time when each fires next.", mixinStandardHelpOptions = true)
    static final class ListTriggers implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Option(names = "--output", description = "text (default) or json.")
        private OutputFormat output = OutputFormat.TEXT;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            JsonMapper json = LocalServices.mapper();
            ArrayNode all = json.createArrayNode();
            for (Trigger trigger : options.workspace().triggers().values()) {
                Optional<Instant> next = TriggerFiring.next(trigger, Instant.now());
                String pipelines = String.join(", ", trigger.pipelines().stream().map(Reference::name).toList());
                if (output == OutputFormat.TEXT) {
                    out.printf("%s  %s  %s  %s%n", trigger.name(), trigger.type(),
                        next.map(time -> "next " + Times.iso(time).substring(0, 19) + "Z").orElse("no time"), pipelines);
                }
                ObjectNode row = all.addObject().put("name", trigger.name()).put("type", trigger.type())
                    .put("runtimeState", trigger.runtimeState()).put("nextFireTime", next.map(Times::iso).orElse(null));
                trigger.pipelines().forEach(pipeline -> row.withArray("pipelines").add(pipeline.name()));
            }
            if (output == OutputFormat.JSON) {
                out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(all));
            }
            return 0;
        }
    }

    /** {@code lazuli trigger run NAME}. */
    @Command(name = "run", description = "Runs the pipelines that a trigger would run.", mixinStandardHelpOptions = true)
    static final class Fire implements Callable<Integer> {
        /** What makes the trigger fire. */
        private static final class Cause {
            @Option(names = "--at", paramLabel = "TIME", description = "For schedules and tumbling windows, such as 2026-01-31T06:00:00Z.")
            private String at;

            @Option(names = "--blob", paramLabel = "CONTAINER/PATH", description = "For storage events: the blob.")
            private String blob;

            @Option(names = "--event", paramLabel = "JSON", description = "For custom events: {\"eventType\", \"subject\", \"data\"}.")
            private String event;
        }

        @Spec
        private CommandSpec spec;

        @Mixin
        private WorkspaceOptions options;

        @Parameters(paramLabel = "TRIGGER", description = "The trigger's name.")
        private String name;

        @ArgGroup(multiplicity = "1")
        private Cause cause;

        @Option(names = "--output", description = "text (default) or json.")
        private OutputFormat output = OutputFormat.TEXT;

        @Override
        public Integer call() throws InterruptedException {
            return new Session(spec, options, output).run((runner, services, ended) -> {
                Trigger trigger = services.workspace().trigger(name, Place.UNKNOWN);
                Instant now = services.clock().instant();
                if (!trigger.typeProperties().path("dependsOn").isEmpty() && output == OutputFormat.TEXT) {
                    spec.commandLine().getErr().println("Note: what the trigger depends on is not checked.");
                }
                for (RunRequest request : firing(trigger, now, services.json()).runs(now)) {
                    ended.add(runner.run(request));
                }
            });
        }

        private TriggerFiring firing(Trigger trigger, Instant now, JsonMapper json) {
            if (cause.at != null) {
                return TriggerFiring.at(trigger, time(cause.at));
            }
            return cause.blob != null ? TriggerFiring.blob(trigger, cause.blob, now) : TriggerFiring.custom(trigger, event(json), now);
        }

        private ObjectNode event(JsonMapper json) {
            try {
                if (json.readTree(cause.event) instanceof ObjectNode event) {
                    return event;
                }
                throw failure(CommonError.INVALID_ARGUMENT, "An event is a JSON object, not %s", cause.event);
            } catch (JacksonException problem) {
                throw failure(CommonError.SYNTAX_ERROR, "The event is not JSON: %s", problem.getOriginalMessage(), problem);
            }
        }

        private static Instant time(String text) {
            try {
                return text.matches(".*(Z|[+-]\\d{2}:\\d{2})$")
                    ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException problem) {
                throw failure(CommonError.INVALID_ARGUMENT, "'%s' is no time; expected one such as 2026-01-31T06:00:00Z (UTC)", text,
                    problem);
            }
        }
    }
}
