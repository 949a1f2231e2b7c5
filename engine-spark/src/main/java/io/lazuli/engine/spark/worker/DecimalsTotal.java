package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import org.apache.spark.sql.api.java.UDF1;

/** The sum of an array of decimals; null when it has more digits than fit, or there are none. */
public record DecimalsTotal(int precision) implements UDF1<Object, Object> {
    @Override
    public Object call(Object values) {
        scala.collection.Iterator<?> rest = ((scala.collection.Iterable<?>) values).iterator();
        if (!rest.hasNext()) {
            return null;
        }
        BigDecimal total = BigDecimal.ZERO;
        while (rest.hasNext()) {
            total = total.add((BigDecimal) rest.next());
        }
        return total.precision() > precision ? null : total;
    }
}
