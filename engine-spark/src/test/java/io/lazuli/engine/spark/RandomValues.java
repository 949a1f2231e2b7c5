package io.lazuli.engine.spark;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of many types, and rows of them, by chance. */
final class RandomValues {
    static final DecimalType DECIMAL = new DecimalType(10, 2);
    static final DecimalType LONG_DECIMAL = new DecimalType(24, 6);
    static final ArrayType NUMBERS = new ArrayType(ScalarType.INT32);
    static final ArrayType TEXTS = new ArrayType(ScalarType.STRING);
    static final ArrayType DATES = new ArrayType(ScalarType.DATE);
    static final StructType PAIR = new StructType(List.of(new Field("n", ScalarType.INT32), new Field("t", ScalarType.STRING)));
    static final ArrayType PAIRS = new ArrayType(PAIR);
    static final ArrayType ORDERS =
        new ArrayType(new StructType(List.of(new Field("k", ScalarType.INT32), new Field("pairs", PAIRS))));
    static final ArrayType FLOATS = new ArrayType(ScalarType.FLOAT64);
    static final StructType POINT = new StructType(List.of(new Field("x", ScalarType.FLOAT64), new Field("all", FLOATS)));
    static final MapType MAP = new MapType(ScalarType.STRING, ScalarType.INT32);
    static final List<DataType> TYPES = List.of(ScalarType.BOOLEAN, ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64,
        ScalarType.FLOAT32, ScalarType.FLOAT64, DECIMAL, LONG_DECIMAL, ScalarType.STRING, ScalarType.BINARY, ScalarType.DATE,
        ScalarType.TIMESTAMP, NUMBERS, TEXTS, DATES, PAIR, PAIRS, MAP, FLOATS, POINT);
    /** The number of the row, and a column for each type. */
    static final Schema SCHEMA = schema();
    private static final List<String> STRINGS = List.of("", "a", "Äpfel 😀", "it's \\ {0} %_", " 12 ", "12.75", "-3", "true",
        "2020-02-29", "2020-02-29 23:59:59.5", "ABC abc", "\t\n",
        "1e3", "x,y,,z", "0005-03-04", "12/31/1999 11:59 PM", "€1.234,50", "&lt;b&gt;\\u0041",
        "e\u0301\u0000ﬁ\uD83C\uDDE9ßİ", "{\"n\":1}");

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    private static Schema schema() {
        List<Field> fields = new ArrayList<>(List.of(new Field("id", ScalarType.INT64)));
        TYPES.forEach(type -> fields.add(new Field("c" + type, type)));
        return new Schema(fields);
    }

    Values rows(int count) {
        List<List<Expression>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Expression> row = new ArrayList<>(List.of(Literal.int64(i)));
            for (DataType type : TYPES) {
                row.add(new Literal(random.nextInt(6) == 0 ? null : value(type), type));
            }
            rows.add(row);
        }
        return new Values(SCHEMA, rows);
    }

    Object value(DataType type) {
        boolean extreme = random.nextInt(4) == 0;
        return switch (type) {
            case ScalarType.BOOLEAN -> random.nextBoolean();
            case ScalarType.INT8 -> (byte) (extreme ? random.nextInt() : random.nextInt(20) - 10);
            case ScalarType.INT16 -> (short) (extreme ? random.nextInt() : random.nextInt(20) - 10);
            case ScalarType.INT32 -> extreme ? random.nextInt() : random.nextInt(20) - 10;
            case ScalarType.INT64 -> extreme ? random.nextLong() : random.nextInt(20) - 10L;
            case ScalarType.FLOAT32 -> extreme ? (float) rare(1e4) : (random.nextInt(41) - 20) / 4.0f;
            case ScalarType.FLOAT64 -> extreme ? rare(1e6) : (random.nextInt(41) - 20) / 4.0;
            case DecimalType decimal -> BigDecimal.valueOf(extreme ? random.nextLong(9_999_999_999L) : random.nextInt(2000) - 1000,
                decimal.scale());
            case ScalarType.STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
            case ScalarType.BINARY -> STRINGS.get(random.nextInt(STRINGS.size())).getBytes(StandardCharsets.UTF_8);
            case ScalarType.DATE -> date(extreme);
            case ScalarType.TIMESTAMP -> date(extreme).atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60),
                random.nextInt(1_000_000) * 1000);
            case ArrayType array -> elements(array.element());
            case StructType struct -> structure(struct);
            case MapType map -> entries(map);
            default -> throw new IllegalStateException(type.toString());
        };
    }

    /** What is no number, zero with a sign, or any number. */
    private double rare(double size) {
        double[] ends = {Double.NaN, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        return random.nextBoolean() ? ends[random.nextInt(ends.length)] : random.nextGaussian() * size;
    }

    private LocalDate date(boolean extreme) {
        int[] ends = {1, 4, 1582, 1969, 2000, 9998};
        LocalDate first = LocalDate.of(extreme ? ends[random.nextInt(ends.length)] : 1900 + random.nextInt(200), 1 + random.nextInt(12), 1);
        return first.withDayOfMonth(extreme ? first.lengthOfMonth() : 1 + random.nextInt(28));
    }

    private List<Object> elements(DataType type) {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(random.nextInt(6) == 0 ? null : value(type));
        }
        return elements;
    }

    private Map<String, Object> structure(StructType type) {
        Map<String, Object> values = new LinkedHashMap<>();
        type.fields().forEach(field -> values.put(field.name(), random.nextInt(6) == 0 ? null : value(field.type())));
        return values;
    }

    private Map<Object, Object> entries(MapType type) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(value(type.key()), random.nextInt(6) == 0 ? null : value(type.value()));
        }
        return entries;
    }
}
