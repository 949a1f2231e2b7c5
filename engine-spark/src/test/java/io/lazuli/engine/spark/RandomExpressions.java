package io.lazuli.engine.spark;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.spark.render.OperatorTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes rows and expressions over them, by chance but well typed. Nulls come from rows alone: with constant ones an engine may know a
 * result without what would fail in it.
 */
final class RandomExpressions {
    private static final DataType DECIMAL = new DecimalType(10, 2);
    private static final DataType NUMBERS = new ArrayType(ScalarType.INT32);
    private static final DataType TEXTS = new ArrayType(ScalarType.STRING);
    private static final List<DataType> TYPES = List.of(ScalarType.BOOLEAN, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64,
        ScalarType.FLOAT64, DECIMAL, ScalarType.STRING, ScalarType.BINARY, ScalarType.DATE, ScalarType.TIMESTAMP, NUMBERS, TEXTS);
    private static final Schema SCHEMA = schema();
    /** Other each time, take constants of some form, or take functions; some of these have forms of their own below. */
    private static final Set<String> APART = Set.of("now", "new_uuid", "random", "require", "like", "matches", "split", "date_part",
        "date_add", "date_difference", "date_truncate", "array_transform", "array_filter", "array_reduce", "array_sort", "sequence",
        "repeat", "round", "truncate", "make_date", "element_at", "map", "map_from_entries");
    /** Arrays with null elements stand in another order on each engine. */
    private static final Set<String> ORDERING = Set.of("less", "less_or_equal", "greater", "greater_or_equal", "least", "greatest");
    private static final List<String> UNITS = List.of("year", "quarter", "month", "week", "iso_week", "day", "hour", "minute", "second",
        "millisecond", "microsecond");
    private static final List<String> STRINGS = List.of("", "a", "Äpfel 😀", "it's \\ {0} %_", " 12 ", "12.75", "-3", "true", "2020-02-29",
        "2020-02-29 23:59:59.5", "ABC abc", "\t\n", "1e3", "x,y,,z");
    private static final Map<DataType, List<Signature>> SIGNATURES = signatures();

    private final Random random;

    /** An operator with types that it takes. */
    private record Signature(Operator operator, List<DataType> parameters) {
    }

    RandomExpressions(long seed) {
        this.random = new Random(seed);
    }

    private static Schema schema() {
        List<Field> fields = new ArrayList<>();
        TYPES.forEach(type -> fields.add(new Field("c" + type, type)));
        return new Schema(fields);
    }

    private static Map<DataType, List<Signature>> signatures() {
        Map<DataType, List<Signature>> found = new HashMap<>();
        for (Operator operator : OperatorCatalogue.all()) {
            boolean java = JavaImplementedOperators.implementation(operator) != null;
            if (operator.kind() == Operator.Kind.SCALAR && OperatorTable.has(operator) && !java && !APART.contains(operator.name())) {
                add(found, operator, List.of());
            }
        }
        return found;
    }

    private static void add(Map<DataType, List<Signature>> found, Operator operator, List<DataType> parameters) {
        DataType result = parameters.isEmpty() ? null : operator.types().resultOf(parameters);
        boolean sortsArrays = ORDERING.contains(operator.name()) && parameters.stream().anyMatch(ArrayType.class::isInstance);
        if (result != null && !sortsArrays) {
            found.computeIfAbsent(result, _ -> new ArrayList<>()).add(new Signature(operator, parameters));
        }
        if (parameters.size() < 3) {
            for (DataType type : TYPES) {
                List<DataType> more = new ArrayList<>(parameters);
                more.add(type);
                add(found, operator, more);
            }
        }
    }

    Values rows() {
        List<List<Expression>> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Expression> row = new ArrayList<>();
            for (Field field : SCHEMA.fields()) {
                row.add(new Literal(random.nextInt(6) == 0 ? null : value(field.type()), field.type()));
            }
            rows.add(row);
        }
        return new Values(SCHEMA, rows);
    }

    Expression expression(int depth) {
        return expression(TYPES.get(random.nextInt(TYPES.size())), depth);
    }

    private Expression expression(DataType type, int depth) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(3) > 0 && SCHEMA.find("c" + type).isPresent() ? new ColumnReference("c" + type, type)
                : new Literal(value(type), type);
        }
        if (random.nextInt(5) == 0) {
            Expression special = special(type, depth - 1);
            if (special != null) {
                return special;
            }
        }
        // Operators with many types would crowd out the others.
        List<Signature> all = SIGNATURES.getOrDefault(type, List.of());
        List<String> names = all.stream().map(signature -> signature.operator().name()).distinct().toList();
        if (names.isEmpty()) {
            return expression(type, 0);
        }
        String name = names.get(random.nextInt(names.size()));
        List<Signature> some = all.stream().filter(signature -> signature.operator().name().equals(name)).toList();
        Signature chosen = some.get(random.nextInt(some.size()));
        return Call.of(chosen.operator(), chosen.parameters().stream().map(parameter -> expression(parameter, depth - 1)).toList());
    }

    private Expression special(DataType type, int depth) {
        if (random.nextInt(3) == 0) {
            return new Case(List.of(new Case.Branch(expression(ScalarType.BOOLEAN, depth), expression(type, depth))),
                expression(type, depth));
        }
        Expression unit = Literal.string(UNITS.get(random.nextInt(UNITS.size())));
        return switch (type) {
            case ScalarType.INT32 -> Call.of(DateOperators.DATE_PART, unit, expression(ScalarType.TIMESTAMP, depth));
            case ScalarType.INT64 -> random.nextBoolean() ? Cast.strict(expression(ScalarType.INT32, depth), type) : Call.of(
                DateOperators.DATE_DIFFERENCE, unit, expression(ScalarType.TIMESTAMP, depth), expression(ScalarType.TIMESTAMP, depth));
            case ScalarType.TIMESTAMP -> switch (random.nextInt(3)) {
                case 0 -> Call.of(DateOperators.DATE_TRUNCATE, unit, expression(type, depth));
                case 1 -> Call.of(DateOperators.DATE_ADD, unit, Literal.int64(random.nextInt(100) - 50), expression(type, depth));
                default -> Cast.strict(expression(ScalarType.DATE, depth), type);
            };
            case ScalarType.DATE -> Cast.strict(expression(ScalarType.TIMESTAMP, depth), type);
            case ScalarType.STRING -> Cast.strict(expression(plainText(), depth), type);
            case ArrayType array when array.element() == ScalarType.INT32 -> overElements(depth);
            case DecimalType _ -> Cast.orNull(expression(random.nextBoolean() ? ScalarType.INT32 : ScalarType.INT64, depth), type);
            case ScalarType.INT16 -> Cast.orNull(expression(random.nextBoolean() ? ScalarType.INT64 : DECIMAL, depth), type);
            default -> null;
        };
    }

    private DataType plainText() {
        List<DataType> types = List.of(ScalarType.BOOLEAN, ScalarType.INT32, ScalarType.INT64, DECIMAL, ScalarType.DATE,
            ScalarType.TIMESTAMP, ScalarType.FLOAT64, NUMBERS);
        return types.get(random.nextInt(types.size()));
    }

    private Expression overElements(int depth) {
        LambdaVariable item = new LambdaVariable("item", ScalarType.INT32);
        LambdaVariable index = new LambdaVariable("index", ScalarType.INT64);
        Expression bound = Cast.strict(index, ScalarType.STRING);
        Expression even = Call.of(OperatorCatalogue.find("less").orElseThrow(), item, expression(ScalarType.INT32, 0));
        return random.nextBoolean()
            ? Call.of(ArrayOperators.ARRAY_FILTER, expression(NUMBERS, depth), new Lambda(List.of(item), even))
            : Call.of(ArrayOperators.ARRAY_TRANSFORM, expression(NUMBERS, depth), new Lambda(List.of(item, index),
                Call.of(OperatorCatalogue.find("length").orElseThrow(), bound)));
    }

    private Object value(DataType type) {
        return switch (type) {
            case ScalarType.BOOLEAN -> random.nextBoolean();
            case ScalarType.INT16 -> (short) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20) - 10);
            case ScalarType.INT32 -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(20) - 10;
            case ScalarType.INT64 -> random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(20) - 10L;
            case ScalarType.FLOAT64 -> random.nextInt(4) == 0 ? random.nextGaussian() * 1e6 : (random.nextInt(41) - 20) / 4.0;
            case DecimalType _ -> BigDecimal.valueOf(random.nextInt(4) == 0 ? random.nextLong(9_999_999_999L) : random.nextInt(2000) - 1000,
                2);
            case ScalarType.STRING -> STRINGS.get(random.nextInt(STRINGS.size()));
            case ScalarType.BINARY -> STRINGS.get(random.nextInt(STRINGS.size())).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case ScalarType.DATE -> LocalDate.of(1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28));
            case ScalarType.TIMESTAMP -> LocalDateTime.of(1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28),
                random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000) * 1000);
            case ArrayType array -> {
                List<Object> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(random.nextInt(6) == 0 ? null : value(array.element()));
                }
                yield elements;
            }
            default -> throw new IllegalStateException(type.toString());
        };
    }
}
