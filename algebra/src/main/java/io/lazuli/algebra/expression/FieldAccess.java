package io.lazuli.algebra.expression;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.StructType;

/** A field of a structure; null when the structure is null. */
public record FieldAccess(Expression struct, String field, DataType type) implements Expression {
    public static FieldAccess of(Expression struct, String name) {
        if (!(struct.type() instanceof StructType type)) {
            throw failure(AlgebraError.TYPE_MISMATCH, "%s is a %s and has no field '%s'", struct, struct.type(), name);
        }
        DataType found = type.fields().stream().filter(field -> field.name().equals(name)).findFirst().map(Field::type)
            .orElseThrow(() -> failure(AlgebraError.COLUMN_NOT_FOUND, "Field '%s' is not in %s", name, type));
        return new FieldAccess(struct, name, found);
    }

    @Override
    public String toString() {
        return struct + "." + field;
    }
}
