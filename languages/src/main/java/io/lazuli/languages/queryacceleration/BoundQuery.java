package io.lazuli.languages.queryacceleration;

import io.lazuli.algebra.plan.Plan;
import java.util.List;

/**
 * A query as a plan.
 *
 * @param columns of the plan, in order, as the answer shows them; names may repeat
 * @param missingOrdinals the fields that the query names by numbers beyond the last
 */
public record BoundQuery(Plan plan, List<Column> columns, List<String> missingOrdinals) {
    /** A column of the answer; {@code json} when its values are JSON texts. */
    public record Column(String name, boolean json) {
    }

    public BoundQuery {
        columns = List.copyOf(columns);
        missingOrdinals = List.copyOf(missingOrdinals);
    }
}
