package io.lazuli.languages.dataflow.function;

import io.lazuli.foundation.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All functions. A category is a class with a list; add it to {@link #CATEGORIES}. */
public final class FunctionTable {
    private static final List<List<FlowFunction>> CATEGORIES = List.of(ArithmeticFunctions.ALL, MathFunctions.ALL, LogicFunctions.ALL,
        TextFunctions.ALL, RegexFunctions.ALL, ConversionFunctions.ALL, DateFunctions.ALL, ArrayFunctions.ALL,
        MapFunctions.ALL, HashFunctions.ALL, TypeTestFunctions.ALL, EncodingFunctions.ALL, MetaFunctions.ALL, AggregateFunctions.ALL,
        WindowFunctions.ALL, RowStateFunctions.ALL);
    private static final Map<String, FlowFunction> BY_NAME = byName();

    private FunctionTable() {
    }

    /** The function that a call names in whatever case, also as {@code regex_replace}; null when there is none. */
    public static FlowFunction find(String name) {
        return BY_NAME.get(name.toLowerCase(Locale.ROOT).replace("_", ""));
    }

    /** Whether what a function gives depends on the columns that are there, without naming one as an expression: {@code byName('id')}. */
    public static boolean findsColumns(String name) {
        FlowFunction function = find(name);
        return function != null && MetaFunctions.OF_COLUMNS.contains(function.name());
    }

    /** In alphabetical order. */
    public static Collection<FlowFunction> all() {
        return BY_NAME.values();
    }

    /** One sentence on what a function gives, and an example that stands alone where there is one; a function without is a defect. */
    public static FunctionMeaning meaning(String name) {
        FunctionMeaning meaning = FunctionMeaning.ALL.get(name);
        if (meaning == null) {
            throw new IllegalStateException("Function '" + name + "' has no meaning");
        }
        return meaning;
    }

    /** {@code "; did you mean 'x'?"} or nothing. */
    public static String hint(String name) {
        return NearestName.hint(name, all().stream().map(FlowFunction::name).toList());
    }

    private static Map<String, FlowFunction> byName() {
        Map<String, FlowFunction> functions = new TreeMap<>();
        Stream<FlowFunction> all = CATEGORIES.stream().flatMap(List::stream);
        all.forEach(function -> {
            if (functions.put(function.name().toLowerCase(Locale.ROOT), function) != null) {
                throw new IllegalStateException("Function '" + function.name() + "' is there twice");
            }
        });
        return functions;
    }
}
