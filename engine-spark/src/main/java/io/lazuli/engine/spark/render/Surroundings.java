package io.lazuli.engine.spark.render;

import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.type.DataType;
import java.util.function.Supplier;
import org.apache.spark.sql.api.java.UDF1;

/** What stands around the text of one query. */
public interface Surroundings {
    /** What stands behind FROM for a source; its columns are {@code c0}, {@code c1}, … of the scan's types. */
    String scan(Scan scan);

    /** The name of a view of a shared plan, whose text is asked for at the first use. */
    String shared(Shared shared, Supplier<String> query);

    /** The name of a function that calls Java code. */
    String function(UDF1<Object, Object> function, DataType result);
}
