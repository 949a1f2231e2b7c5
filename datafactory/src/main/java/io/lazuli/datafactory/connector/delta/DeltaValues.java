package io.lazuli.datafactory.connector.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
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
import io.lazuli.algebra.type.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Values as data files hold them, and as flows see them: fields by name, those that a file has not null, in the table's types. */
final class DeltaValues {
    private final Form form;

    private DeltaValues(Form form) {
        this.form = form;
    }

    /** How fields are called in a value and in its result, and how simple values of the result are typed. */
    private record Form(
        Function<StructField, String> from, Function<StructField, String> to, Function<DataType, io.lazuli.algebra.type.DataType> type) {
    }

    /** A value of a data file as a flow sees it. */
    static Expression read(Expression stored, DataType type) {
        return new DeltaValues(new Form(PhysicalNames::of, StructField::getName, DeltaTypes::of)).value(stored, type);
    }

    /** A flow's value in the type of a table's column, as {@link #read} gives it. */
    static Expression fitted(Expression given, DataType type) {
        return new DeltaValues(new Form(StructField::getName, StructField::getName, DeltaTypes::of)).value(given, type);
    }

    /** A fitted value as a data file holds it. */
    static Expression write(Expression fitted, DataType type) {
        return new DeltaValues(new Form(StructField::getName, PhysicalNames::of,
            simple -> simple instanceof TimestampType ? ScalarType.INSTANT : DeltaTypes.of(simple))).value(fitted, type);
    }

    private io.lazuli.algebra.type.DataType target(DataType type) {
        return switch (type) {
            case StructType struct -> new io.lazuli.algebra.type.StructType(
                struct.fields().stream().map(field -> new Field(form.to().apply(field), target(field.getDataType()))).toList());
            case ArrayType array -> new io.lazuli.algebra.type.ArrayType(target(array.getElementType()));
            case MapType map -> new io.lazuli.algebra.type.MapType(target(map.getKeyType()), target(map.getValueType()));
            default -> form.type().apply(type);
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
                .filter(candidate -> candidate.equalsIgnoreCase(form.from().apply(field))).findFirst();
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
