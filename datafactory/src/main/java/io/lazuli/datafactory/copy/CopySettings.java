package io.lazuli.datafactory.copy;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.file.Settings;
import io.lazuli.datafactory.copy.mapping.Translator;
import io.lazuli.datafactory.copy.mapping.TranslatorReader;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Copy activity's evaluated properties.
 *
 * @param skipIncompatibleRows rows that the sink cannot take are left out and counted
 * @param notes what was asked for and means nothing on one machine
 */
record CopySettings(
    Settings source, Settings sink, Translator translator, boolean skipIncompatibleRows, boolean validateDataConsistency, LogTarget log,
    int dataIntegrationUnits, int parallelCopies, List<String> notes) {
    private static final List<String> WITHOUT_EFFECT = List.of("enableStaging", "allowPolyBase", "allowCopyCommand");

    static CopySettings of(ObjectNode json, Place place) {
        Settings properties = new Settings(json, "the Copy activity");
        Settings sink = new Settings(part(json, "sink", place), "sink");
        return new CopySettings(new Settings(part(json, "source", place), "source"), sink,
            TranslatorReader.read(json.get("translator"), place.member("translator")),
            properties.flag("enableSkipIncompatibleRow", false), properties.flag("validateDataConsistency", false),
            LogTarget.of(properties), units(properties), properties.integer("parallelCopies").orElse(1), notes(properties, sink));
    }

    private static JsonNode part(ObjectNode json, String name, Place place) {
        JsonNode part = json.get(name);
        if (part == null || !part.isObject()) {
            throw failure(DataFactoryError.MISSING_PROPERTY, place.member(name), "A Copy activity needs an object '%s'", name);
        }
        return part;
    }

    private static int units(Settings properties) {
        String units = properties.text("dataIntegrationUnits").orElse("auto");
        return units.equalsIgnoreCase("auto") ? 4 : properties.integer("dataIntegrationUnits").orElse(4);
    }

    private static List<String> notes(Settings properties, Settings sink) {
        List<String> notes = new ArrayList<>();
        WITHOUT_EFFECT.stream().filter(name -> properties.flag(name, false) || sink.flag(name, false))
            .forEach(name -> notes.add(name + " has no effect: rows go straight to the sink"));
        if (sink.json().path("type").asString("").equals("BinarySink")) {
            return notes;
        }
        properties.elements("preserve")
            .forEach(name -> notes.add("preserve " + name + " has no effect: it is for files that are copied whole"));
        return notes;
    }
}
