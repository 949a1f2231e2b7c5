package io.lazuli.datafactory.copy;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import java.util.Optional;

/** The columns of a table that a copy makes by itself ({@code tableOption: autoCreate}). */
public final class SqlColumnTypes {
    private SqlColumnTypes() {
    }

    public static CreateTable.Column column(Field field) {
        return new CreateTable.Column(field.name(), field.type(), declared(field), true, Optional.empty(), Optional.empty(),
            Optional.empty());
    }

    private static String declared(Field field) {
        DataType type = field.type();
        return switch (type) {
            case DecimalType decimal -> "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            case ScalarType scalar -> switch (scalar) {
                case BOOLEAN -> "bit";
                case UINT8 -> "tinyint";
                case INT8, INT16 -> "smallint";
                case INT32 -> "int";
                case INT64 -> "bigint";
                case FLOAT32 -> "real";
                case FLOAT64 -> "float";
                case STRING, VARIANT, NULL -> "nvarchar(max)";
                case BINARY -> "varbinary(max)";
                case DATE -> "date";
                case TIME -> "time";
                case TIMESTAMP -> "datetime2";
                case INSTANT -> "datetimeoffset";
                case UUID -> "uniqueidentifier";
            };
            default -> throw CopyFailure.of("SqlAutoCreateTableTypeMapFailed",
                "Type '%s' in source side cannot be mapped to a type that supported by sink side(column name:'%s') in autocreate table.",
                type, field.name());
        };
    }
}
