package io.lazuli.algebra.policy;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.Source;
import io.lazuli.algebra.type.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what a principal may see of a source. */
@FunctionalInterface
public interface AccessPolicy {
    /**
     * The rights on a source that this policy restricts; empty for all rights.
     *
     * @param columns gives all columns of the source, for which the engine may have to look at it
     */
    Optional<Rights> rights(String principal, Source source, Supplier<Schema> columns);

    /**
     * Expressions over the source's columns.
     *
     * @param rows true for the rows that are seen; empty for all
     * @param masks what is seen in place of a column's values, by the column's name and of its type
     */
    record Rights(Optional<Expression> rows, Map<String, Expression> masks) {
        public Rights {
            masks = Map.copyOf(masks);
        }
    }
}
