package io.lazuli.algebra.expression;

import io.lazuli.algebra.type.DataType;

/**
 * A value computed from a row. Typed when it is built: an expression whose types do not fit cannot exist.
 *
 * <p>Languages make every conversion explicit with {@link Cast}; operators never convert by themselves. A pass is one exhaustive
 * {@code switch} over these records.
 */
public sealed interface Expression
    permits Literal, ColumnReference, OuterReference, Call, Cast, Case, AggregateCall, WindowCall, Lambda, LambdaVariable, FieldAccess,
        ScalarSubquery, ExistsSubquery, InSubquery {
    DataType type();
}
