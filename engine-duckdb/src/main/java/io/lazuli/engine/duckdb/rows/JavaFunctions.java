package io.lazuli.engine.duckdb.rows;

import io.lazuli.engine.duckdb.render.JavaRendering;
import io.lazuli.operators.JavaOperator;
import io.lazuli.operators.JavaOperator.FloatBody;
import io.lazuli.operators.JavaOperator.FloatsBody;
import io.lazuli.operators.JavaOperator.Kind;
import io.lazuli.operators.JavaOperators;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;
import tools.jackson.databind.json.JsonMapper;

/** The operators in Java as scalar functions of DuckDB, which calls them with vectors of rows. */
public final class JavaFunctions {
    private JavaFunctions() {
    }

    /** Makes all of them known to the connection's database. */
    public static void register(Connection connection) throws SQLException {
        for (JavaOperator operator : JavaOperators.all()) {
            register(operator, connection);
        }
    }

    private static void register(JavaOperator operator, Connection connection) throws SQLException {
        List<DuckDBLogicalType> types = new ArrayList<>();
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(JavaRendering.functionName(operator));
            for (Kind kind : operator.parameters()) {
                types.add(DuckDBLogicalType.of(carrier(kind)));
                builder.withParameter(types.getLast());
            }
            types.add(DuckDBLogicalType.of(carrier(operator.result())));
            builder.withReturnType(types.getLast()).withVectorizedFunction(body(operator));
            if (!operator.steady()) {
                builder.withVolatile();
            }
            builder.register(connection);
        } finally {
            types.forEach(DuckDBLogicalType::close);
        }
    }

    private static DuckDBScalarFunction body(JavaOperator operator) {
        return switch (operator.body()) {
            case FloatBody body -> (rows, out) -> apply(body, rows.vector(0), rows.rowCount(), out);
            case FloatsBody body -> (rows, out) -> apply(body, rows.vector(0), rows.vector(1), rows.rowCount(), out);
            default -> (rows, out) -> apply(operator, rows, out);
        };
    }

    private static void apply(FloatBody body, DuckDBReadableVector values, long count, DuckDBWritableVector out) {
        for (long row = 0; row < count; row++) {
            if (values.isNull(row)) {
                out.setNull(row);
            } else {
                out.setDouble(row, body.applyAsDouble(values.getDouble(row)));
            }
        }
    }

    private static void apply(FloatsBody body, DuckDBReadableVector first, DuckDBReadableVector second, long count,
            DuckDBWritableVector out) {
        for (long row = 0; row < count; row++) {
            if (first.isNull(row) || second.isNull(row)) {
                out.setNull(row);
            } else {
                out.setDouble(row, body.applyAsDouble(first.getDouble(row), second.getDouble(row)));
            }
        }
    }

    private static void apply(JavaOperator operator, DuckDBDataChunkReader rows, DuckDBWritableVector out) {
        int count = operator.parameters().size();
        DuckDBReadableVector[] vectors = new DuckDBReadableVector[count];
        for (int i = 0; i < count; i++) {
            vectors[i] = rows.vector(i);
        }
        Object[] arguments = new Object[count];
        for (long row = 0; row < rows.rowCount(); row++) {
            for (int i = 0; i < count; i++) {
                arguments[i] = vectors[i].isNull(row) ? null : read(operator.parameters().get(i), vectors[i], row);
            }
            Object value = operator.apply(arguments);
            if (value == null) {
                out.setNull(row);
            } else {
                write(operator.result(), out, row, value);
            }
        }
    }

    private static Object read(Kind kind, DuckDBReadableVector vector, long row) {
        return switch (kind) {
            case BOOLEAN -> vector.getBoolean(row);
            case INT32 -> vector.getInt(row);
            case INT64 -> vector.getLong(row);
            case FLOAT32 -> vector.getFloat(row);
            case FLOAT64 -> vector.getDouble(row);
            case STRING -> vector.getString(row);
            case DATE -> vector.getLocalDate(row);
            case TIMESTAMP -> vector.getLocalDateTime(row);
            case BINARY -> Base64.getDecoder().decode(vector.getString(row));
            case STRINGS -> JsonMapper.shared().readValue(vector.getString(row), List.class);
        };
    }

    private static void write(Kind kind, DuckDBWritableVector out, long row, Object value) {
        switch (kind) {
            case BOOLEAN -> out.setBoolean(row, (boolean) value);
            case INT32 -> out.setInt(row, (int) value);
            case INT64 -> out.setLong(row, (long) value);
            case FLOAT32 -> out.setFloat(row, (float) value);
            case FLOAT64 -> out.setDouble(row, (double) value);
            case STRING -> out.setString(row, (String) value);
            case DATE -> out.setDate(row, (LocalDate) value);
            case TIMESTAMP -> out.setTimestamp(row, (LocalDateTime) value);
            case BINARY -> out.setString(row, Base64.getEncoder().encodeToString((byte[]) value));
            case STRINGS -> out.setString(row, JsonMapper.shared().writeValueAsString(value));
        }
    }

    private static DuckDBColumnType carrier(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> DuckDBColumnType.BOOLEAN;
            case INT32 -> DuckDBColumnType.INTEGER;
            case INT64 -> DuckDBColumnType.BIGINT;
            case FLOAT32 -> DuckDBColumnType.FLOAT;
            case FLOAT64 -> DuckDBColumnType.DOUBLE;
            case DATE -> DuckDBColumnType.DATE;
            case TIMESTAMP -> DuckDBColumnType.TIMESTAMP;
            case STRING, BINARY, STRINGS -> DuckDBColumnType.VARCHAR;
        };
    }
}
