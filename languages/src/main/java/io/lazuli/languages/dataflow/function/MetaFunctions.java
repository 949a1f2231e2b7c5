package io.lazuli.languages.dataflow.function;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.dataflow.function.FlowFunction.function;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.scope.InputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Columns by their names, positions and paths; the answer is known when the flow is planned, drifted columns too. */
final class MetaFunctions {
    static final List<FlowFunction> ALL = List.of(
        function("byItem(parent, name)", call -> item(call.value(0), call.constantString(1)).orElse(Literal.NULL)),
        function("byName(name, [stream])", call -> one(call, name(call), 1, MetaFunctions::ofStream)),
        function("byNames(names, [stream])", call -> several(call, MetaFunctions::ofStream)),
        function("byOrigin(name, [stream])", call -> one(call, name(call), 1, MetaFunctions::ofOrigin)),
        function("byOrigins(names, [stream])", call -> several(call, MetaFunctions::ofOrigin)),
        function("byPath(path, [stream])", call -> path(call).orElse(Literal.NULL)),
        function("byPosition(position)", MetaFunctions::position),
        function("columnNames([stream], [drifted])", MetaFunctions::names),
        function("columns([stream])", call -> array(call, columns(call, 0, MetaFunctions::ofStream))),
        function("hasColumn(name, [stream])", call -> truth(find(call, name(call), 1, MetaFunctions::ofStream).isPresent())),
        function("hasPath(path, [stream])", call -> truth(path(call).isPresent())),
        function("originColumns(stream)", call -> array(call, columns(call, 0, MetaFunctions::ofOrigin))),
        function("typeMatch(type, base)", call -> truth(matches(call.constantString(0), call.constantString(1)))));

    /** Those that look at the columns that are there. */
    static final Set<String> OF_COLUMNS = Set.of("byName", "byNames", "byOrigin", "byOrigins", "byPath", "byPosition", "columnNames",
        "columns", "hasColumn", "hasPath", "originColumns");

    /** The columns that the name of a stream means. */
    @FunctionalInterface
    private interface Choice {
        List<InputColumn> of(FunctionCall call, String stream);
    }

    private MetaFunctions() {
    }

    private static Expression truth(boolean value) {
        return value ? Literal.TRUE : Literal.FALSE;
    }

    private static String name(FunctionCall call) {
        return call.value(0) instanceof Literal(Number number, var _) ? number.toString() : call.constantString(0);
    }

    /** The columns of the stream that an argument names, of all when it is left out or empty. */
    private static List<InputColumn> columns(FunctionCall call, int argument, Choice choice) {
        String wanted = call.has(argument) ? call.constantString(argument) : "";
        return choice.of(call, wanted);
    }

    private static List<InputColumn> ofStream(FunctionCall call, String stream) {
        return call.scope().columns(stream);
    }

    private static List<InputColumn> ofOrigin(FunctionCall call, String stream) {
        return call.scope().columns().stream().filter(column -> stream.isEmpty() || stream.equals(column.origin())).toList();
    }

    private static Optional<Expression> find(FunctionCall call, String name, int argument, Choice choice) {
        return columns(call, argument, choice).stream().filter(column -> column.name().equals(name)).map(InputColumn::value).findFirst();
    }

    private static Expression one(FunctionCall call, String name, int argument, Choice choice) {
        return find(call, name, argument, choice).orElse(Literal.NULL);
    }

    /** An array of the columns' values, one column alone as itself; null when one of them is not there. */
    private static Expression several(FunctionCall call, Choice choice) {
        List<Expression> values = new ArrayList<>();
        for (String name : constants(call)) {
            Optional<Expression> value = find(call, name, 1, choice);
            if (value.isEmpty()) {
                return Literal.NULL;
            }
            values.add(value.get());
        }
        return values.size() == 1 ? values.getFirst() : ofOneType(call, values);
    }

    private static List<String> constants(FunctionCall call) {
        Expression names = call.array(0);
        if (names instanceof Literal(List<?> values, var _)) {
            return values.stream().map(String::valueOf).toList();
        }
        boolean constant = names instanceof Call array && array.operator().equals(ConversionOperators.ARRAY)
            && array.arguments().stream().allMatch(name -> name instanceof Literal(String _, var _));
        if (!constant) {
            throw failure(CommonError.INVALID_ARGUMENT, call.syntax(0).at(), "%s takes names written out or a parameter", call.name());
        }
        return ((Call) names).arguments().stream().map(name -> (String) ((Literal) name).value()).toList();
    }

    private static Expression array(FunctionCall call, List<InputColumn> columns) {
        return ofOneType(call, columns.stream().map(InputColumn::value).toList());
    }

    /** Columns of different types become texts. */
    private static Expression ofOneType(FunctionCall call, List<Expression> values) {
        var common = values.stream().map(Expression::type).reduce(ScalarType.NULL, (left, right) ->
            left == null ? null : FlowTypes.common(left, right));
        return ArrayFunctions.of(values.stream()
            .map(value -> common == null ? Conversions.toText(value) : Coercion.widen(value, common)).toList());
    }

    private static Expression position(FunctionCall call) {
        int position = call.constantInteger(0);
        List<InputColumn> columns = call.scope().columns();
        return position >= 1 && position <= columns.size() ? columns.get(position - 1).value() : Literal.NULL;
    }

    private static Expression names(FunctionCall call) {
        boolean drifted = call.has(1) && call.constantBoolean(1);
        return ArrayFunctions.of(columns(call, 0, MetaFunctions::ofStream).stream().filter(column -> !drifted || column.drifted())
            .map(column -> (Expression) Literal.string(column.name())).toList());
    }

    private static Optional<Expression> path(FunctionCall call) {
        String[] steps = call.constantString(0).split("\\.");
        Optional<Expression> found = find(call, call.constantString(0), 1, MetaFunctions::ofStream);
        if (found.isPresent()) {
            return found;
        }
        Optional<Expression> value = find(call, steps[0], 1, MetaFunctions::ofStream);
        for (int i = 1; i < steps.length && value.isPresent(); i++) {
            value = item(value.get(), steps[i]);
        }
        return value;
    }

    /** The part of a structure, or of each structure in an array, wherever in it that name first occurs. */
    private static Optional<Expression> item(Expression value, String name) {
        if (value.type() instanceof StructType struct) {
            return struct.fields().stream().filter(field -> field.name().equals(name)).findFirst()
                .map(field -> (Expression) FieldAccess.of(value, field.name()));
        }
        if (!(value.type() instanceof ArrayType array)) {
            return Optional.empty();
        }
        LambdaVariable item = new LambdaVariable("part", array.element());
        return item(item, name)
            .map(part -> Operators.call(ArrayOperators.ARRAY_TRANSFORM, value, new Lambda(List.of(item), part)));
    }

    private static boolean matches(String type, String base) {
        String plain = type.replaceFirst("\\(\\d.*", "");
        return switch (base) {
            case "number" -> List.of("short", "integer", "long", "double", "float", "decimal").contains(plain);
            case "integral" -> List.of("short", "integer", "long").contains(plain);
            case "fractional" -> List.of("double", "float", "decimal").contains(plain);
            case "datetime" -> List.of("date", "timestamp").contains(plain);
            default -> type.equals(base) || plain.equals(base);
        };
    }
}
