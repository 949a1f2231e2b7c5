package io.lazuli.datafactory.connector.delta;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.source.FileSource;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.source.SourceFile;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the log tells of a data file's values, so that readers can skip the file: least, greatest, number of nulls. */
final class DataFileStatistics {
    /** As many of the first columns as Delta describes by default. */
    private static final int COLUMNS = 32;
    private static final int TEXT_CHARACTERS = 32;
    private static final Set<DataType> ORDERED = Set.of(ScalarType.INT8, ScalarType.INT16, ScalarType.INT32, ScalarType.INT64,
        ScalarType.FLOAT32, ScalarType.FLOAT64, ScalarType.STRING, ScalarType.DATE, ScalarType.TIMESTAMP, ScalarType.INSTANT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

    private DataFileStatistics() {
    }

    static ObjectNode of(Engine engine, Session session, Path file, Schema columns, long rows) {
        ObjectNode statistics = JsonMapper.shared().createObjectNode().put("numRecords", rows);
        ObjectNode least = statistics.putObject("minValues");
        ObjectNode greatest = statistics.putObject("maxValues");
        ObjectNode nulls = statistics.putObject("nullCount");
        List<Field> described = columns.fields().stream()
            .filter(field -> ORDERED.contains(field.type()) || field.type() instanceof DecimalType).limit(COLUMNS).toList();
        if (described.isEmpty()) {
            return statistics;
        }
        FileSource source = new FileSource(List.of(new SourceFile(file, file.toString())), new ParquetFormat("snappy"), Optional.empty());
        Scan scan = new Scan(source, new Schema(described));
        List<NamedExpression> aggregates = new ArrayList<>();
        for (int i = 0; i < described.size(); i++) {
            ColumnReference column = ColumnReference.of(described.get(i));
            aggregates.add(new NamedExpression("least" + i, AggregateCall.of(AggregateOperators.MIN, column)));
            aggregates.add(new NamedExpression("greatest" + i, AggregateCall.of(AggregateOperators.MAX, column)));
            aggregates.add(new NamedExpression("count" + i, AggregateCall.of(AggregateOperators.COUNT, column)));
        }
        try (RowCursor cursor = session.query(new Aggregate(scan, List.of(), aggregates), Execution.UNWATCHED)) {
            cursor.next();
            for (int i = 0; i < described.size(); i++) {
                String name = described.get(i).name();
                put(least, name, cursor.value(3 * i), true);
                put(greatest, name, cursor.value(3 * i + 1), false);
                nulls.put(name, rows - ((Number) cursor.value(3 * i + 2)).longValue());
            }
        }
        return statistics;
    }

    /** The beginning of a long text is a lower bound, but no upper one; what is no number has no place in JSON. */
    private static void put(ObjectNode values, String name, Object value, boolean lower) {
        switch (value) {
            case null -> { }
            case String text when text.codePointCount(0, text.length()) <= TEXT_CHARACTERS -> values.put(name, text);
            case String text when lower -> values.put(name, text.substring(0, text.offsetByCodePoints(0, TEXT_CHARACTERS)));
            case String _ -> { }
            case Double number when Double.isFinite(number) -> values.put(name, number);
            case Float number when Float.isFinite(number) -> values.put(name, number);
            case Double _ -> { }
            case Float _ -> { }
            case BigDecimal decimal -> values.put(name, decimal);
            case LocalDate date -> values.put(name, date.toString());
            case LocalDateTime time -> values.put(name, MILLIS.format(time));
            case Instant time -> values.put(name, MILLIS.format(time.atOffset(ZoneOffset.UTC)) + "Z");
            default -> values.put(name, ((Number) value).longValue());
        }
    }
}
