package io.lazuli.datafactory.copy.mapping;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import java.util.Optional;

/** Finds the values that a mapping's source names, in columns or in documents. */
final class SourceColumns {
    private static final String ELEMENT = "collection element";

    private final Plan rows;
    private final SourceShape shape;
    private final int ownColumns;
    private final Optional<JsonPath> collection;

    /**
     * @param ownColumns how many of the columns are the source's, before the additional ones
     */
    SourceColumns(Plan input, SourceShape shape, int ownColumns, Optional<JsonPath> collection) {
        this.shape = shape;
        this.ownColumns = ownColumns;
        this.collection = collection;
        this.rows = collection.isPresent() ? unnested(input, collection.get()) : input;
    }

    /** The source's rows, one for each element of the collection when there is one. */
    Plan rows() {
        return rows;
    }

    Expression find(Endpoint source) {
        return shape == SourceShape.DOCUMENTS ? inDocument(source.documentPath(), true) : column(source);
    }

    private Expression column(Endpoint source) {
        String name = source.name() != null || source.path() == null ? source.name() : pathName(source.path());
        Optional<Field> named = name == null ? Optional.empty() : rows.schema().find(name);
        if (named.isPresent()) {
            return ColumnReference.of(named.get());
        }
        if (source.ordinal() != null && source.ordinal() <= ownColumns) {
            return ColumnReference.of(rows.schema().fields().get(source.ordinal() - 1));
        }
        String label = name == null ? source.label() : name;
        throw CopyFailure.of("UserErrorInvalidColumnMappingColumnNotFound",
            "Column '%s' specified in column mapping cannot be found in source data.", label);
    }

    private static String pathName(JsonPath path) {
        return path.steps().size() == 1 && path.steps().getFirst() instanceof JsonPath.Member member ? member.name() : path.toString();
    }

    private Expression inDocument(JsonPath path, boolean mayBeElement) {
        JsonPath place = collection.isPresent() && mayBeElement ? path.relativeTo(collection.get()) : path;
        boolean element = collection.isPresent() && !place.absolute();
        Expression value = element ? ColumnReference.of(rows.schema().field(ELEMENT)) : null;
        for (JsonPath.Step step : place.steps()) {
            value = value == null ? top(rows, step) : down(value, step);
        }
        return value == null ? Formulas.nothing(ScalarType.STRING) : value;
    }

    private static Plan unnested(Plan input, JsonPath path) {
        Expression value = null;
        for (JsonPath.Step step : path.steps()) {
            value = value == null ? top(input, step) : down(value, step);
        }
        Expression array = value == null ? Formulas.nothing(new ArrayType(ScalarType.STRING)) : switch (value.type()) {
            case ArrayType _ -> value;
            case StructType _ -> Call.of(ConversionOperators.ARRAY, value);
            default -> value.type() == ScalarType.VARIANT ? Call.of(ConversionOperators.VARIANT_ELEMENTS, value)
                : Formulas.nothing(new ArrayType(ScalarType.STRING));
        };
        return new Unnest(input, array, ELEMENT, false);
    }

    private static Expression top(Plan rows, JsonPath.Step step) {
        Optional<Field> field = step instanceof JsonPath.Member member ? rows.schema().find(member.name()) : Optional.empty();
        return field.<Expression>map(ColumnReference::of).orElse(Formulas.nothing(ScalarType.STRING));
    }

    /** A part of a value; null for a part that no document has. */
    private static Expression down(Expression value, JsonPath.Step step) {
        return switch (step) {
            case JsonPath.Member member -> switch (value.type()) {
                case StructType struct when struct.fields().stream().anyMatch(field -> field.name().equals(member.name())) ->
                    FieldAccess.of(value, member.name());
                case ScalarType scalar when scalar == ScalarType.VARIANT ->
                    Call.of(ConversionOperators.VARIANT_MEMBER, value, Literal.string(member.name()));
                default -> Formulas.nothing(ScalarType.STRING);
            };
            case JsonPath.Element element -> switch (value.type()) {
                case ArrayType _ -> Call.of(ConversionOperators.ELEMENT_AT, value, Literal.int64(element.index()));
                case ScalarType scalar when scalar == ScalarType.VARIANT ->
                    Call.of(ConversionOperators.VARIANT_MEMBER, value, Literal.int64(element.index()));
                default -> Formulas.nothing(ScalarType.STRING);
            };
            case JsonPath.Each _ -> throw CopyFailure.of("UserErrorJsonPathNotSupported",
                "A path with [*] inside is not supported outside collectionReference; one array is iterated.");
        };
    }
}
