package io.lazuli.datafactory.workspace;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads a workspace from an exported template: {@code ARMTemplateForFactory.json} with {@code ARMTemplateParametersForFactory.json},
 * {@code TemplateForWorkspace.json} with {@code TemplateParametersForWorkspace.json}, the parts of a linked template, or any template
 * with such resources.
 *
 * <p>A parameter without a value stays in the artifacts as it is written, {@code [parameters('x')]}, with a warning; one for an object or
 * an array stands there empty, and what would be in it is not checked.
 */
final class ArmTemplateLoader {
    private static final List<String> WHOLE = List.of("ARMTemplateForFactory.json", "TemplateForWorkspace.json");
    private static final String LINKED = "ArmTemplate_0.json";

    private static final Pattern OURS = Pattern.compile("(?i)microsoft\\.(datafactory/factories|synapse/workspaces)\\b");

    private final Path template;
    private final WorkspaceBuilder builder = new WorkspaceBuilder();
    private final Map<String, JsonNode> given = new HashMap<>();
    private final Set<String> withoutValue = new LinkedHashSet<>();
    private ObjectNode declared = JsonNodeFactory.instance.objectNode();
    private ObjectNode variables = JsonNodeFactory.instance.objectNode();
    private String name = "";

    ArmTemplateLoader(Path template) {
        this.template = template;
    }

    /** Whether a file is the whole of an exported template. */
    static boolean isWhole(Path file) {
        return named(file, WHOLE) && Files.isRegularFile(file);
    }

    /** Whether a file is the first part of a linked template. */
    static boolean isLinked(Path file) {
        return named(file, List.of(LINKED)) && Files.isRegularFile(file);
    }

    private static boolean named(Path file, List<String> names) {
        return names.stream().anyMatch(name -> name.equalsIgnoreCase(file.getFileName().toString()));
    }

    Workspace load() {
        parametersFile().ifPresent(this::readGiven);
        parts().forEach(this::loadPart);
        return builder.build(name.isEmpty() ? factoryName() : name, template.getParent());
    }

    /** A linked template's parts are numbered; anything else is one file. */
    private List<Path> parts() {
        if (!named(template, List.of(LINKED))) {
            return List.of(template);
        }
        return GitFolderLoader.jsonFiles(template.getParent()).stream()
            .filter(file -> file.getFileName().toString().matches("(?i)ArmTemplate_\\d+\\.json")).toList();
    }

    private Optional<Path> parametersFile() {
        String file = template.getFileName().toString();
        List<String> candidates = List.of(
            file.replaceFirst("(?i)ArmTemplateFor", "ARMTemplateParametersFor"), file.replaceFirst("^TemplateFor", "TemplateParametersFor"),
            "ArmTemplateParameters_master.json", file.replaceFirst("(?i)\\.json$", ".parameters.json"));
        return candidates.stream().filter(candidate -> !candidate.equals(file)).map(template::resolveSibling)
            .filter(Files::isRegularFile).findFirst();
    }

    private void readGiven(Path file) {
        for (Map.Entry<String, JsonNode> entry : JsonFile.readTemplate(file).path("parameters").properties()) {
            if (entry.getValue().hasNonNull("value")) {
                given.put(entry.getKey(), entry.getValue().get("value"));
            }
        }
    }

    private String factoryName() {
        for (String parameter : List.of("factoryName", "workspaceName")) {
            JsonNode value = given.get(parameter);
            if (value != null) {
                return value.asString();
            }
        }
        return template.toAbsolutePath().getParent().getFileName().toString();
    }

    private void loadPart(Path file) {
        ObjectNode json = JsonFile.readTemplate(file);
        Place root = Place.of(file, "$");
        declared = json.path("parameters") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        variables = json.path("variables") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        if (!(json.path("resources") instanceof ArrayNode resources)) {
            throw failure(DataFactoryError.MALFORMED_ARTIFACT, root, "A template with 'resources' is expected here");
        }
        addResources(resources, root.member("resources"), "");
        withoutValue.forEach(parameter -> builder.warn(failure(DataFactoryError.MISSING_PARAMETER,
            root.member("parameters").member(parameter), "The template parameter '%s' has no value", parameter)));
        withoutValue.clear();
    }

    /** Resources by their types; those within another have a type that goes on where its type ends. */
    private void addResources(ArrayNode resources, Place places, String owner) {
        for (int i = 0; i < resources.size(); i++) {
            if (!(resources.get(i) instanceof ObjectNode resource)) {
                continue;
            }
            String type = owner + resource.path("type").asString("");
            if (!OURS.matcher(type).lookingAt()) {
                continue;
            }
            Place place = places.element(i);
            JsonNode within = resource.remove("resources");
            try {
                addResource((ObjectNode) evaluated(resource, place), type, place);
            } catch (LazuliException unreadable) {
                builder.problem(unreadable);
            }
            if (within instanceof ArrayNode array) {
                addResources(array, place.member("resources"), type + "/");
            }
        }
    }

    private void addResource(ObjectNode resource, String type, Place place) {
        String resourceName = resource.path("name").asString("");
        String last = resourceName.substring(resourceName.lastIndexOf('/') + 1);
        if (type.equalsIgnoreCase("Microsoft.DataFactory/factories") || type.equalsIgnoreCase("Microsoft.Synapse/workspaces")) {
            name = last;
            if (resource.path("properties").path("globalParameters") instanceof ObjectNode declarations) {
                builder.addGlobalParameters(declarations, place.member("properties").member("globalParameters"));
            }
        } else if (type.toLowerCase(Locale.ROOT).endsWith("/globalparameters")) {
            if (resource.path("properties") instanceof ObjectNode declarations) {
                builder.addGlobalParameters(declarations, place.member("properties"));
            }
        } else {
            ArtifactKind.ofResourceType(type).ifPresent(kind -> add(kind, last, resource, place));
        }
    }

    private void add(ArtifactKind kind, String artifact, ObjectNode resource, Place place) {
        if (kind.read()) {
            builder.add(kind, artifact, resource, place);
        } else {
            builder.addName(kind, artifact, place);
        }
    }

    private JsonNode evaluated(JsonNode json, Place place) {
        return switch (json) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> copy.set(entry.getKey(), evaluated(entry.getValue(), place.member(entry.getKey()))));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < array.size(); i++) {
                    copy.add(evaluated(array.get(i), place.element(i)));
                }
                yield copy;
            }
            case StringNode text when ArmExpression.isExpression(text.stringValue()) -> expression(text, place);
            case StringNode text when text.stringValue().startsWith("[[") -> StringNode.valueOf(text.stringValue().substring(1));
            default -> json;
        };
    }

    private JsonNode expression(StringNode text, Place place) {
        return ArmExpression.evaluate(text.stringValue(), place, parameter -> parameter(parameter, place), variable -> {
            JsonNode value = variables.get(variable);
            if (value == null) {
                throw failure(DataFactoryError.BROKEN_REFERENCE, place, "The template has no variable '%s'%s", variable,
                    NearestName.hint(variable, new ArrayList<>(variables.propertyNames())));
            }
            return evaluated(value, place);
        });
    }

    private JsonNode parameter(String parameter, Place place) {
        JsonNode declaration = declared.get(parameter);
        if (declaration == null) {
            throw failure(DataFactoryError.BROKEN_REFERENCE, place, "The template has no parameter '%s'%s", parameter,
                NearestName.hint(parameter, new ArrayList<>(declared.propertyNames())));
        }
        if (given.containsKey(parameter)) {
            return given.get(parameter);
        }
        if (declaration.hasNonNull("defaultValue")) {
            return evaluated(declaration.get("defaultValue"), place);
        }
        withoutValue.add(parameter);
        String type = declaration.path("type").asString("").toLowerCase(Locale.ROOT);
        if (type.equals("object") || type.equals("secureobject") || type.equals("array")) {
            builder.open(place);
            return type.equals("array") ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.objectNode();
        }
        return StringNode.valueOf("[parameters('" + parameter + "')]");
    }
}
