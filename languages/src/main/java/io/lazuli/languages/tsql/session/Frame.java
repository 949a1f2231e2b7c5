package io.lazuli.languages.tsql.session;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.StatementBinder;
import io.lazuli.languages.tsql.bind.Typed;
import io.lazuli.languages.tsql.type.SqlError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The variables of a batch or of a procedure's call. Names are told apart by their letters, not by their case. */
final class Frame {
    private final Map<String, Typed> variables = new LinkedHashMap<>();
    private int returnValue;

    void declare(String name, Typed value, Place at) {
        if (variables.putIfAbsent(key(name), value) != null) {
            throw failure(SqlError.DUPLICATE_VARIABLE, at,
                "The variable name '%s' has already been declared. Variable names must be unique "
                + "within a query batch or stored procedure.", name);
        }
    }

    /** As DECLARE in a loop does again. */
    void redeclare(String name, Typed value) {
        variables.put(key(name), value);
    }

    boolean knows(String name) {
        return variables.containsKey(key(name));
    }

    Typed get(String name, Place at) {
        Typed value = variables.get(key(name));
        if (value == null) {
            throw failure(SqlError.UNDECLARED_VARIABLE, at, "Must declare the scalar variable \"%s\".%s", name,
                NearestName.of(name, variables.keySet()).map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
        }
        return value;
    }

    /** Gives the variable a value, converted to the variable's type. */
    void set(String name, Typed value, Place at) {
        Typed old = get(name, at);
        variables.put(key(name), StatementBinder.converted(value, old.type(), at));
    }

    int returnValue() {
        return returnValue;
    }

    void returns(int value) {
        returnValue = value;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
