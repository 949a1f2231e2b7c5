package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A source's {@code additionalColumns}: constants, copies of columns, and the path of each row's file. */
final class AdditionalColumns {
    private static final String FILE_PATH = "$$FILEPATH";
    private static final String COLUMN = "$$COLUMN:";

    /** A column to add; its value is a text, {@code $$FILEPATH} or {@code $$COLUMN:name}. */
    private record Column(String name, String value) {
    }

    private final List<Column> columns = new ArrayList<>();
    private final Place place;

    AdditionalColumns(Settings source, Place place) {
        this.place = place;
        for (JsonNode json : source.elements("additionalColumns")) {
            Settings column = new Settings(json, "additionalColumns");
            String name = column.text("name").orElseThrow(() -> failure(DataFactoryError.MISSING_PROPERTY,
                place.member("additionalColumns"), "An additional column needs a 'name'"));
            JsonNode value = json.path("value");
            columns.add(new Column(name, value.isNull() || value.isMissingNode() ? null : value.isContainer() ? value.toString()
                : value.asString()));
        }
    }

    /** The name of the first column that holds the file's path: the engine fills it. */
    Optional<String> pathColumn() {
        return columns.stream().filter(column -> FILE_PATH.equalsIgnoreCase(column.value())).map(Column::name).findFirst();
    }

    /** The rows with the columns after their own; {@code pathColumn} names the column that already holds the file's path, if any. */
    Plan add(Plan rows, Optional<String> pathColumn) {
        if (columns.isEmpty()) {
            return rows;
        }
        List<NamedExpression> all = new ArrayList<>();
        for (Field field : rows.schema().fields()) {
            if (!pathColumn.equals(Optional.of(field.name()))) {
                all.add(new NamedExpression(field.name(), ColumnReference.of(field)));
            }
        }
        columns.forEach(column -> all.add(new NamedExpression(column.name(), value(column, rows, pathColumn))));
        return new Project(rows, all);
    }

    private Expression value(Column column, Plan rows, Optional<String> pathColumn) {
        if (column.value() == null) {
            return new Literal(null, ScalarType.STRING);
        }
        if (column.value().equalsIgnoreCase(FILE_PATH)) {
            String name = pathColumn.orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT,
                place.member("additionalColumns"), "Additional column '%s' is the file's path, which only sources of files have",
                column.name()));
            return ColumnReference.of(rows.schema().field(name));
        }
        if (column.value().startsWith(COLUMN)) {
            String name = column.value().substring(COLUMN.length()).strip();
            return ColumnReference.of(rows.schema().find(name).orElseThrow(() -> CopyFailure.of(
                "UserErrorInvalidColumnMappingColumnNotFound", "Column '%s' of additional column '%s' cannot be found in source data.",
                name, column.name())));
        }
        return Literal.string(column.value());
    }
}
