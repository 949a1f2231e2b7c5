package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.duckdb.render.Rendering.Arguments;

/**
 * Arrays. Names that begin with a tilde are variables of the renderings' own lambdas; a list of one element that is transformed gives a
 * value a name, so that it is written and computed once.
 */
final class ArrayRenderings {
    private ArrayRenderings() {
    }

    static void fill(OperatorTable table) {
        // DuckDB counts negative positions from the end; 0 has no element.
        table.scalar(ArrayOperators.ARRAY_ITEM, "{0}[greatest({1}, 0)]");
        table.scalar(ArrayOperators.ARRAY_SIZE, "CAST(len({0}) AS INTEGER)");
        table.scalar(ArrayOperators.ARRAY_TRANSFORM, "list_transform({0}, {1})");
        table.scalar(ArrayOperators.ARRAY_FILTER, "list_filter({0}, {1})");
        table.scalar(ArrayOperators.ARRAY_REDUCE, ArrayRenderings::reduce);
        table.scalar(ArrayOperators.ARRAY_SORT, ArrayRenderings::sort);
        table.scalar(ArrayOperators.ARRAY_DISTINCT, arguments -> distinct(unsigned(arguments, 0)));
        table.scalar(ArrayOperators.ARRAY_CONCAT, "({0} || {1})");
        table.scalar(ArrayOperators.ARRAY_EXCEPT, arguments -> kept(arguments, "IS NULL"));
        table.scalar(ArrayOperators.ARRAY_INTERSECT, arguments -> kept(arguments, "IS NOT NULL"));
        table.scalar(ArrayOperators.ARRAY_SLICE, "CASE WHEN {2} < 1 THEN {0}[1:0] WHEN {1} < 1 THEN {0}[1:0] "
            + "ELSE {0}[{1}:CAST({1} AS BIGINT) + {2} - 1] END");
        table.scalar(ArrayOperators.ARRAY_CONTAINS, "CASE WHEN list_contains({0}, {1}) THEN TRUE "
            + "WHEN {1} IS NOT NULL AND {0} IS NOT NULL AND list_position({0}, NULL) IS NULL THEN FALSE END");
        table.scalar(ArrayOperators.ARRAY_FLATTEN, "flatten({0})");
        table.scalar(ArrayOperators.SEQUENCE, "range(1, CASE WHEN {0} > 10000000 THEN CAST("
            + RaisedErrors.raise(AlgebraError.CONVERSION_FAILED, "'An array of more than 10000000 elements is too long'")
            + " AS BIGINT) ELSE {0} END + 1)");
    }

    /** Gives a value a name within a text. */
    private static String let(String name, String value, String body) {
        return "list_transform([" + value + "], lambda " + name + ": " + body + ")[1]";
    }

    private static String unsigned(Arguments arguments, int argument) {
        return UnsignedZero.of(arguments.sql().get(argument), arguments.types().get(argument));
    }

    private static String distinct(String array) {
        return let("\"~l\"", array, "list_filter(\"~l\", lambda \"~e\", \"~i\": list_position(\"~l\", \"~e\") = \"~i\")");
    }

    private static String kept(Arguments arguments, String found) {
        return let("\"~r\"", unsigned(arguments, 1), "CASE WHEN \"~r\" IS NOT NULL THEN list_filter(" + distinct(unsigned(arguments, 0))
            + ", lambda \"~x\": list_position(\"~r\", \"~x\") " + found + ") END");
    }

    /** The variables of a rendered lambda, and its body. */
    private record Function(String[] variables, String body) {
        static Function of(String lambda) {
            int colon = lambda.indexOf(": ");
            return new Function(lambda.substring("lambda ".length(), colon).split(", "), lambda.substring(colon + 2));
        }
    }

    /** DuckDB's own function wants one type for elements and results: where they differ, both travel in a structure. */
    private static String reduce(Arguments arguments) {
        DataType element = ((ArrayType) arguments.types().getFirst()).element();
        if (element.equals(arguments.result())) {
            return arguments.fill("list_reduce({0}, {2}, {1})");
        }
        Function function = Function.of(arguments.sql().get(2));
        String noResult = "CAST(NULL AS " + SqlTypes.of(arguments.result()) + ")";
        String noElement = "CAST(NULL AS " + SqlTypes.of(element) + ")";
        String step = let(function.variables[0], "\"~p\".a", let(function.variables[1], "\"~q\".x", function.body));
        return fold(arguments.sql().getFirst(), noResult, step, noElement, arguments.sql().get(1));
    }

    /** Each element in turn goes behind those that may stand before it. */
    private static String sort(Arguments arguments) {
        DataType element = ((ArrayType) arguments.types().getFirst()).element();
        Function compare = Function.of(arguments.sql().get(1));
        String sorted = "CAST(NULL AS " + SqlTypes.of(arguments.result()) + ")";
        String none = "CAST([] AS " + SqlTypes.of(arguments.result()) + ")";
        String noElement = "CAST(NULL AS " + SqlTypes.of(element) + ")";
        String before = "coalesce(" + compare.body + ", 0) <= 0";
        String inserted = let(compare.variables[1], "\"~q\".x",
            "list_filter(\"~p\".a, lambda " + compare.variables[0] + ": " + before + ") || [" + compare.variables[1]
                + "] || list_filter(\"~p\".a, lambda " + compare.variables[0] + ": NOT (" + before + "))");
        return fold(arguments.sql().getFirst(), sorted, inserted, noElement, none);
    }

    /** {@code step} makes the next result of the one so far, {@code ~p.a}, and the element, {@code ~q.x}. */
    private static String fold(String array, String noResult, String step, String noElement, String start) {
        return "list_reduce(list_transform(" + array + ", lambda \"~e\": {'a': " + noResult
            + ", 'x': \"~e\"}), lambda \"~p\", \"~q\": {'a': " + step + ", 'x': "
            + noElement + "}, {'a': " + start + ", 'x': " + noElement + "}).a";
    }
}
