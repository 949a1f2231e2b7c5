package io.lazuli.engine.spark;

import static io.lazuli.engine.spark.RandomValues.MAP;
import static io.lazuli.engine.spark.RandomValues.PAIR;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowFunction;
import io.lazuli.languages.dataflow.function.FunctionTable;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes expressions of data flows by chance: calls of all functions with arguments that they take, over random rows. */
final class RandomFlowExpressions {
    private static final List<DataType> TYPES = RandomValues.TYPES;
    private static final ExpressionScope SCOPE = scope();
    /** Other each time, with arguments of a shape of their own, of columns by name, or of many rows. */
    private static final Set<String> APART = Set.of("uuid", "random", "currentDate", "currentTimestamp", "currentUTC", "nextSequence",
        "partitionId", "expr", "unfold", "byItem", "byName", "byNames", "byOrigin", "byOrigins", "byPath", "byPosition", "columnNames",
        "columns", "hasColumn", "hasPath", "originColumns", "typeMatch");
    private static final List<String> INTEGERS = List.of("-2147483648", "-2", "-1", "0", "1", "2", "3", "12", "2147483647");
    private static final List<String> SMALL = List.of("-1", "0", "1", "2", "3", "9", "cint");
    private static final List<DataType> NUMBERS = TYPES.stream().filter(DataType::isNumeric).toList();
    private static final List<DataType> WHOLE = List.of(ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64);
    private static final List<DataType> ARRAYS = TYPES.stream().filter(ArrayType.class::isInstance).toList();
    private static final List<DataType> TIMES = List.of(ScalarType.DATE, ScalarType.TIMESTAMP);
    private static final Map<String, List<DataType>> PARAMETERS = parameters();
    private static final Map<String, List<String>> CONSTANTS = constants();
    /** The functions that give values of a type, by the type's text. */
    private static final Map<String, List<FlowFunction>> MAKERS = new HashMap<>();

    static {
        learn();
    }

    private final Random random;
    private final RandomValues values;
    private final List<Made> variables = new ArrayList<>();

    RandomFlowExpressions(long seed) {
        this.random = new Random(seed);
        this.values = new RandomValues(random);
    }

    /** A text and the type that it has. */
    private record Made(String text, DataType type) {
    }

    /** An expression as it is written and what it means. */
    record Flow(String text, Expression expression) {
    }

    private static ExpressionScope scope() {
        List<InputColumn> columns = new ArrayList<>();
        TYPES.forEach(type -> columns.add(InputColumn.of("rows", column(type), new ColumnReference("c" + type, type))));
        return ExpressionScope.EMPTY.withColumns(columns);
    }

    private static String column(DataType type) {
        return "c" + TYPES.indexOf(type);
    }

    private static Map<String, List<DataType>> parameters() {
        Map<String, List<DataType>> types = new HashMap<>();
        of(types, NUMBERS, "number", "base", "height", "distance", "exponent");
        of(types, WHOLE, "integer", "days", "months", "from", "index", "digits", "group", "count", "position", "characters");
        of(types, List.of(ScalarType.STRING), "text", "search", "separator", "padding", "end", "start", "replacement", "replacements");
        of(types, List.of(ScalarType.BOOLEAN), "condition", "round");
        of(types, TIMES, "date", "time");
        of(types, ARRAYS, "array", "keys", "values");
        of(types, List.of(ScalarType.BINARY), "bytes");
        of(types, List.of(MAP), "map");
        return types;
    }

    private static void of(Map<String, List<DataType>> types, List<DataType> some, String... names) {
        Arrays.stream(names).forEach(name -> types.put(name, some));
    }

    private static Map<String, List<String>> constants() {
        return Map.ofEntries(Map.entry("pattern", List.of("'a'", "`(\\w+)`", "`[0-9]+`", "`\\s`", "'^$'", "`%a_`")),
            Map.entry("format", List.of("'yyyy-MM-dd'", "'MM/dd/yyyy hh:mm a'", "'yyyyMMddHHmmssSSS'", "'#,##0.00'", "'json'", "'html'")),
            Map.entry("language", List.of("'de-DE'", "'fr'")), Map.entry("zone", List.of("'UTC'", "'PST'", "'Europe/Berlin'")),
            Map.entry("charset", List.of("'UTF-8'", "'UTF-16LE'", "'US-ASCII'")), Map.entry("bits", List.of("256", "512", "8")),
            Map.entry("mode", List.of("1", "2", "3", "4", "5", "6")), Map.entry("length", SMALL.subList(0, 6)),
            Map.entry("precision", List.of("5", "20", "38")), Map.entry("scale", List.of("0", "2", "5")),
            Map.entry("positions", List.of("[1, 64]", "[0]")));
    }

    /** What types functions give, tried with columns. */
    private static void learn() {
        RandomFlowExpressions made = new RandomFlowExpressions(1);
        for (FlowFunction function : FunctionTable.all()) {
            for (int i = 0; !APART.contains(function.name()) && i < 60; i++) {
                try {
                    DataType type = bind(made.call(function, 0)).type();
                    List<FlowFunction> makers = MAKERS.computeIfAbsent(type.toString(), _ -> new ArrayList<>());
                    if (!makers.contains(function)) {
                        makers.add(function);
                    }
                } catch (LazuliException _) {
                    continue;
                }
            }
        }
    }

    private static Expression bind(String text) {
        return ExpressionBinder.bind(text, SCOPE);
    }

    /** The functions that it calls, by the types that they give. */
    static Map<String, List<String>> functions() {
        Map<String, List<String>> names = new TreeMap<>();
        MAKERS.forEach((type, functions) -> names.put(type, functions.stream().map(FlowFunction::name).toList()));
        return names;
    }

    Values rows(int count) {
        return values.rows(count);
    }

    /** One that has a meaning. */
    Flow expression(int depth) {
        while (true) {
            String text = text(oneOf(TYPES), depth);
            try {
                return new Flow(text, bind(text));
            } catch (LazuliException refused) {
                variables.clear();
            }
        }
    }

    private <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String text(DataType type, int depth) {
        List<Made> known = variables.stream().filter(variable -> variable.type().equals(type)).toList();
        if (!known.isEmpty() && random.nextInt(2) == 0) {
            return oneOf(known).text();
        }
        List<FlowFunction> makers = MAKERS.getOrDefault(type.toString(), List.of());
        if (depth <= 0 || makers.isEmpty() || random.nextInt(8) == 0) {
            return TYPES.contains(type) && random.nextInt(3) > 0 ? column(type) : constant(type);
        }
        return call(oneOf(makers), depth - 1);
    }

    private String call(FlowFunction function, int depth) {
        String inside = function.signature().replaceAll("^\\w+\\(|\\)$|[\\[\\]]", "");
        List<String> names = new ArrayList<>(inside.isEmpty() ? List.of() : List.of(inside.split(", ")));
        if (names.remove("...")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                names.add(names.getLast());
            }
        } else {
            names = names.subList(0, function.required() + random.nextInt(names.size() - function.required() + 1));
        }
        DataType same = oneOf(TYPES);
        List<String> arguments = new ArrayList<>();
        DataType array = oneOf(ARRAYS);
        for (int i = 0; i < names.size(); i++) {
            int before = variables.size();
            bound(function.name(), i, array);
            arguments.add(argument(function.name(), names.get(i), same, array, depth));
            while (variables.size() > before) {
                variables.removeLast();
            }
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** What a function's arguments behind the first may speak of. */
    private void bound(String function, int argument, DataType array) {
        DataType element = ((ArrayType) array).element();
        if (argument > 0 && Set.of("filter", "contains", "find", "map", "mapIf", "mapIndex", "reduce").contains(function)) {
            variables.add(new Made("#item", element));
            variables.add(new Made("#index", ScalarType.INT32));
        }
        if (argument > 0 && function.equals("reduce")) {
            variables.add(new Made(argument == 2 ? "#acc" : "#result", ScalarType.INT32));
        }
        if (argument > 0 && function.equals("sort")) {
            variables.add(new Made("compare(#item1, #item2)", ScalarType.INT32));
        }
        if (argument > 0 && function.endsWith("ssociat" + (function.startsWith("re") ? "e" : "ion"))) {
            variables.add(new Made("#key", ScalarType.STRING));
            variables.add(new Made("#value", ScalarType.INT32));
        }
    }

    private String argument(String function, String name, DataType same, DataType array, int depth) {
        if (CONSTANTS.containsKey(name) && (!name.equals("length") || !function.equals("slice"))) {
            return oneOf(CONSTANTS.get(name)).replace("cint", column(ScalarType.INT32));
        }
        if (function.equals("reduce") && !name.equals("array") || function.equals("sort") && name.equals("comparison")) {
            return text(ScalarType.INT32, depth);
        }
        if (name.equals("array")) {
            return text(array, depth);
        }
        if (function.equals("keyValues")) {
            return name.equals("keys") ? "distinct(filter(" + text(array, depth) + ", not(isNull(#item))))" : text(array, depth);
        }
        List<DataType> types = PARAMETERS.getOrDefault(name, List.of(same));
        return text(types.contains(same) || random.nextInt(4) == 0 && name.equals("value") ? same : oneOf(types), depth);
    }

    private String constant(DataType type) {
        if (random.nextInt(12) == 0) {
            return "iif(false(), " + constant(type) + ")";
        }
        Object value = values.value(type);
        return switch (type) {
            case ScalarType.BOOLEAN -> value + "()";
            case ScalarType.INT8 -> "toByte(" + value + ")";
            case ScalarType.INT16 -> "toShort(" + value + ")";
            case ScalarType.INT32 -> oneOf(INTEGERS);
            case ScalarType.INT64 -> random.nextInt(3) == 0 ? "9223372036854775807L" : value + "L";
            case ScalarType.FLOAT32 -> "toFloat('" + value + "')";
            case ScalarType.FLOAT64 -> "toDouble('" + value + "')";
            case DecimalType decimal -> "toDecimal('" + value + "', " + decimal.precision() + ", " + decimal.scale() + ")";
            case ScalarType.STRING -> quoted((String) value);
            case ScalarType.BINARY -> "toBinary(" + quoted((String) values.value(ScalarType.STRING)) + ")";
            case ScalarType.DATE -> "toDate('" + DateTimeFormatter.ISO_DATE.format((LocalDate) value) + "')";
            case ScalarType.TIMESTAMP ->
                "toTimestamp('" + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").format((LocalDateTime) value) + "')";
            case ArrayType array -> random.nextInt(2) == 0 ? "array(" + constant(array.element()) + ", " + constant(array.element()) + ")"
                : column(type);
            default -> type.equals(PAIR) ? "@(n=" + constant(ScalarType.INT32) + ", t=" + constant(ScalarType.STRING) + ")"
                : type.equals(MAP) ? "associate('a', " + constant(ScalarType.INT32) + ")" : column(type);
        };
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(point -> point == '\'' || point == '\\' ? "\\" + Character.toString(point)
            : point == '\n' ? "\\n" : point == '\t' ? "\\t" : Character.toString(point)).collect(Collectors.joining("", "'", "'"));
    }
}
