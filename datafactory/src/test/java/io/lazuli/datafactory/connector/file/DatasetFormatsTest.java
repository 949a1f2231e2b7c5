package io.lazuli.datafactory.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.source.AvroFormat;
import io.lazuli.algebra.source.Compression;
import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.ExcelFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.JsonFormat;
import io.lazuli.algebra.source.OrcFormat;
import io.lazuli.algebra.source.ParquetFormat;
import io.lazuli.algebra.source.XmlFormat;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.foundation.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DatasetFormatsTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private static ResolvedDataset dataset(String type, String properties) {
        return new ResolvedDataset("files", type, (ObjectNode) JSON.readTree(properties), null, null, Place.UNKNOWN);
    }

    private static FileFormat format(String type, String properties, String settings) {
        return DatasetFormats.format(dataset(type, properties), JSON.readTree(settings));
    }

    @Test
    void givesDelimitedTextAzuresDefaults() {
        assertThat(format("DelimitedText", "{}", "{}")).isEqualTo(
            new DelimitedFormat(",", "\"", "\\", "", false, "", "UTF-8", 0, true, false, Compression.NONE));
    }

    @Test
    void takesEveryPropertyOfDelimitedText() {
        String properties = """
            {'columnDelimiter': '|', 'rowDelimiter': '\\n', 'quoteChar': '', 'escapeChar': '^', 'firstRowAsHeader': 'true',
             'nullValue': 'NA', 'encodingName': 'iso-8859-1', 'compressionCodec': 'GZip', 'compressionLevel': 'Fastest'}""";
        assertThat(format("DelimitedText", properties, "{'skipLineCount': '2', 'quoteAllText': true}")).isEqualTo(
            new DelimitedFormat("|", "", "^", "\n", true, "NA", "ISO-8859-1", 2, true, true, Compression.GZIP));
    }

    @Test
    void takesTheOtherFormats() {
        assertThat(format("Json", "{'compression': {'type': 'bzip2', 'level': 'Optimal'}}", "{'filePattern': 'arrayOfObjects'}"))
            .isEqualTo(new JsonFormat(JsonFormat.Shape.ARRAY_OF_OBJECTS, "UTF-8", Compression.BZIP2));
        assertThat(format("Parquet", "{}", "{}")).isEqualTo(new ParquetFormat("snappy"));
        assertThat(format("Parquet", "{'compressionCodec': 'GZIP'}", "{}")).isEqualTo(new ParquetFormat("gzip"));
        assertThat(format("Avro", "{'avroCompressionCodec': 'deflate'}", "{'recordName': 'order'}"))
            .isEqualTo(new AvroFormat("deflate", "order", null));
        assertThat(format("Orc", "{}", "{}")).isEqualTo(new OrcFormat("snappy"));
        assertThat(format("Excel", "{'sheetName': 'Sheet1', 'range': 'A3:H10', 'firstRowAsHeader': true}", "{}"))
            .isEqualTo(new ExcelFormat("Sheet1", null, "A3:H10", true, "", Compression.NONE));
        assertThat(format("Xml", "{}", "{'validationMode': 'xsd', 'namespaces': false, 'namespacePrefixes': {'http://a': 'a'}}"))
            .isEqualTo(new XmlFormat("UTF-8", "", "@", false, Map.of("http://a", "a"), true,
                XmlFormat.ValidationMode.XSD, Compression.NONE));
    }

    @Test
    void readsOlderFormatObjects() {
        String text = """
            {'folderPath': 'a', 'format': {'type': 'TextFormat', 'columnDelimiter': ';', 'firstRowAsHeader': true, 'quoteChar': '"'},
             'compression': {'type': 'GZip', 'level': 'Optimal'}}""";
        assertThat(format("AzureBlob", text, "{}")).isEqualTo(
            new DelimitedFormat(";", "\"", "\"", "", true, "", "UTF-8", 0, true, false, Compression.GZIP));
        assertThat(format("AzureBlobFSFile", "{'format': {'type': 'ParquetFormat'}}", "{}")).isEqualTo(new ParquetFormat("snappy"));
        assertThat(DatasetFormats.isBinary(dataset("AzureBlob", "{'folderPath': 'a'}"))).isTrue();
        assertThatThrownBy(() -> format("AzureBlob", "{'format': {'type': 'JsonFormat', 'jsonNodeReference': '$.a'}}", "{}"))
            .hasMessageContaining("format.jsonNodeReference");
    }

    @Test
    void namesTheAllowedValuesOfAnUnknownOne() {
        assertThatThrownBy(() -> format("Parquet", "{'compressionCodec': 'snapy'}", "{}"))
            .hasMessage("compressionCodec of dataset 'files' is 'snapy'; expected one of [none, snappy, gzip, lz4, zstd]"
                + "; did you mean 'snappy'?");
        assertThatThrownBy(() -> format("DelimitedText", "{'encodingName': 'UTF-9'}", "{}")).hasMessageContaining("UTF-9");
        assertThatThrownBy(() -> format("DelimitedText", "{'quoteChar': '\\\"\\\"'}", "{}")).hasMessageContaining("one character");
        assertThatThrownBy(() -> format("DelimitedText", "{'firstRowAsHeader': 'yes'}", "{}")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> format("Delimited", "{}", "{}")).hasMessageContaining("'Delimited'");
    }

    @Test
    void makesExtensionsFromFormatAndCompression() {
        assertThat(DatasetFormats.extension(dataset("DelimitedText", "{'compressionCodec': 'gzip'}"),
            JSON.readTree("{'fileExtension': '.csv'}"))).isEqualTo(".csv.gz");
        assertThat(DatasetFormats.extension(dataset("Parquet", "{}"), null)).isEqualTo(".parquet");
    }
}
