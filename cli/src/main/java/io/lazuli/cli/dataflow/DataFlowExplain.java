package io.lazuli.cli.dataflow;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.json.PlanJson;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.PlanText;
import io.lazuli.cli.option.OutputFormat;
import io.lazuli.datafactory.dataflow.FlowRun;
import io.lazuli.datafactory.run.LocalServices;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lazuli dataflow explain}: what a flow becomes, sink by sink. */
@Command(name = "explain", description = "Shows the plan of each sink of a data flow, and the engine's text of it.",
    mixinStandardHelpOptions = true)
final class DataFlowExplain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private FlowOptions flow;

    @Option(names = "--output", description = "text (default) or json: plan and sql of each sink.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        try (LocalServices services = flow.services(); FlowRun run = flow.open(services, Execution.UNWATCHED)) {
            PrintWriter out = spec.commandLine().getOut();
            ObjectNode json = JsonMapper.shared().createObjectNode();
            for (Map.Entry<String, Plan> sink : run.plans().entrySet()) {
                String sql = services.flowEngine().explain(sink.getValue());
                if (output == OutputFormat.JSON) {
                    ObjectNode part = json.putObject(sink.getKey());
                    part.set("plan", PlanJson.write(sink.getValue()));
                    part.put("sql", sql);
                } else {
                    out.println("Sink " + sink.getKey() + "\n\n" + PlanText.of(sink.getValue()) + "\n" + sql + "\n");
                }
            }
            if (output == OutputFormat.JSON) {
                out.println(json.toPrettyString());
            }
        }
        return 0;
    }
}
