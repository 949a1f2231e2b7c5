package io.lazuli.server;

import static io.lazuli.server.QueryWorld.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobQueryArrowField;
import com.azure.storage.blob.models.BlobQueryArrowFieldType;
import com.azure.storage.blob.models.BlobQueryArrowSerialization;
import com.azure.storage.blob.models.BlobQueryError;
import com.azure.storage.blob.models.BlobQueryJsonSerialization;
import com.azure.storage.blob.models.BlobQueryParquetSerialization;
import com.azure.storage.blob.models.BlobQuerySerialization;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobQueryOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of queries in Arrow's format, asked for by Azure's client and read by Arrow's own reader. */
class ArrowAnswerTest {
    @TempDir
    private Path folder;

    private QueryWorld world;

    @BeforeEach
    void start() {
        world = new QueryWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static BlobQueryArrowField field(String name, BlobQueryArrowFieldType type) {
        return new BlobQueryArrowField(type).setName(name);
    }

    private static BlobQueryArrowField decimal(String name, int precision, int scale) {
        return field(name, BlobQueryArrowFieldType.DECIMAL).setPrecision(precision).setScale(scale);
    }

    private static byte[] query(BlobClient blob, String expression, BlobQuerySerialization input, BlobQueryArrowField... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.queryWithResponse(new BlobQueryOptions(expression, out).setInputSerialization(input)
            .setOutputSerialization(new BlobQueryArrowSerialization().setSchema(List.of(fields))), null, Context.NONE);
        return out.toByteArray();
    }

    /** The fields, and the rows of each batch. */
    private record Answer(List<String> fields, List<List<List<Object>>> batches) {
        static Answer read(byte[] stream) throws IOException {
            try (RootAllocator memory = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                List<List<List<Object>>> batches = new ArrayList<>();
                while (reader.loadNextBatch()) {
                    batches.add(IntStream.range(0, root.getRowCount()).mapToObj(row -> row(root, row)).toList());
                }
                return new Answer(root.getSchema().getFields().stream().map(Object::toString).toList(), batches);
            }
        }

        private static List<Object> row(VectorSchemaRoot root, int row) {
            List<Object> values = new ArrayList<>();
            for (FieldVector vector : root.getFieldVectors()) {
                Object value = vector.getObject(row);
                values.add(value instanceof Text text ? text.toString() : value);
            }
            return values;
        }
    }

    @Test
    void everyTypeOfFieldHasItsValuesAndWhatIsNoneOfItIsNull() throws IOException {
        byte[] answer = query(world.put("a.csv", """
            1,true,2026-01-02T03:04:05.678Z,chair,2.5,-12.345
            -9223372036854775808,0,2026-01-02,"a ""ü"" 🙂",1e300,0
            1.5,maybe,soon,,x,123456789
            ,,,,,
            %1$s,,,,,%1$s
            7,FALSE,2026-02-03T00:00:00+01:00,7,-0,1e-999999999
            """.formatted("1".repeat(500))), "SELECT * FROM BlobStorage", text(false), field("whole", BlobQueryArrowFieldType.INT64),
            field("truth", BlobQueryArrowFieldType.BOOL), field("time", BlobQueryArrowFieldType.TIMESTAMP),
            field("text", BlobQueryArrowFieldType.STRING), field("real", BlobQueryArrowFieldType.DOUBLE), decimal("exact", 8, 2));

        assertThat(Answer.read(answer)).isEqualTo(new Answer(
            List.of("whole: Int(64, true)", "truth: Bool", "time: Timestamp(MILLISECOND, null)", "text: Utf8",
                "real: FloatingPoint(DOUBLE)", "exact: Decimal(8, 2, 128)"),
            List.of(List.of(
                List.of(1L, true, LocalDateTime.parse("2026-01-02T03:04:05.678"), "chair", 2.5, new BigDecimal("-12.35")),
                List.of(Long.MIN_VALUE, false, LocalDateTime.parse("2026-01-02T00:00"), "a \"ü\" 🙂", 1e300, new BigDecimal("0.00")),
                Arrays.asList(null, null, null, null, null, null),
                Arrays.asList(null, null, null, null, null, null),
                Arrays.asList(null, null, null, null, null, null),
                List.of(7L, false, LocalDateTime.parse("2026-02-02T23:00"), "7", -0.0, new BigDecimal("0.00"))))));
    }

    @Test
    void documentsAndComputedValuesComeToo() throws IOException {
        BlobQueryJsonSerialization json = new BlobQueryJsonSerialization().setRecordSeparator('\n');
        BlobClient blob = world.put("a.json", """
            {"id": 1, "name": "mouse", "tags": ["a"], "price": 12.5}
            {"id": 2, "tags": [], "price": 100}
            """);

        assertThat(Answer.read(query(blob, "SELECT id, name, tags, price * 2 FROM BlobStorage[*]", json,
            decimal("id", 38, 10), field("name", BlobQueryArrowFieldType.STRING), field("tags", BlobQueryArrowFieldType.STRING),
            field("double", BlobQueryArrowFieldType.DOUBLE))).batches()).isEqualTo(List.of(List.of(
                List.of(new BigDecimal("1.0000000000"), "mouse", "[\"a\"]", 25.0),
                Arrays.asList(new BigDecimal("2.0000000000"), null, "[]", 200.0))));
        assertThat(Answer.read(query(blob, "SELECT id FROM BlobStorage[*] WHERE id > 5", json, field("", BlobQueryArrowFieldType.INT64))))
            .isEqualTo(new Answer(List.of(": Int(64, true)"), List.of()));
    }

    @Test
    void manyRowsComeInSeveralBatches() throws IOException {
        String content = IntStream.range(0, 20_000).mapToObj(row -> row + ",name " + row + "\n").collect(Collectors.joining());

        Answer answer = Answer.read(query(world.put("many.csv", content), "SELECT _2, _1 FROM BlobStorage", text(false),
            field("name", BlobQueryArrowFieldType.STRING), field("id", BlobQueryArrowFieldType.INT64)));

        assertThat(answer.batches()).hasSizeGreaterThan(1);
        assertThat(answer.batches().stream().flatMap(List::stream).toList())
            .isEqualTo(IntStream.range(0, 20_000).mapToObj(row -> List.<Object>of("name " + row, (long) row)).toList());
    }

    @Test
    void aBlobThatIsNotWhatItsFormatSaysEndsTheAnswerWithAnError() {
        List<BlobQueryError> errors = new ArrayList<>();
        BlobQueryOptions options = new BlobQueryOptions("SELECT * FROM BlobStorage", new ByteArrayOutputStream())
            .setInputSerialization(new BlobQueryParquetSerialization()).setErrorConsumer(errors::add)
            .setOutputSerialization(new BlobQueryArrowSerialization().setSchema(List.of(field("one", BlobQueryArrowFieldType.INT64))));

        world.put("no.parquet", "text").queryWithResponse(options, null, Context.NONE);

        assertThat(errors).extracting(BlobQueryError::isFatal, BlobQueryError::getName).containsExactly(tuple(true, "MALFORMED_DATA"));
    }

    @Test
    void schemasThatAreNoneAreRefused() {
        BlobClient blob = world.put("a.csv", "1,2\n");
        refused("InvalidInput", blob, text(false), field("one", BlobQueryArrowFieldType.INT64));
        refused("InvalidXmlNodeValue", blob, text(false), decimal("one", 39, 2), decimal("two", 4, 2));
        refused("InvalidXmlNodeValue", blob, text(false), decimal("one", 4, 5), decimal("two", 4, 2));
        refused("InvalidXmlNodeValue", blob, text(false), field("one", BlobQueryArrowFieldType.DECIMAL), decimal("two", 4, 2));
        refused("InvalidXmlDocument", blob, text(false));
    }

    private static void refused(String code, BlobClient blob, BlobQuerySerialization input, BlobQueryArrowField... fields) {
        assertThatThrownBy(() -> query(blob, "SELECT * FROM BlobStorage", input, fields))
            .isInstanceOfSatisfying(BlobStorageException.class, failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(400);
                assertThat(failure.getErrorCode().toString()).isEqualTo(code);
            });
    }
}
