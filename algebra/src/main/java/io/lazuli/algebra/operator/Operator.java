package io.lazuli.algebra.operator;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.DataType;
import java.util.List;
import java.util.Set;

/**
 * A canonical operator: one exact meaning, whatever language calls it and whatever engine runs it.
 *
 * @param name unique in {@link OperatorCatalogue}, lower case with underscores
 * @param meaning one sentence, with null and error behaviour where it is not "null if any argument is null"
 * @param types gives the result's type, or null when the arguments do not fit
 */
public record Operator(String name, Kind kind, String meaning, TypeRule types) {
    /** Where a call may stand. */
    public enum Kind { SCALAR, AGGREGATE, WINDOW }

    /** A pure function from argument types to the result's type; null when they do not fit. */
    @FunctionalInterface
    public interface TypeRule {
        DataType resultOf(List<DataType> arguments);
    }

    public DataType resultType(List<DataType> arguments) {
        DataType result = types.resultOf(arguments);
        if (result == null) {
            throw failure(AlgebraError.TYPE_MISMATCH, "Operator '%s' does not take %s", name, arguments);
        }
        return result;
    }

    public void require(Kind... kinds) {
        if (!Set.of(kinds).contains(kind)) {
            throw failure(AlgebraError.TYPE_MISMATCH, "Operator '%s' is a %s operator", name, kind);
        }
    }

    /** Operators are known by their name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Operator operator && operator.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
