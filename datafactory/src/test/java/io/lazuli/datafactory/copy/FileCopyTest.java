package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.datafactory.activity.ActivityFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FileCopyTest {
    private static final String TEXT_COPY = """
        {"source": {"type": "DelimitedTextSource", "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": true}},
         "sink": {"type": "DelimitedTextSink", "storeSettings": {"type": "AzureBlobFSWriteSettings"},
           "formatSettings": {"type": "DelimitedTextWriteSettings", "fileExtension": ".txt"}}}""";
    private static final String HEADER = "\"firstRowAsHeader\": true";

    @TempDir
    private Path directory;
    private CopyWorld world;

    @BeforeEach
    void open() {
        world = new CopyWorld(directory);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void copiesTextToTextUnderTheSinksName() {
        world.file("in/a.csv", "id,name\n1,Ann\n2,\"B, C\"\n").files("in", "DelimitedText", "in", "a.csv", HEADER)
            .files("out", "DelimitedText", "out", "b.csv", HEADER);
        ObjectNode output = world.copy("in", "out", TEXT_COPY);
        assertThat(world.read("out/b.csv")).isEqualTo("id,name\r\n1,Ann\r\n2,\"B, C\"\r\n");
        assertThat(output.path("rowsRead").asInt()).isEqualTo(2);
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(output.path("dataRead").asInt()).isEqualTo(23);
        assertThat(output.path("dataWritten").asInt()).isEqualTo(26);
        assertThat(output.path("filesRead").asInt()).isEqualTo(1);
        assertThat(output.path("filesWritten").asInt()).isEqualTo(1);
        assertThat(output.propertyNames()).contains("sourcePeakConnections", "sinkPeakConnections", "copyDuration", "throughput", "errors",
            "effectiveIntegrationRuntime", "usedDataIntegrationUnits", "billingReference", "usedParallelCopies", "executionDetails",
            "dataConsistencyVerification", "durationInQueue").doesNotContain("rowsSkipped", "notes");
        assertThat(output.at("/executionDetails/0/source/type").asString()).isEqualTo("AzureBlobFS");
        assertThat(output.at("/dataConsistencyVerification/VerificationResult").asString()).isEqualTo("NotVerified");
    }

    @Test
    void copiesToParquetAndBack() {
        world.file("in/a.csv", "id,at,ok\n1,2024-02-03 04:05:06,true\n2,,\n").files("in", "DelimitedText", "in", "a.csv", HEADER)
            .files("staged", "Parquet", "staged", "a.parquet", null).files("out", "DelimitedText", "out", "a.csv", HEADER);
        world.copy("in", "staged", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "ParquetSink"}, "translator": {"type": "TabularTranslator",
             "mappings": [{"source": {"name": "id"}, "sink": {"name": "id", "type": "Int32"}},
               {"source": {"name": "at"}, "sink": {"name": "at", "type": "DateTime"}},
               {"source": {"name": "ok"}, "sink": {"name": "ok", "type": "Boolean"}}]}}""");
        world.loseJournal();
        world.copy("staged", "out", TEXT_COPY);
        assertThat(world.read("out/a.csv")).isEqualTo("id,at,ok\r\n1,2024-02-03 04:05:06.0000000,True\r\n2,,\r\n");
    }

    @Test
    void keepsTheFoldersAndNamesOfSeveralFiles() {
        world.file("in/a.csv", "id\n1\n").file("in/x/b.csv", "id\n2\n3\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", null, HEADER);
        ObjectNode output = world.copy("in", "out", TEXT_COPY);
        assertThat(world.list("out")).containsExactly("a.txt", "x/b.txt");
        assertThat(world.read("out/x/b.txt")).isEqualTo("id\r\n2\r\n3\r\n");
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(3);
        assertThat(output.path("filesRead").asInt()).isEqualTo(2);
        assertThat(output.path("filesWritten").asInt()).isEqualTo(2);
    }

    @Test
    void foldersOfPartitionsBecomeColumns() {
        world.file("in/year=2023/a.csv", "id\n1\n").file("in/year=2024/b.csv", "id\n2\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", "all.csv", HEADER);
        world.copy("in", "out", TEXT_COPY.replace("\"recursive\": true", "\"recursive\": true, \"enablePartitionDiscovery\": true")
            .replace("\"AzureBlobFSWriteSettings\"", "\"AzureBlobFSWriteSettings\", \"copyBehavior\": \"MergeFiles\""));
        assertThat(world.read("out/all.csv")).isEqualTo("id,year\r\n1,2023\r\n2,2024\r\n");
    }

    @Test
    void mergesFilesIntoOne() {
        world.file("in/a.csv", "id\n1\n").file("in/b.csv", "id\n2\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "Json", "out", "all.json", null);
        world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource", "additionalColumns": [{"name": "file", "value": "$$FILEPATH"},
              {"name": "again", "value": "$$COLUMN:id"}, {"name": "kind", "value": "order"}]},
             "sink": {"type": "JsonSink", "storeSettings": {"type": "AzureBlobFSWriteSettings", "copyBehavior": "MergeFiles"}}}""");
        assertThat(world.read("out/all.json").lines()).containsExactly(
            "{\"id\":\"1\",\"file\":\"a.csv\",\"again\":\"1\",\"kind\":\"order\"}",
            "{\"id\":\"2\",\"file\":\"b.csv\",\"again\":\"2\",\"kind\":\"order\"}");
    }

    @Test
    void flattensFoldersUnderNamesThatAResumedRunRepeats() {
        world.file("in/x/a.csv", "id\n1\n").file("in/y/a.csv", "id\n2\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", null, HEADER);
        String flat = TEXT_COPY.replace("\"AzureBlobFSWriteSettings\"",
            "\"AzureBlobFSWriteSettings\", \"copyBehavior\": \"FlattenHierarchy\"");
        world.copy("in", "out", flat);
        var names = world.list("out");
        assertThat(names).hasSize(2).allMatch(name -> name.matches("Data\\.[0-9a-f-]{36}\\.[0-9a-f-]{36}\\.txt"));
        world.loseJournal();
        world.copy("in", "out", flat);
        assertThat(world.list("out")).isEqualTo(names);
    }

    @Test
    void unfoldsTheCollectionOfADocument() {
        world.file("in/o.json", """
            {"number": "01", "date": "20170122", "orders": [{"prod": "p1", "price": 23}, {"prod": "p2", "price": 13}],
             "city": [{"name": "Seattle"}]}
            {"number": "02", "date": "20170123", "orders": [], "city": []}
            """).files("in", "Json", "in", "o.json", null).files("out", "DelimitedText", "out", "o.csv", HEADER);
        world.copy("in", "out", """
            {"source": {"type": "JsonSource"}, "sink": {"type": "DelimitedTextSink"}, "translator": {"type": "TabularTranslator",
             "mappings": [{"source": {"path": "$['number']"}, "sink": {"name": "orderNumber"}},
               {"source": {"path": "$['date']"}, "sink": {"name": "orderDate"}},
               {"source": {"path": "['prod']"}, "sink": {"name": "order_pd"}},
               {"source": {"path": "['price']"}, "sink": {"name": "order_price"}},
               {"source": {"path": "$['city'][0]['name']"}, "sink": {"name": "city"}}],
             "collectionReference": "$['orders']"}}""");
        assertThat(world.read("out/o.csv")).isEqualTo(
            "orderNumber,orderDate,order_pd,order_price,city\r\n01,20170122,p1,23,Seattle\r\n01,20170122,p2,13,Seattle\r\n");
    }

    @Test
    void writesNestedDocumentsAsAnArray() {
        world.file("in/a.csv", "1,Ann\n").files("in", "DelimitedText", "in", "a.csv", null).files("out", "Json", "out", "a.json", null);
        world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"},
             "sink": {"type": "JsonSink", "formatSettings": {"type": "JsonWriteSettings", "filePattern": "arrayOfObjects"}},
             "translator": {"type": "TabularTranslator", "mappings": [
               {"source": {"ordinal": 1}, "sink": {"path": "$['person']['id']", "type": "Int64"}},
               {"source": {"ordinal": 2}, "sink": {"path": "$['person']['name']"}}]}}""");
        assertThat(new JsonMapper().readTree(world.read("out/a.json")).toString())
            .isEqualTo("[{\"person\":{\"id\":1,\"name\":\"Ann\"}}]");
    }

    @Test
    void documentsKeepTheirShapeWithoutAMapping() {
        world.file("in/a.json", "[{\"id\":1,\"tags\":[\"x\",\"y\"],\"at\":{\"city\":\"Rome\"}}]").files("in", "Json", "in", "a.json", null)
            .files("out", "Json", "out", "a.json", null);
        world.copy("in", "out", "{\"source\": {\"type\": \"JsonSource\"}, \"sink\": {\"type\": \"JsonSink\"}}");
        assertThat(world.read("out/a.json").strip()).isEqualTo("{\"id\":1,\"tags\":[\"x\",\"y\"],\"at\":{\"city\":\"Rome\"}}");
    }

    @Test
    void splitsRowsIntoFiles() {
        world.file("in/a.csv", "id\n1\n2\n3\n").files("in", "DelimitedText", "in", "a.csv", HEADER)
            .files("out", "DelimitedText", "out", null, HEADER);
        ObjectNode output = world.copy("in", "out", """
            {"source": {"type": "DelimitedTextSource"}, "sink": {"type": "DelimitedTextSink",
             "formatSettings": {"type": "DelimitedTextWriteSettings", "fileExtension": ".csv",
               "maxRowsPerFile": 2, "fileNamePrefix": "part"}}}""");
        assertThat(world.list("out")).containsExactly("part_00000.csv", "part_00001.csv");
        assertThat(world.read("out/part_00001.csv")).isEqualTo("id\r\n3\r\n");
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(3);
    }

    @Test
    void badValueFailsTheCopyAndLeavesNoFile() {
        world.file("in/a.csv", "id\n1\nx\n").files("in", "DelimitedText", "in", "a.csv", HEADER)
            .files("out", "Parquet", "out", "a.parquet", null);
        ActivityFailure failure =
            catchThrowableOfType(ActivityFailure.class, () -> world.copy("in", "out", typed("\"typeConversion\": true", "")));
        assertThat(failure.errorCode()).isEqualTo("2200");
        assertThat(failure).hasMessage("ErrorCode=TypeConversionFailure,Exception occurred when converting value 'x' for column name "
            + "'id' from type 'String' (precision:, scale:) to type 'Int32' (precision:10, scale:255). "
            + "Additional info: Input string was not in a correct format.");
        assertThat(failure.output().at("/errors/0/Message").asString()).isEqualTo(failure.getMessage());
        assertThat(failure.output().path("rowsCopied").asInt()).isZero();
        assertThat(world.list("out")).isEmpty();
    }

    @Test
    void skipsBadRowsAndLogsThem() {
        world.file("in/a.csv", "id,name\n1,Ann\nx,\"B\"\"b\"\n3,Cy\n")
            .files("in", "DelimitedText", "in", "a.csv", HEADER + ", \"escapeChar\": \"\\\"\"")
            .files("out", "Parquet", "out", "a.parquet", null);
        ObjectNode output = world.copy("in", "out", typed("",
            """
            , "enableSkipIncompatibleRow": true, "logSettings": {"enableCopyActivityLog": true,
              "copyActivityLogSettings": {"logLevel": "Warning", "enableReliableLogging": false},
              "logLocationSettings": {"linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
                "path": "data/log"}}"""));
        assertThat(output.path("rowsRead").asInt()).isEqualTo(3);
        assertThat(output.path("rowsCopied").asInt()).isEqualTo(2);
        assertThat(output.path("rowsSkipped").asInt()).isEqualTo(1);
        assertThat(output.path("logFilePath").asString()).startsWith("data/log/copyactivity-logs/Copy rows/");
        String log = world.read("log/" + world.list("log").getFirst());
        assertThat(log.lines().toList().getFirst()).isEqualTo("Timestamp,Level,OperationName,OperationItem,Message");
        assertThat(log.lines().toList().get(1)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{7},Warning,TabularRowSkip,.*")
            .contains("\"\"\"x\"\",\"\"B\"\"\"\"b\"\"\"").contains("Cannot convert 'x' to type 'Int32'.");
    }

    @Test
    void rowWithTooManyColumnsFailsOrIsSkipped() {
        world.file("in/a.csv", "id,name\n1,Ann\n2,Bob,x\n3\n").files("in", "DelimitedText", "in", "a.csv", HEADER)
            .files("out", "DelimitedText", "out", "a.csv", HEADER);
        assertThatThrownBy(() -> world.copy("in", "out", TEXT_COPY)).hasMessageContaining("ErrorCode=DelimitedTextMoreColumnsThanDefined")
            .hasMessageContaining("source 'a.csv' with row number 3: found more columns than expected column count 2.");
        ObjectNode output = world.copy("in", "out", TEXT_COPY.replaceFirst("\\{", "{\"enableSkipIncompatibleRow\": true, "));
        assertThat(world.read("out/a.csv")).isEqualTo("id,name\r\n1,Ann\r\n3,\r\n");
        assertThat(output.path("rowsRead").asInt()).isEqualTo(3);
        assertThat(output.path("rowsSkipped").asInt()).isEqualTo(1);
    }

    @Test
    void copiesBinaryFilesAsTheyAre() {
        world.file("in/a.bin", "one").file("in/x/b.bin", "three").files("in", "Binary", "in", null, null)
            .files("out", "Binary", "out", null, null);
        ObjectNode output = world.copy("in", "out", """
            {"source": {"type": "BinarySource", "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": true,
              "deleteFilesAfterCompletion": true}}, "sink": {"type": "BinarySink"}}""");
        assertThat(world.list("out")).containsExactly("a.bin", "x/b.bin");
        assertThat(world.list("in")).isEmpty();
        assertThat(output.path("filesWritten").asInt()).isEqualTo(2);
        assertThat(output.path("dataWritten").asInt()).isEqualTo(8);
        assertThat(output.has("rowsRead")).isFalse();
    }

    @Test
    void binaryAndRowsDoNotMix() {
        world.file("in/a.csv", "id\n1\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "Binary", "out", null, null);
        assertThatThrownBy(() -> world.copy("in", "out", TEXT_COPY))
            .hasMessageContaining("Binary files are copied to binary datasets only");
    }

    @Test
    void wildcardInTheSinkFails() {
        world.file("in/a.csv", "id\n1\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", "*.csv", null);
        assertThatThrownBy(() -> world.copy("in", "out", TEXT_COPY)).hasMessageContaining("ErrorCode=WildcardPathSinkNotSupported");
    }

    @Test
    void missingFileFails() {
        world.files("in", "DelimitedText", "in", "no.csv", HEADER).files("out", "DelimitedText", "out", null, HEADER);
        assertThatThrownBy(() -> world.copy("in", "out", TEXT_COPY)).isInstanceOf(ActivityFailure.class).hasMessageContaining("no.csv");
    }

    @Test
    void nothingToReadIsNoFailure() {
        world.file("in/a.csv", "id\n1\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", null, HEADER);
        ObjectNode output = world.copy("in", "out", TEXT_COPY.replace("\"recursive\": true", "\"wildcardFileName\": \"*.dat\""));
        assertThat(output.path("rowsCopied").asInt()).isZero();
        assertThat(world.list("out")).isEmpty();
    }

    @Test
    void deletionOfSourcesIsForBinaryCopiesOnly() {
        world.file("in/a.csv", "id\n1\n").files("in", "DelimitedText", "in", null, HEADER)
            .files("out", "DelimitedText", "out", null, HEADER);
        assertThatThrownBy(() -> world.copy("in", "out", TEXT_COPY.replace("\"recursive\": true", "\"deleteFilesAfterCompletion\": true")))
            .hasMessageContaining("ErrorCode=DeleteFilesAfterCompletionNotSupportedForNonDirectBinaryCopy");
        assertThat(world.list("in")).containsExactly("a.csv");
    }

    /** A copy that makes column {@code id} a number. */
    private static String typed(String more, String properties) {
        String mapping = "{\"source\": {\"name\": \"id\"}, \"sink\": {\"name\": \"id\", \"type\": \"Int32\"}}";
        return "{\"source\": {\"type\": \"DelimitedTextSource\"}, \"sink\": {\"type\": \"ParquetSink\"}, \"translator\": {"
            + "\"type\": \"TabularTranslator\", \"mappings\": [" + mapping + "]" + (more.isEmpty() ? "" : ", " + more) + "}"
            + properties + "}";
    }
}
