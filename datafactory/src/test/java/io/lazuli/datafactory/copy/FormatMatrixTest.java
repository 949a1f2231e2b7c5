package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows go from every format into every other and come back as they were. */
class FormatMatrixTest {
    private static final String ROWS = "id,name,price\r\n1,Ann,2.5\r\n2,\"B, b\",\r\n";
    private static final String TYPES = """
        , "translator": {"type": "TabularTranslator", "typeConversion": true, "mappings": [
          {"source": {"name": "id"}, "sink": {"name": "id", "type": "Int64"}},
          {"source": {"name": "name"}, "sink": {"name": "name", "type": "String"}},
          {"source": {"name": "price"}, "sink": {"name": "price", "type": "Double"}}]}""";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"Json,Parquet", "Json,Avro", "Json,Orc", "Json,DelimitedText", "Parquet,Json", "Parquet,Avro", "Parquet,Orc",
        "Parquet,DelimitedText", "Avro,Json", "Avro,Parquet", "Avro,Orc", "Avro,DelimitedText", "Orc,Json", "Orc,Parquet", "Orc,Avro",
        "Orc,DelimitedText", "DelimitedText,Json", "DelimitedText,Parquet", "DelimitedText,Avro", "DelimitedText,Orc",
        "AzureSqlTable,Parquet", "Parquet,AzureSqlTable", "AzureSqlTable,Json", "Json,AzureSqlTable", "AzureSqlTable,DelimitedText"})
    void copiesBetween(String first, String second) {
        try (CopyWorld world = new CopyWorld(directory)) {
            world.file("in/rows.csv", ROWS).files("in", "DelimitedText", "in", "rows.csv", "\"firstRowAsHeader\": true")
                .files("out", "DelimitedText", "out", "rows.csv", "\"firstRowAsHeader\": true");
            dataset(world, "first", first);
            dataset(world, "second", second);
            copy(world, "in", "DelimitedText", "first", first, TYPES);
            copy(world, "first", first, "second", second, "");
            copy(world, "second", second, "out", "DelimitedText", "");
            assertThat(world.read("out/rows.csv")).isEqualTo(ROWS);
        }
    }

    private static void dataset(CopyWorld world, String name, String type) {
        if (type.equals("AzureSqlTable")) {
            world.table(name, "dbo", name);
        } else {
            world.files(name, type, name, "rows", type.equals("DelimitedText") ? "\"firstRowAsHeader\": true" : null);
        }
    }

    private static void copy(CopyWorld world, String from, String source, String to, String sink, String translator) {
        String table = sink.equals("AzureSqlTable") ? ", \"tableOption\": \"autoCreate\"" : "";
        world.nextRun();
        world.copy(from, to, "{\"source\": {\"type\": \"" + source + "Source\"}, \"sink\": {\"type\": \"" + sink + "Sink\"" + table + "}"
            + translator + "}");
    }
}
