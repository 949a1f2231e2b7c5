package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/**
 * The sum of two decimals; null when it has more than 38 digits, or a part is null.
 *
 * @param zeros how many zeros belong behind the first one
 */
public record DecimalTotal(int zeros, int precision) implements UDF1<Object, Object> {
    @Override
    public Object call(Object pair) {
        Row both = (Row) pair;
        if (both == null || both.isNullAt(0) || both.isNullAt(1)) {
            return null;
        }
        BigDecimal total = both.getDecimal(0).scaleByPowerOfTen(zeros).add(both.getDecimal(1));
        return total.precision() > precision ? null : total;
    }
}
