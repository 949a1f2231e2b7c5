package io.lazuli.engine.duckdb.rows;

import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.RowSource;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.engine.duckdb.render.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBTableFunctionState;

/** Rows that Java gives as a table of DuckDB: a table function that is called with the number under which a source is open. */
public final class JavaRows implements DuckDBTableFunction<JavaRows.Opened, JavaRows.Reading, Object> {
    private static final String FUNCTION = "lazuli_rows";
    private static final Map<Long, Opened> OPENED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private JavaRows() {
    }

    /** Makes the function known to the connection's database. */
    public static void register(Connection connection) throws SQLException {
        try (var builder = DuckDBFunctions.tableFunction(); var number = DuckDBLogicalType.of(DuckDBColumnType.BIGINT)) {
            builder.withName(FUNCTION).withParameter(number).withProjectionPushdown().withFunction(new JavaRows()).register(connection);
        }
    }

    /** A source that statements may read until it is closed. */
    public static Opened open(RowSource source) {
        Opened opened = new Opened(NUMBERS.incrementAndGet(), source);
        OPENED.put(opened.number, opened);
        return opened;
    }

    /** An open source; after a failed statement it tells the failure that Java code threw. */
    public static final class Opened implements AutoCloseable {
        private final long number;
        private final RowSource source;
        private volatile RuntimeException failure;

        private Opened(long number, RowSource source) {
            this.number = number;
            this.source = source;
        }

        public RuntimeException failure() {
            return failure;
        }

        /** A {@code SELECT} of the columns, which the source has, under their {@link SqlNames}. */
        public String select(Schema columns) {
            List<String> own = SqlNames.of(source.schema());
            List<String> names = SqlNames.of(columns);
            String list = IntStream.range(0, names.size()).mapToObj(i -> {
                int position = source.schema().names().indexOf(source.schema().field(columns.fields().get(i).name()).name());
                DataType type = source.schema().fields().get(position).type();
                return Transport.in(SqlNames.quote(own.get(position)), type) + " AS " + SqlNames.quote(names.get(i));
            }).collect(Collectors.joining(", "));
            return "SELECT " + (list.isEmpty() ? "1 AS \"~0\"" : list) + " FROM " + FUNCTION + "(" + number + ")";
        }

        @Override
        public void close() {
            OPENED.remove(number);
        }
    }

    /** One pass over a source. */
    static final class Reading implements DuckDBTableFunctionState {
        private final Opened opened;
        private final RowCursor cursor;
        private final int[] columns;
        private final ColumnWriter[] writers;

        Reading(Opened opened, int[] columns) {
            this.opened = opened;
            this.cursor = opened.source.open();
            this.columns = columns;
            this.writers = IntStream.of(columns)
                .mapToObj(column -> ColumnWriter.of(opened.source.schema().fields().get(column).type())).toArray(ColumnWriter[]::new);
        }

        long fill(DuckDBDataChunkWriter chunk) {
            long capacity = chunk.capacity();
            long row = 0;
            while (row < capacity && cursor.next()) {
                for (int i = 0; i < columns.length; i++) {
                    Object value = cursor.value(columns[i]);
                    if (value == null) {
                        chunk.vector(i).setNull(row);
                    } else {
                        writers[i].write(chunk.vector(i), row, value);
                    }
                }
                row++;
            }
            return row;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    @Override
    public Opened bind(DuckDBTableFunctionBindInfo info) throws Exception {
        Opened opened = OPENED.get(info.getParameter(0).getLong());
        List<String> names = SqlNames.of(opened.source.schema());
        for (int i = 0; i < names.size(); i++) {
            DataType carrier = Transport.carrier(opened.source.schema().fields().get(i).type());
            if (carrier instanceof DecimalType decimal) {
                try (DuckDBLogicalType type = DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())) {
                    info.addResultColumn(names.get(i), type);
                }
            } else {
                info.addResultColumn(names.get(i), columnType((ScalarType) carrier));
            }
        }
        if (names.isEmpty()) {
            info.addResultColumn("~0", DuckDBColumnType.BOOLEAN);
        }
        return opened;
    }

    private static DuckDBColumnType columnType(ScalarType carrier) {
        return switch (carrier) {
            case BOOLEAN -> DuckDBColumnType.BOOLEAN;
            case INT8 -> DuckDBColumnType.TINYINT;
            case UINT8 -> DuckDBColumnType.UTINYINT;
            case INT16 -> DuckDBColumnType.SMALLINT;
            case INT32 -> DuckDBColumnType.INTEGER;
            case INT64 -> DuckDBColumnType.BIGINT;
            case FLOAT32 -> DuckDBColumnType.FLOAT;
            case FLOAT64 -> DuckDBColumnType.DOUBLE;
            case STRING -> DuckDBColumnType.VARCHAR;
            case DATE -> DuckDBColumnType.DATE;
            case TIMESTAMP -> DuckDBColumnType.TIMESTAMP;
            case INSTANT -> DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE;
            case NULL, BINARY, TIME, UUID, VARIANT -> throw new IllegalStateException(carrier + " is no carrier");
        };
    }

    @Override
    public Reading init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        Opened opened = info.getBindData();
        boolean none = opened.source.schema().size() == 0;
        int[] columns = none ? new int[0]
            : IntStream.range(0, (int) info.getColumnCount()).map(i -> (int) info.getColumnIndex(i)).toArray();
        return guarded(opened, () -> new Reading(opened, columns));
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
        Reading reading = info.getInitData();
        return guarded(reading.opened, () -> reading.fill(chunk));
    }

    private static <T> T guarded(Opened opened, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            opened.failure = e;
            throw e;
        }
    }
}
