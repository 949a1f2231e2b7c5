package io.lazuli.algebra.operator;

import io.lazuli.algebra.operator.Operator.TypeRule;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
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

    /** One argument of any type. */
    static TypeRule any(DataType result) {
        return arguments -> arguments.size() == 1 ? result : null;
    }
}
