package io.lazuli.algebra.operator;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import java.util.List;

/** Type rules that several operators share. */
final class TypeRules {
    private TypeRules() {
    }

    /** Exactly these argument types. */
    static TypeRule exactly(DataType result, DataType... parameters) {
        return arguments -> arguments.equals(List.of(parameters)) ? result : null;
    }

    /** {@code count} arguments, all of one type, whatever it is. */
    static TypeRule alike(DataType result, int count) {
        return arguments -> arguments.size() == count && arguments.stream().distinct().count() == 1 ? result : null;
    }

    /** One or more arguments of one type, which is the result's. */
    static TypeRule sameAsArguments() {
        return arguments -> arguments.stream().distinct().count() == 1 ? arguments.getFirst() : null;
    }

    /** {@code count} numbers of one type, which is the result's. */
    static TypeRule sameNumber(int count) {
        return arguments -> arguments.size() == count && arguments.getFirst().isNumeric() && arguments.stream().distinct().count() == 1
            ? arguments.getFirst() : null;
    }

    /** Strings only, {@code least} or more. */
    static TypeRule strings(DataType result, int least) {
        return arguments -> arguments.size() >= least && arguments.stream().allMatch(ScalarType.STRING::equals) ? result : null;
    }

    /** Whether values of the type have an order: maps, and what has them as parts, have none. */
    static boolean isOrdered(DataType type) {
        return switch (type) {
            case MapType _ -> false;
            case ArrayType array -> isOrdered(array.element());
            case StructType struct -> struct.fields().stream().allMatch(field -> isOrdered(field.type()));
            default -> true;
        };
    }

    /** The rule, for arguments that have an order. */
    static TypeRule ordered(TypeRule rule) {
        return arguments -> arguments.stream().allMatch(TypeRules::isOrdered) ? rule.resultOf(arguments) : null;
    }

    /** One argument of any type. */
    static TypeRule any(DataType result) {
        return arguments -> arguments.size() == 1 ? result : null;
    }
}
