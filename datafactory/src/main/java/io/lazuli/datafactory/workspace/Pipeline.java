package io.lazuli.datafactory.workspace;

import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A pipeline as its JSON says; names of parameters and variables in the order of the file. */
public record Pipeline(
    String name, Map<String, Parameter> parameters, Map<String, Parameter> variables, List<ActivityDefinition> activities,
    OptionalInt concurrency, String folder, List<String> annotations, Place place) {
}
