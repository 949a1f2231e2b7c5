package io.lazuli.algebra.plan;

import io.lazuli.algebra.type.Schema;
import java.util.List;

/**
 * A relation computed from other relations. Its schema is known when it is built; a plan that does not fit together cannot exist.
 *
 * <p>A pass is one exhaustive {@code switch} over these records.
 */
public sealed interface Plan
    permits Scan, Values, Filter, Project, Join, Apply, Aggregate, Window, Sort, Limit, Distinct, SetOperation, Unnest, Shared {
    Schema schema();

    List<Plan> inputs();
}
