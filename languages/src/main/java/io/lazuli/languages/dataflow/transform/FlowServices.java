package io.lazuli.languages.dataflow.transform;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.UserFunction;
import java.util.List;
import java.util.Map;

/** What a data flow needs of the world to become a plan. */
public interface FlowServices {
    /** The rows of a source as its store gives them. */
    SourceRows open(Arguments source);

    /** All rows of a small plan, run at once: constants, what a pattern matches, the values to pivot by. */
    List<List<Object>> rows(Plan plan);

    /** The functions of the libraries that the flow names, by name. */
    default Map<String, UserFunction> functions() {
        return Map.of();
    }

    /** The script of a flowlet. */
    FlowScript flowlet(String name);

    /**
     * A source's rows.
     *
     * @param text whether all columns are texts, which the script's types and formats are to read
     * @param named whether the columns have names of their own; else the script's columns stand for them by position
     */
    record SourceRows(Plan plan, boolean text, boolean named) {
    }
}
