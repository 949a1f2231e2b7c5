package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.NearestName;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds a function by its name. */
final class FunctionBinder {
    private static final Map<String, Function> FUNCTIONS = functions();

    private FunctionBinder() {
    }

    /** A function of T-SQL: how many arguments it takes and what it means. */
    record Function(int least, int most, Meaning meaning) {
        static Function of(int count, Meaning meaning) {
            return new Function(count, count, meaning);
        }

        static Function of(int least, int most, Meaning meaning) {
            return new Function(least, most, meaning);
        }
    }

    /** Binds a call whose number of arguments fits. */
    @FunctionalInterface
    interface Meaning {
        Typed bind(FunctionCall call, ExpressionBinder binder);
    }

    private static Map<String, Function> functions() {
        Map<String, Function> all = new HashMap<>();
        all.putAll(StringFunctions.ALL);
        all.putAll(MathFunctions.ALL);
        all.putAll(DateFunctions.ALL);
        all.putAll(ConditionalFunctions.ALL);
        all.putAll(SystemFunctions.ALL);
        return Map.copyOf(all);
    }

    static Typed bind(FunctionCall call, ExpressionBinder binder) {
        String name = call.name().getLast().toUpperCase(Locale.ROOT);
        if (call.name().size() > 1) {
            throw ExpressionBinder.unsupported("The user-defined function " + String.join(".", call.name()), call.at());
        }
        if (call.over() != null) {
            return Windows.bind(call, binder);
        }
        if (Aggregates.isAggregate(call)) {
            return Aggregates.bind(call, binder);
        }
        Function function = FUNCTIONS.get(name);
        if (function == null) {
            Optional<Typed> property = call.arguments().isEmpty() ? binder.environment().property(name + "()") : Optional.empty();
            return property.orElseThrow(() -> unknown(call, name));
        }
        int count = call.arguments().size();
        if (count < function.least() || count > function.most()) {
            throw failure(SqlError.ARGUMENT_COUNT, call.at(), "The %s function requires %s argument(s).", name.toLowerCase(Locale.ROOT),
                function.least() == function.most() ? String.valueOf(function.least())
                    : function.most() == Integer.MAX_VALUE ? "at least " + function.least() : function.least() + " to " + function.most());
        }
        return function.meaning().bind(call, binder);
    }

    private static RuntimeException unknown(FunctionCall call, String name) {
        if (Windows.isWindowFunction(name)) {
            return failure(SqlError.MISPLACED_WINDOW, call.at(), "The function '%s' must have an OVER clause.", name);
        }
        return failure(SqlError.UNKNOWN_FUNCTION, call.at(), "'%s' is not a recognized built-in function name.%s", call.name().getLast(),
            NearestName.of(name, FUNCTIONS.keySet()).map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
    }
}
