package io.lazuli.algebra.type;

/** An exact decimal number, carried as {@link java.math.BigDecimal}: 1 to 38 digits, of which {@code scale} follow the point. */
public record DecimalType(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 38;

    public DecimalType {
        if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
        }
    }

    @Override
    public String toString() {
        return "decimal(" + precision + "," + scale + ")";
    }
}
