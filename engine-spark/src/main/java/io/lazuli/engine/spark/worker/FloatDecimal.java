package io.lazuli.engine.spark.worker;

import java.math.BigDecimal;
import org.apache.spark.sql.api.java.UDF1;

/** Rounds a float to so many digits after the point; null for what is no number or has more digits before the point than fit. */
public record FloatDecimal(int precision, int scale) implements UDF1<Object, Object> {
    /** What makes up for halves that floats cannot write. */
    private static final double NUDGE = 1e-9;

    @Override
    public Object call(Object value) {
        if (value == null) {
            return null;
        }
        double shifted = ((Number) value).doubleValue() * Math.pow(10, scale);
        if (!Double.isFinite(shifted)) {
            return null;
        }
        BigDecimal whole = new BigDecimal(Math.rint(shifted + Math.signum(shifted) * NUDGE));
        return whole.precision() > precision ? null : whole.movePointLeft(scale).setScale(scale);
    }
}
