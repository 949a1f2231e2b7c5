package io.lazuli.datafactory.copy.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.foundation.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TranslatorReaderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Place PLACE = Place.of(Path.of("pipeline/p.json"), "$.translator");

    @Test
    void readsMappingsWithNamesPathsOrdinalsAndTypes() {
        Translator translator = read("""
            {"type": "TabularTranslator", "mappings": [
              {"source": {"name": "Id", "type": "int32"}, "sink": {"name": "CustomerID", "physicalType": "int"}},
              {"source": {"path": "$['a']['b']"}, "sink": {"name": "b"}},
              {"source": {"ordinal": "3"}, "sink": {"name": "c", "type": "DateTime", "format": "dd/MM/yyyy", "culture": "en-gb"}}],
             "collectionReference": "$['orders'][*]", "mapComplexValuesToString": "true"}""");
        List<Mapping> mappings = translator.mappings();
        assertThat(mappings).hasSize(3);
        assertThat(mappings.get(0).source().type()).isEqualTo(InterimType.INT32);
        assertThat(mappings.get(1).source().path()).hasToString("$['a']['b']");
        assertThat(mappings.get(2).source().ordinal()).isEqualTo(3);
        assertThat(mappings.get(2).sink().format()).isEqualTo("dd/MM/yyyy");
        assertThat(translator.collection()).map(JsonPath::toString).contains("$['orders']");
        assertThat(translator.complexAsText()).isTrue();
    }

    @Test
    void readsTheOlderColumnMappingsAsObjectAndAsText() {
        assertThat(names(read("{\"columnMappings\": {\"UserId\": \"MyUserId\", \"Group\": \"MyGroup\"}}")))
            .containsExactly("UserId>MyUserId", "Group>MyGroup");
        assertThat(names(read("{\"columnMappings\": \"UserId: MyUserId, Group: MyGroup\"}")))
            .containsExactly("UserId>MyUserId", "Group>MyGroup");
    }

    @Test
    void readsTheOlderSchemaMapping() {
        Translator translator = read("""
            {"schemaMapping": {"$.number": "orderNumber", "prod": "order_pd", "$.city[0].name": "city"},
             "collectionReference": "$.orders"}""");
        assertThat(translator.mappings()).map(mapping -> mapping.source().path().toString())
            .containsExactly("$['number']", "['prod']", "$['city'][0]['name']");
    }

    @Test
    void readsTextThatAnExpressionGave() {
        Translator translator = TranslatorReader.read(JSON.readTree(JSON.writeValueAsString(
            "{\"type\":\"TabularTranslator\",\"mappings\":[{\"source\":{\"name\":\"a\"},\"sink\":{\"name\":\"b\"}}]}")), PLACE);
        assertThat(names(translator)).containsExactly("a>b");
    }

    @Test
    void absentTranslatorMapsByName() {
        assertThat(TranslatorReader.read(null, PLACE)).isEqualTo(Translator.DEFAULT);
        assertThat(TranslatorReader.read(JSON.nullNode(), PLACE)).isEqualTo(Translator.DEFAULT);
    }

    @Test
    void readsConversionSettings() {
        ConversionSettings settings = read("""
            {"typeConversion": true, "typeConversionSettings": {"allowDataTruncation": false, "treatBooleanAsNumber": "True",
             "dateTimeFormat": "yyyy-MM-dd", "culture": "fr-fr"}}""").conversion();
        assertThat(settings).isEqualTo(new ConversionSettings(true, false, true, "yyyy-MM-dd", null, null, Locale.FRANCE));
    }

    @Test
    void settingsCountOnlyWithTypeConversion() {
        assertThat(read("{\"typeConversionSettings\": {\"treatBooleanAsNumber\": true}}").conversion())
            .isEqualTo(ConversionSettings.DEFAULT);
    }

    @Test
    void refusesWhatIsNoMapping() {
        assertThatThrownBy(() -> read("{\"mappings\": [{\"source\": {}, \"sink\": {\"name\": \"a\"}}]}"))
            .hasMessageContaining("'name', a 'path' or an 'ordinal'");
        assertThatThrownBy(() -> read("{\"mappings\": [{\"source\": {\"ordinal\": 0}, \"sink\": {\"name\": \"a\"}}]}"))
            .hasMessageContaining("from 1");
        String mistyped = "{\"mappings\": [{\"source\": {\"name\": \"a\", \"type\": \"Strin\"}, \"sink\": {\"name\": \"a\"}}]}";
        assertThatThrownBy(() -> read(mistyped))
            .hasMessageContaining("did you mean 'String'");
        assertThatThrownBy(() -> read("{\"type\": \"Other\"}")).hasMessageContaining("'Other' is not supported");
    }

    private static List<String> names(Translator translator) {
        return translator.mappings().stream().map(mapping -> mapping.source().name() + ">" + mapping.sink().name()).toList();
    }

    private static Translator read(String json) {
        return TranslatorReader.read(JSON.readTree(json), PLACE);
    }
}
