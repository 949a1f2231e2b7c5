package io.lazuli.datafactory.copy.mapping;

import io.lazuli.datafactory.connector.JsonPath;
import java.util.List;
import java.util.Optional;

/**
 * How a copy's columns map: a {@code TabularTranslator}.
 *
 * @param mappings empty for the default mapping, by name
 * @param collection the array of whose elements each becomes a row
 */
public record Translator(
    List<Mapping> mappings, Optional<JsonPath> collection, boolean complexAsText, ConversionSettings conversion) {
    public static final Translator DEFAULT = new Translator(List.of(), Optional.empty(), false, ConversionSettings.DEFAULT);

    public Translator {
        mappings = List.copyOf(mappings);
    }
}
