package io.lazuli.languages.queryacceleration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.queryacceleration.Node.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What expressions see of a record.
 *
 * @param plan gives the records
 * @param whole the record where its fields are not known, else empty
 */
record Row(Plan plan, Input input, List<Column> columns, Optional<Expression> whole) {
    /** A field and its value. */
    record Column(String name, Expression value) {
    }

    /** The records of a scan. */
    static Row of(Plan scan, Input input) {
        List<Column> columns = new ArrayList<>();
        for (Field field : scan.schema().fields()) {
            String name = input == Input.TEXT ? "_" + (columns.size() + 1) : field.name();
            columns.add(new Column(name, ColumnReference.of(field)));
        }
        return new Row(scan, input, columns, Optional.empty());
    }

    /** The records at a path within these. */
    Row at(List<Step> path, Place place) {
        Row row = this;
        Optional<Expression> value = Optional.empty();
        for (Step step : path) {
            if (step instanceof Step.Each) {
                Expression array = elements(value, place);
                Unnest elements = new Unnest(row.plan, array, "lazuli element " + row.plan.schema().size(), false);
                row = new Row(elements, input, List.of(), Optional.empty());
                value = Optional.of(ColumnReference.of(elements.schema().fields().getLast()));
            } else {
                Expression found = value.isEmpty() ? row.find(step, place) : within(value.get(), step);
                value = Optional.of(found);
            }
        }
        return value.isEmpty() ? this : inside(row.plan, value.get());
    }

    private static Expression elements(Optional<Expression> value, Place place) {
        if (value.isPresent() && value.get().type() instanceof ArrayType) {
            return value.get();
        }
        if (value.isPresent() && value.get().type() == ScalarType.VARIANT) {
            return Call.of(ConversionOperators.VARIANT_ELEMENTS, value.get());
        }
        throw failure(AlgebraError.TYPE_MISMATCH, place, "[*] follows what is no array");
    }

    private Expression find(Step step, Place place) {
        if (step instanceof Step.Member member) {
            return column(member, place).orElse(Literal.NULL);
        }
        throw failure(AlgebraError.TYPE_MISMATCH, place, "A record has fields, not elements");
    }

    private Row inside(Plan plan, Expression value) {
        if (value.type() instanceof StructType struct) {
            List<Column> fields = struct.fields().stream()
                .map(field -> new Column(field.name(), (Expression) FieldAccess.of(value, field.name()))).toList();
            return new Row(plan, input, fields, Optional.empty());
        }
        return value.type() == ScalarType.VARIANT ? new Row(plan, input, List.of(new Column("_1", value)), Optional.of(value))
            : new Row(plan, input, List.of(new Column("_1", value)), Optional.empty());
    }

    /** The value of a path; empty when documents, or rows of text, have no such field. */
    Optional<Expression> value(List<Step> path, Place place) {
        Optional<Expression> value = column((Step.Member) path.getFirst(), place);
        for (Step step : path.subList(1, path.size())) {
            value = value.map(found -> within(found, step));
        }
        return value.filter(found -> found != Literal.NULL);
    }

    private Optional<Expression> column(Step.Member member, Place place) {
        Optional<Column> exact = columns.stream().filter(column -> column.name.equals(member.name())).findFirst();
        Optional<Column> found = exact.isPresent() || member.exact() ? exact
            : columns.stream().filter(column -> column.name.equalsIgnoreCase(member.name())).findFirst();
        if (found.isPresent()) {
            return found.map(Column::value);
        }
        if (whole.isPresent()) {
            return whole.map(value -> within(value, member));
        }
        if (!member.exact() && member.name().matches("_[1-9]\\d{0,5}") && input != Input.DOCUMENTS) {
            int ordinal = Integer.parseInt(member.name().substring(1));
            return ordinal > columns.size() ? Optional.empty() : Optional.of(columns.get(ordinal - 1).value());
        }
        if (input == Input.DOCUMENTS) {
            return Optional.empty();
        }
        List<String> names = columns.stream().map(Column::name).toList();
        throw failure(AlgebraError.COLUMN_NOT_FOUND, place, "Column '%s' is not among %s%s", member.name(), names,
            NearestName.hint(member.name(), names));
    }

    /** A part of a value; null where it has no such part. */
    private static Expression within(Expression value, Step step) {
        DataType type = value.type();
        return switch (step) {
            case Step.Member member when type instanceof StructType struct -> struct.fields().stream()
                .filter(field -> member.exact() ? field.name().equals(member.name()) : field.name().equalsIgnoreCase(member.name()))
                .findFirst().map(field -> (Expression) FieldAccess.of(value, field.name())).orElse(Literal.NULL);
            case Step.Member member when type == ScalarType.VARIANT ->
                Call.of(ConversionOperators.VARIANT_MEMBER, value, Literal.string(member.name()));
            case Step.Element element when type instanceof ArrayType ->
                Call.of(ConversionOperators.ELEMENT_AT, value, Literal.int64(element.index()));
            case Step.Element element when type == ScalarType.VARIANT ->
                Call.of(ConversionOperators.VARIANT_MEMBER, value, Literal.int64(element.index()));
            default -> Literal.NULL;
        };
    }
}
