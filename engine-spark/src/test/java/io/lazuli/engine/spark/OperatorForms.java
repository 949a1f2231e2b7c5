package io.lazuli.engine.spark;

import static io.lazuli.engine.spark.RandomValues.DECIMAL;
import static io.lazuli.engine.spark.RandomValues.TEXTS;

import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.spark.render.OperatorTable;
import io.lazuli.operators.JavaOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The scalar operators with arguments that they take: of any expressions of a type, or one of some constants. */
final class OperatorForms {
    /** Other each time, or with a shape of their own, see {@link RandomExpressions}. */
    private static final Set<String> APART = Set.of("now", "new_uuid", "random", "next_sequence", "require", "array_transform",
        "array_filter", "array_reduce", "array_sort", "map", "map_from_entries", "element_at", "structure", "from_json");
    private static final List<String> UNITS = List.of("year", "quarter", "month", "week", "iso_week", "day", "hour", "minute", "second",
        "millisecond", "microsecond");
    private static final Parameter TEXT = type(ScalarType.STRING);
    private static final Parameter TIME = type(ScalarType.TIMESTAMP);
    private static final Parameter BYTES = type(ScalarType.BINARY);
    private static final Parameter SMALL = oneOf(-1, 0, 1, 2, 3, 5);
    private static final Parameter UNIT = oneOf(UNITS.toArray());
    private static final Parameter REGEX = oneOf("a", "(\\w+)", "[0-9]+", "(?i)ABC|x", "(-?)(\\d+)", "\\s", "^$");
    private static final Parameter TIME_PATTERN = oneOf("yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy hh:mm a", "EEE d MMMM yy",
        "yyyyMMddHHmmssSSS", "D w 'of' yyyy G", "HH:mm:ss.SSSSSS z");
    private static final Parameter NUMBER_PATTERN = oneOf("#,##0.00", "0", "000.##", "0.###E0", "#%", "€#,##0.0");
    private static final Parameter LANGUAGE = oneOf("", "de-DE", "fr");
    private static final Parameter ZONE = oneOf("UTC", "PST", "Europe/Berlin", "GMT+5:30", "Asia/Kathmandu");
    private static final Parameter CHARSET = oneOf("UTF-8", "US-ASCII", "UTF-16LE", "Windows-1252");
    private static final Parameter MARKUP = oneOf("json", "xml", "html", "java", "ecmascript");
    private static final Parameter MODE = oneOf(1, 2, 3, 4, 5, 6, 7, 8, 9);
    /** A decimal written with plain digits. */
    private static final Parameter PLAIN = (made, depth) -> Cast.strict(made.expression(DECIMAL, depth), ScalarType.STRING);
    private static final Parameter DIGITS = oneOf(List.of("1", "64", "3"), List.of(), List.of("100", "0"));

    private static final Map<String, List<Parameter>> BY_NAME = Map.ofEntries(
        form("date_part", oneOf(with(UNITS, "day_of_year", "day_of_week")), TIME), form("date_add", UNIT, oneOf(-50L, -1L, 0L, 7L), TIME),
        form("date_difference", UNIT, TIME, TIME), form("date_truncate", UNIT, TIME),
        form("make_date", oneOf(1900, 2000, 2024, 1), oneOf(1, 2, 12, 13), oneOf(1, 28, 29, 31)), form("repeat", TEXT, SMALL),
        form("split", TEXT, oneOf(",", "", "a", " ", ".", "\\")), form("like", TEXT, oneOf("%a%", "_", "", "%\\%%", "1%")),
        form("matches", TEXT, oneOf("\\w*", ".*", "[0-9]+", "")), form("sequence", oneOf(-1L, 0L, 1L, 3L)),
        form("pad_start", TEXT, oneOf(-1, 0, 3, 9), oneOf("", "-", "äb")),
        form("pad_end", TEXT, oneOf(-1, 0, 3, 9), oneOf("", "-", "äb")),
        form("parse_time_pattern", TEXT, TIME_PATTERN, LANGUAGE), form("format_time_pattern", TIME, TIME_PATTERN, LANGUAGE),
        form("encode_text", TEXT, CHARSET), form("decode_text", BYTES, CHARSET), form("escape_text", TEXT, MARKUP),
        form("unescape_text", TEXT, MARKUP), form("digest", BYTES, oneOf("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")),
        form("blake2b", BYTES, oneOf(8, 256, 512)), form("integer_bytes", type(ScalarType.INT64), oneOf(1, 2, 4, 8)),
        form("format_number", PLAIN, NUMBER_PATTERN, LANGUAGE), form("parse_number", TEXT, NUMBER_PATTERN, LANGUAGE),
        form("round_text", PLAIN, SMALL, MODE), form("round_float64", type(ScalarType.FLOAT64), SMALL, MODE),
        form("add_decimal_text", PLAIN, PLAIN, oneOf(0, 2, 8)),
        form("subtract_decimal_text", PLAIN, PLAIN, oneOf(0, 2, 8)), form("multiply_decimal_text", PLAIN, PLAIN, oneOf(0, 2, 8)),
        form("divide_decimal_text", PLAIN, PLAIN, oneOf(0, 2, 8)),
        form("java_regex_find", TEXT, REGEX), form("java_regex_group", TEXT, REGEX, SMALL),
        form("java_regex_replace", TEXT, REGEX, oneOf("", "<$0>", "x")), form("java_regex_split", TEXT, REGEX),
        form("delimited_values", TEXT, oneOf(-1, 0, 1, 2), oneOf(List.of("\n", ",", "\"", "\\", "12"), List.of(" ", "a", "", "", ""))),
        form("utc_to_zone", TIME, ZONE), form("zone_to_utc", TIME, ZONE), form("bytes_of_numbers", DIGITS),
        form("set_bits", DIGITS, DIGITS), form("has_bit", DIGITS, oneOf(0L, 1L, 64L, -1L, 1000L)), form("factorial", SMALL));
    /** By the result's type. */
    static final Map<DataType, List<Form>> ALL = forms();

    private OperatorForms() {
    }

    /** Makes an argument. */
    @FunctionalInterface
    interface Parameter {
        Expression of(RandomExpressions made, int depth);
    }

    /** An operator with its arguments. */
    record Form(Operator operator, List<Parameter> parameters) {
    }

    private static Parameter type(DataType type) {
        return (made, depth) -> made.expression(type, depth);
    }

    private static Parameter oneOf(Object... constants) {
        return (made, _) -> {
            Object constant = constants[made.number(constants.length)];
            DataType type = constant instanceof String ? ScalarType.STRING : constant instanceof Integer ? ScalarType.INT32
                : constant instanceof Long ? ScalarType.INT64 : TEXTS;
            return new Literal(constant, type);
        };
    }

    private static Object[] with(List<String> units, String... more) {
        return Stream.concat(units.stream(), Arrays.stream(more)).toArray();
    }

    private static Map.Entry<String, List<Parameter>> form(String operator, Parameter... parameters) {
        return Map.entry(operator, List.of(parameters));
    }

    private static Map<DataType, List<Form>> forms() {
        Map<DataType, List<Form>> found = new HashMap<>();
        for (Operator operator : OperatorCatalogue.all()) {
            JavaOperator java = JavaImplementedOperators.implementation(operator);
            if (operator.kind() != Operator.Kind.SCALAR || !OperatorTable.has(operator) || APART.contains(operator.name())) {
                continue;
            }
            if (BY_NAME.containsKey(operator.name())) {
                add(found, result(operator), new Form(operator, BY_NAME.get(operator.name())));
            } else if (java != null) {
                add(found, JavaImplementedOperators.type(java.result()), new Form(operator,
                    java.parameters().stream().map(kind -> type(JavaImplementedOperators.type(kind))).toList()));
            } else if (Set.of("round", "truncate").contains(operator.name())) {
                RandomValues.TYPES.stream().filter(DataType::isNumeric)
                    .forEach(type -> add(found, type, new Form(operator, List.of(type(type), SMALL))));
            } else {
                combine(found, operator, List.of());
            }
        }
        return found;
    }

    private static DataType result(Operator operator) {
        JavaOperator java = JavaImplementedOperators.implementation(operator);
        if (java != null) {
            return JavaImplementedOperators.type(java.result());
        }
        return switch (operator.name()) {
            case "date_part" -> ScalarType.INT32;
            case "date_difference" -> ScalarType.INT64;
            case "date_add", "date_truncate" -> ScalarType.TIMESTAMP;
            case "make_date" -> ScalarType.DATE;
            case "like", "matches" -> ScalarType.BOOLEAN;
            case "split" -> TEXTS;
            case "sequence" -> new ArrayType(ScalarType.INT64);
            default -> ScalarType.STRING;
        };
    }

    private static void combine(Map<DataType, List<Form>> found, Operator operator, List<DataType> types) {
        DataType result = types.isEmpty() ? null : operator.types().resultOf(types);
        if (result != null) {
            add(found, result, new Form(operator, types.stream().map(OperatorForms::type).toList()));
        }
        if (types.size() < 3) {
            for (DataType type : RandomValues.TYPES) {
                List<DataType> more = new ArrayList<>(types);
                more.add(type);
                combine(found, operator, more);
            }
        }
    }

    private static void add(Map<DataType, List<Form>> found, DataType result, Form form) {
        found.computeIfAbsent(result, _ -> new ArrayList<>()).add(form);
    }
}
