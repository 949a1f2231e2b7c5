package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import java.nio.charset.StandardCharsets;

/** Estimates how many bytes rows of a table are: databases do not tell. The first rows stand for all. */
final class DataSizes {
    private static final int SAMPLE = 1000;

    private DataSizes() {
    }

    /** The bytes of {@code rows} rows like those of the plan. */
    static long estimate(Session session, Plan plan, long rows) {
        long bytes = 0;
        long sampled = 0;
        try (RowCursor cursor = session.query(new Limit(plan, 0, Math.min(rows, SAMPLE)), Execution.UNWATCHED)) {
            while (cursor.next()) {
                sampled++;
                for (int i = 0; i < cursor.schema().size(); i++) {
                    bytes += size(cursor.schema().fields().get(i).type(), cursor.value(i));
                }
            }
        }
        return sampled == 0 ? 0 : bytes * rows / sampled;
    }

    private static long size(DataType type, Object value) {
        return switch (value) {
            case null -> 1;
            case String text -> text.getBytes(StandardCharsets.UTF_8).length;
            case byte[] bytes -> bytes.length;
            default -> fixed(type);
        };
    }

    private static long fixed(DataType type) {
        return switch (type) {
            case DecimalType _ -> 17;
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN, INT8, UINT8 -> 1;
                case INT16 -> 2;
                case INT32, FLOAT32, DATE -> 4;
                case UUID -> 16;
                default -> 8;
            };
            default -> 32;
        };
    }
}
