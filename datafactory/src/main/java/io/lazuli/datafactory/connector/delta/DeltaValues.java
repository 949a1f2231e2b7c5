package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values as data files hold them, and as flows see them: fields by name, those that a file has not null, in the table's types. */
final class DeltaValues {
    private final Form form;

    private DeltaValues(Form form) {
        this.form = form;
    }

    /** How the fields and simple values of the result are called and typed. */
    private interface Form {
        String from(StructField field);

        String to(StructField field);

        io.lazuli.algebra.type.DataType type(DataType type);
    }

    /** A value of a data file as a flow sees it. */
    static Expression read(Expression stored, DataType type) {
        return new DeltaValues(new Form() {
            @Override
            public String from(StructField field) {
                return PhysicalNames.of(field);
            }

            @Override
            public String to(StructField field) {
                return field.getName();
            }

            @Override
            public io.lazuli.algebra.type.DataType type(DataType type) {
                return DeltaTypes.of(type);
            }
        }).value(stored, type);
    }

    private io.lazuli.algebra.type.DataType target(DataType type) {
        return switch (type) {
            case StructType struct -> new io.lazuli.algebra.type.StructType(
                struct.fields().stream().map(field -> new Field(form.to(field), target(field.getDataType()))).toList());
            case ArrayType array -> new io.lazuli.algebra.type.ArrayType(target(array.getElementType()));
            case MapType map -> new io.lazuli.algebra.type.MapType(target(map.getKeyType()), target(map.getValueType()));
            default -> form.type(type);
        };
    }

    private Expression value(Expression value, DataType type) {
        io.lazuli.algebra.type.DataType target = target(type);
        if (value.type().equals(target)) {
            return value;
        }
        if (type instanceof StructType struct && value.type() instanceof io.lazuli.algebra.type.StructType given) {
            return structure(value, struct, given, target);
        }
        if (type instanceof ArrayType array && value.type() instanceof io.lazuli.algebra.type.ArrayType given) {
            LambdaVariable element = new LambdaVariable("element", given.element());
            return Call.of(ArrayOperators.ARRAY_TRANSFORM, value, new Lambda(List.of(element), value(element, array.getElementType())));
        }
        if (type instanceof MapType map && value.type() instanceof io.lazuli.algebra.type.MapType given) {
            return map(value, map, given, (io.lazuli.algebra.type.MapType) target);
        }
        return Cast.strict(value, target);
    }

    private Expression structure(
        Expression value, StructType struct, io.lazuli.algebra.type.StructType given, io.lazuli.algebra.type.DataType target) {
        List<Expression> fields = new ArrayList<>();
        for (StructField field : struct.fields()) {
            Optional<String> name = given.fields().stream().map(Field::name)
                .filter(candidate -> candidate.equalsIgnoreCase(form.from(field))).findFirst();
            fields.add(name.map(found -> value(FieldAccess.of(value, found), field.getDataType()))
                .orElseGet(() -> new Literal(null, target(field.getDataType()))));
        }
        return new Case(List.of(new Case.Branch(Call.of(ComparisonOperators.IS_NULL, value), new Literal(null, target))),
            new Call(ConversionOperators.STRUCTURE, fields, target));
    }

    private Expression map(
        Expression value, MapType map, io.lazuli.algebra.type.MapType given, io.lazuli.algebra.type.MapType target) {
        LambdaVariable entry = new LambdaVariable("entry", MapOperators.entry(given));
        Expression changed = new Call(ConversionOperators.STRUCTURE, List.of(value(FieldAccess.of(entry, "key"), map.getKeyType()),
            value(FieldAccess.of(entry, "value"), map.getValueType())), MapOperators.entry(target));
        Expression entries = Call.of(ArrayOperators.ARRAY_TRANSFORM, Call.of(MapOperators.MAP_ENTRIES, value),
            new Lambda(List.of(entry), changed));
        return Call.of(MapOperators.MAP_FROM_ENTRIES, entries);
    }
}
