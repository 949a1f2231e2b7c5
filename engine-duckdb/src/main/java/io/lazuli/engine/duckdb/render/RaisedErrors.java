package io.lazuli.engine.duckdb.render;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.foundation.LazuliException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failures that SQL text raises with a code of ours. */
public final class RaisedErrors {
    private static final Pattern RAISED = Pattern.compile("Error: lazuli/(\\w+)<(.*?)>lazuli", Pattern.DOTALL);

    private RaisedErrors() {
    }

    /** An SQL expression that fails; {@code message} is an SQL text. */
    public static String raise(AlgebraError code, String message) {
        return "error('lazuli/" + code.name() + "<' || " + message + " || '>lazuli')";
    }

    /** The failure that an engine's error text carries, or null. */
    public static LazuliException find(String text, Throwable cause) {
        Matcher matcher = RAISED.matcher(text);
        return matcher.find() ? new LazuliException(AlgebraError.valueOf(matcher.group(1)), null, matcher.group(2), cause) : null;
    }
}
