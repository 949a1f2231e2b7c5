package io.lazuli.languages.dataflow.scope;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.Place;
import java.util.List;

/** What transformations know of a row beside its columns: whether it matched, its policy, its failed asserts. */
@FunctionalInterface
public interface RowState {
    /** In the place of a function's name: the number of the row, from 1. */
    String NUMBER = "row number";

    /**
     * What a function such as {@code isMatch}, {@code isInsert} or {@code hasError} gives for the row.
     *
     * @param function the name as documented
     * @param arguments the stream's number from 1, or the id of an assert; mostly none
     * @return null where this state does not know the function
     */
    Expression value(String function, List<Expression> arguments, Place at);
}
