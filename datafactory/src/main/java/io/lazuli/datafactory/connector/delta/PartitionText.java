package io.lazuli.datafactory.connector.delta;

import static io.lazuli.foundation.LazuliException.failure;

import io.delta.kernel.types.StructField;
import io.lazuli.foundation.CommonError;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Values of partition columns as the log writes them. */
final class PartitionText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd HH:mm:ss")
        .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true).toFormatter();

    private PartitionText() {
    }

    /** Null for null and, as in Delta, for an empty text. */
    static String of(Object value, StructField column) {
        String text = switch (value) {
            case null -> "";
            case LocalDateTime time -> TIME.format(time);
            case BigDecimal decimal -> decimal.toPlainString();
            case byte[] _ -> throw unsupported(column);
            case Iterable<?> _ -> throw unsupported(column);
            case java.util.Map<?, ?> _ -> throw unsupported(column);
            default -> value.toString();
        };
        return text.isEmpty() ? null : text;
    }

    private static RuntimeException unsupported(StructField column) {
        return failure(CommonError.NOT_SUPPORTED, "Partitioning a Delta table by column '%s' of type %s is not supported",
            column.getName(), column.getDataType());
    }
}
