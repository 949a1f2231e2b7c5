package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.workspace.DataFlow;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Workspace;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.ScriptParser;
import io.lazuli.languages.dataflow.script.UserFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A data flow or flowlet as its JSON says: the script, and what its sources, sinks and flowlets refer to. */
public final class FlowDefinition {
    /** The types of artifacts that have a script. */
    private static final List<String> TYPES = List.of("MappingDataFlow", "Flowlet");

    private final DataFlow artifact;
    private final FlowGraph graph;
    private final Map<String, ObjectNode> ends = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private FlowDefinition(FlowDefinition whole, FlowGraph part) {
        this.artifact = whole.artifact;
        this.graph = part;
        this.ends.putAll(whole.ends);
        this.places.putAll(whole.places);
    }

    private FlowDefinition(DataFlow artifact) {
        this.artifact = artifact;
        requireKnownType();
        for (String member : List.of("sources", "sinks", "transformations")) {
            JsonNode entries = artifact.typeProperties().path(member);
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i) instanceof ObjectNode end) {
                    String name = end.path("name").asString("");
                    ends.put(name, end);
                    places.put(name, artifact.place().member("typeProperties").member(member).element(i));
                }
            }
        }
        try {
            this.graph = FlowGraph.of(ScriptParser.parse(text()));
        } catch (LazuliException e) {
            throw at(e);
        }
    }

    /** Reads the script; what is wrong in it fails with its place. */
    public static FlowDefinition of(DataFlow artifact) {
        return new FlowDefinition(artifact);
    }

    /** The part of the flow that a stream or sink needs, so that it can be looked at while the rest is not ready. */
    public FlowDefinition upTo(String stream) {
        if (!graph.streams().contains(stream)) {
            throw failure(CommonError.NOT_FOUND, "Data flow '%s' has no transformation '%s'; it has %s%s", name(), stream, graph.streams(),
                NearestName.hint(stream, graph.streams()));
        }
        return new FlowDefinition(this, graph.upTo(stream));
    }

    /**
     * The flow with parameters for the linked services of its inline sources and sinks:
     * {@code {"source1": {"linkedService": {"url": "…"}}}}.
     *
     * @param place where they are given
     */
    public FlowDefinition withLinkedServiceParameters(ObjectNode given, Place place) {
        FlowDefinition flow = new FlowDefinition(this, graph);
        given.properties().forEach(end -> {
            ObjectNode known = flow.ends.get(end.getKey());
            if (known == null) {
                throw failure(DataFactoryError.UNKNOWN_PARAMETER, place, "linkedServiceParameters: data flow '%s' has no '%s'%s", name(),
                    end.getKey(), NearestName.hint(end.getKey(), flow.ends.keySet()));
            }
            ObjectNode copy = known.deepCopy();
            values(end.getKey(), end.getValue(), place).properties().forEach(member -> {
                ObjectNode values = values(end.getKey() + "." + member.getKey(), member.getValue(), place);
                if (!values.isEmpty()) {
                    linkedService(copy, member.getKey(), place).withObject("parameters").setAll(values);
                }
            });
            flow.ends.put(end.getKey(), copy);
        });
        return flow;
    }

    private static ObjectNode values(String path, JsonNode given, Place place) {
        if (given instanceof ObjectNode values) {
            return values;
        }
        throw failure(CommonError.INVALID_ARGUMENT, place, "linkedServiceParameters: '%s' is an object, not %s", path, given);
    }

    /** The reference of an end to a linked service. */
    private ObjectNode linkedService(ObjectNode end, String member, Place place) {
        if (end.path(member) instanceof ObjectNode reference) {
            return reference;
        }
        List<String> references = end.propertyNames().stream().filter(name -> end.get(name).isObject()).toList();
        throw failure(DataFactoryError.UNKNOWN_PARAMETER, place, "linkedServiceParameters: '%s' of data flow '%s' has no '%s'; it has %s%s",
            end.path("name").asString(), name(), member, references, NearestName.hint(member, references));
    }

    /** The names of the sources, sinks and flowlets that refer to something. */
    public Set<String> ends() {
        return ends.keySet();
    }

    private void requireKnownType() {
        if (!TYPES.contains(artifact.type())) {
            throw failure(CommonError.NOT_SUPPORTED, artifact.place().member("type"), "Data flows of type '%s' are not supported%s",
                artifact.type(), NearestName.hint(artifact.type(), TYPES));
        }
    }

    public String name() {
        return artifact.name();
    }

    public FlowGraph graph() {
        return graph;
    }

    private String text() {
        return text(artifact);
    }

    /** The script, of which {@code scriptLines} are the lines. */
    private static String text(DataFlow artifact) {
        JsonNode properties = artifact.typeProperties();
        if (properties.path("script").isString()) {
            return properties.path("script").stringValue();
        }
        if (properties.path("scriptLines").isArray()) {
            List<String> lines = new ArrayList<>();
            properties.path("scriptLines").forEach(line -> lines.add(line.asString("")));
            return String.join("\n", lines);
        }
        throw failure(DataFactoryError.MISSING_PROPERTY, artifact.place().member("typeProperties"),
            "Data flow '%s' has no script: it needs 'script' or 'scriptLines'", artifact.name());
    }

    /** The functions of the libraries that the flow names, by name. */
    Map<String, UserFunction> functions(Workspace workspace) {
        Map<String, UserFunction> functions = new LinkedHashMap<>();
        artifact.typeProperties().path("udfLibraries").forEach(reference -> {
            DataFlow library = workspace.dataFlow(reference.path("referenceName").asString(""), artifact.place().member("typeProperties"));
            UserFunction.parse(text(library)).forEach(function -> functions.put(function.name(), function));
        });
        return functions;
    }

    /** A failure within the script at its place in the file, with the line and a caret. */
    LazuliException at(LazuliException failure) {
        Place place = failure.place();
        if (place.line() == 0 || place.file() != null) {
            return failure;
        }
        Place properties = artifact.place().member("typeProperties");
        boolean lines = !artifact.typeProperties().path("script").isString();
        Place there = lines ? properties.member("scriptLines").element(place.line() - 1) : properties.member("script");
        String[] texts = text().split("\n", -1);
        String line = place.line() <= texts.length ? texts[place.line() - 1].replace("\r", "").replace('\t', ' ') : "";
        String caret = line.isBlank() ? "" : "\n" + line + "\n" + " ".repeat(Math.max(0, place.column() - 1)) + "^";
        return new LazuliException(failure.code(), there.within(place.line(), place.column()),
            "Data flow '" + artifact.name() + "', line " + place.line() + ": " + failure.getMessage() + caret, failure.getCause());
    }

    Place place() {
        return artifact.place();
    }

    /** The dataset of a source or sink, empty for an inline one. */
    public Optional<Reference> dataset(String end) {
        return reference(end, "dataset");
    }

    /** How many sources and sinks have a dataset. */
    public long endsOf(String dataset) {
        return ends.values().stream().map(end -> end.path("dataset").path("referenceName").asString(""))
            .filter(dataset::equalsIgnoreCase).count();
    }

    /** The linked service of an inline source or sink. */
    public Optional<Reference> linkedService(String end) {
        return reference(end, "linkedService");
    }

    /** Where a sink puts rows that it does not write, or that failed an assertion. */
    Optional<Reference> rejectedDataLinkedService(String sink) {
        return reference(sink, "rejectedDataLinkedService");
    }

    private Optional<Reference> reference(String end, String member) {
        ObjectNode json = ends.get(end);
        return json == null || !json.path(member).isObject() ? Optional.empty()
            : Optional.of(Reference.of(json, member, places.get(end)));
    }

    /** The flowlet that a compose statement runs: the one that its entry refers to, else the one that the script names. */
    String flowlet(String statement, String named) {
        ObjectNode json = ends.get(statement);
        String name = json == null ? named : json.path("flowlet").path("referenceName").asString(named);
        ends.values().stream().map(end -> end.path("flowlet")).filter(flowlet -> !flowlet.path("parameters").isEmpty()
            && flowlet.path("referenceName").asString("").equalsIgnoreCase(name)).findFirst().ifPresent(flowlet -> {
                throw failure(CommonError.NOT_SUPPORTED, place(), "The flowlet '%s' is given parameters %s in the data flow's "
                    + "transformations; a flowlet's parameters are the flow's of the same names",
                    name, flowlet.path("parameters").propertyNames());
            });
        return name;
    }
}
