package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.script.FlowScript;
import io.lazuli.languages.dataflow.script.UserFunction;
import java.util.List;
import java.util.Map;

/** What a data flow needs of the world to become a plan. */
public interface FlowServices {
    /** Columns of the rows that {@link #call} gets: the resource, and the part of the address that is the row's. */
    String CALL_ENTITY = "\0entity";
    String CALL_ADDRESS = "\0address";
    /** A column of the rows that {@link #call} gets and gives: JSON text, of the request and of the response. */
    String CALL_BODY = "\0body";
    /** Columns of the rows that {@link #call} gives: a map of texts, and a number. */
    String CALL_HEADERS = "\0headers";
    String CALL_STATUS = "\0status";

    /** The rows of a source as its store gives them. */
    SourceRows open(Arguments source);

    /** The rows of an external call: the columns of the request's rows that are no part of the request, and those of the response. */
    default Plan call(Arguments call, Plan request) {
        throw failure(CommonError.NOT_SUPPORTED, call.statement().at(), "External calls cannot be made here");
    }

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
