package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/** The quotient of a pair of decimals, digits beyond the scale cut; null when it has more digits than fit, or a part is null. */
public record DecimalQuotient(int precision, int scale) implements UDF1<Object, Object> {
    @Override
    public Object call(Object pair) {
        Row both = (Row) pair;
        if (both == null || both.isNullAt(0) || both.isNullAt(1)) {
            return null;
        }
        BigDecimal quotient = both.getDecimal(0).divide(both.getDecimal(1), scale, RoundingMode.DOWN);
        return quotient.precision() > precision ? null : quotient;
    }
}
