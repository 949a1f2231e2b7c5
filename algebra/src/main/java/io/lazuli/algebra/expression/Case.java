package io.lazuli.algebra.expression;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.ScalarType;
import java.util.List;
import java.util.stream.Collectors;

/** The value of the first branch whose condition is true (not null), else {@code otherwise}. All values have one type. */
public record Case(List<Branch> branches, Expression otherwise) implements Expression {
    /** A condition and the value that it selects. */
    public record Branch(Expression condition, Expression value) {
    }

    public Case {
        branches = List.copyOf(branches);
        for (Branch branch : branches) {
            if (branch.condition().type() != ScalarType.BOOLEAN || !branch.value().type().equals(otherwise.type())) {
                throw failure(AlgebraError.TYPE_MISMATCH, "A branch of type %s on a %s stands beside an else of type %s",
                    branch.value().type(), branch.condition().type(), otherwise.type());
            }
        }
    }

    @Override
    public DataType type() {
        return otherwise.type();
    }

    @Override
    public String toString() {
        return branches.stream().map(branch -> " when " + branch.condition() + " then " + branch.value())
            .collect(Collectors.joining("", "case", " else " + otherwise + " end"));
    }
}
