package io.lazuli.datafactory.connector.sql;

import io.lazuli.languages.tsql.session.BatchResult.Column;
import io.lazuli.languages.tsql.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The columns of a JDBC result, with the types that T-SQL has for them. */
record JdbcColumns(List<Column> columns) {
    private static final int MAX_PRECISION = 38;

    static JdbcColumns of(ResultSetMetaData description) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= description.getColumnCount(); i++) {
            columns.add(new Column(description.getColumnLabel(i), type(description, i)));
        }
        return new JdbcColumns(List.copyOf(columns));
    }

    private static SqlType type(ResultSetMetaData description, int column) throws SQLException {
        return switch (description.getColumnType(column)) {
            case Types.BIT, Types.BOOLEAN -> SqlType.BIT;
            case Types.TINYINT, Types.SMALLINT -> SqlType.SMALLINT;
            case Types.INTEGER -> SqlType.INT;
            case Types.BIGINT -> SqlType.BIGINT;
            case Types.REAL -> SqlType.REAL;
            case Types.FLOAT, Types.DOUBLE -> SqlType.FLOAT;
            case Types.NUMERIC, Types.DECIMAL -> {
                int scale = Math.clamp(description.getScale(column), 0, MAX_PRECISION);
                yield SqlType.decimal(Math.clamp(description.getPrecision(column), Math.max(1, scale), MAX_PRECISION), scale);
            }
            case Types.DATE -> SqlType.DATE;
            case Types.TIMESTAMP -> SqlType.DATETIME2;
            case Types.TIMESTAMP_WITH_TIMEZONE -> SqlType.DATETIMEOFFSET;
            case Types.TIME -> new SqlType(SqlType.Kind.TIME, 0, 0, 7);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> SqlType.varbinary(SqlType.MAX);
            default -> SqlType.nvarchar(SqlType.MAX);
        };
    }

    List<Object> row(ResultSet set) throws SQLException {
        List<Object> row = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            row.add(value(set, i + 1, columns.get(i).type()));
        }
        return row;
    }

    private static Object value(ResultSet set, int column, SqlType type) throws SQLException {
        Object value = switch (type.kind()) {
            case BIT -> set.getBoolean(column);
            case SMALLINT -> set.getShort(column);
            case INT -> set.getInt(column);
            case BIGINT -> set.getLong(column);
            case REAL -> set.getFloat(column);
            case FLOAT -> set.getDouble(column);
            case DECIMAL -> scaled(set.getBigDecimal(column), type.scale());
            case DATE -> set.getObject(column, LocalDate.class);
            case DATETIME2 -> set.getObject(column, LocalDateTime.class);
            case TIME -> set.getObject(column, LocalTime.class);
            case DATETIMEOFFSET -> instant(set.getObject(column, OffsetDateTime.class));
            case VARBINARY -> set.getBytes(column);
            case UNIQUEIDENTIFIER -> set.getObject(column, UUID.class);
            default -> set.getString(column);
        };
        return set.wasNull() ? null : value;
    }

    private static BigDecimal scaled(BigDecimal number, int scale) {
        return number == null ? null : number.setScale(scale, RoundingMode.HALF_UP);
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
