package io.lazuli.datafactory.workspace;

import io.lazuli.datafactory.workspace.ActivityDefinition.Condition;
import io.lazuli.datafactory.workspace.ActivityDefinition.Dependency;
import io.lazuli.datafactory.workspace.ActivityDefinition.Outcome;
import io.lazuli.datafactory.workspace.ActivityDefinition.Policy;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads activities with those inside them. */
final class ActivityReader {
    private final PropertyReader reader;

    ActivityReader(PropertyReader reader) {
        this.reader = reader;
    }

    List<ActivityDefinition> activities(ObjectNode owner, String name, Place place) {
        List<ActivityDefinition> found = new ArrayList<>();
        reader.objects(owner, name, place).forEach((at, json) -> found.add(activity(json, at)));
        return List.copyOf(found);
    }

    private ActivityDefinition activity(ObjectNode json, Place place) {
        String type = reader.requiredText(json, "type", place);
        return new ActivityDefinition(
            reader.requiredText(json, "name", place), type, dependencies(json, place),
            new Policy(reader.object(json, "policy", place)), reader.text(json, "state", place).equalsIgnoreCase("Inactive"),
            markedAs(json, place), json, branches(type, json, place), place);
    }

    private Outcome markedAs(ObjectNode json, Place place) {
        String text = reader.text(json, "onInactiveMarkAs", place);
        return text.isEmpty() ? Outcome.SUCCEEDED : constant(Outcome.class, text, place.member("onInactiveMarkAs"), Outcome.SUCCEEDED);
    }

    private List<Dependency> dependencies(ObjectNode json, Place place) {
        List<Dependency> found = new ArrayList<>();
        reader.objects(json, "dependsOn", place).forEach((at, dependency) ->
            found.add(new Dependency(reader.requiredText(dependency, "activity", at), conditions(dependency, at), at)));
        return List.copyOf(found);
    }

    private List<Condition> conditions(ObjectNode dependency, Place place) {
        List<Condition> found = new ArrayList<>();
        for (JsonNode condition : reader.elements(dependency, "dependencyConditions", place)) {
            Place at = place.member("dependencyConditions").element(found.size());
            found.add(constant(Condition.class, condition.asString(), at, Condition.SUCCEEDED));
        }
        return found.isEmpty() ? List.of(Condition.SUCCEEDED) : List.copyOf(found);
    }

    private <E extends Enum<E>> E constant(Class<E> type, String text, Place place, E fallback) {
        return Arrays.stream(type.getEnumConstants()).filter(value -> value.name().equalsIgnoreCase(text)).findFirst().orElseGet(() -> {
            List<String> expected = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().charAt(0) + value.name().substring(1).toLowerCase(Locale.ROOT)).toList();
            reader.wrong(place, "One of %s is expected here, not '%s'%s", expected, text, NearestName.hint(text, expected));
            return fallback;
        });
    }

    private LinkedHashMap<String, List<ActivityDefinition>> branches(String type, ObjectNode json, Place place) {
        LinkedHashMap<String, List<ActivityDefinition>> found = new LinkedHashMap<>();
        ObjectNode properties = reader.object(json, "typeProperties", place);
        Place at = place.member("typeProperties");
        switch (type) {
            case "ForEach", "Until" -> found.put("activities", activities(properties, "activities", at));
            case "IfCondition" -> {
                found.put("ifTrueActivities", activities(properties, "ifTrueActivities", at));
                found.put("ifFalseActivities", activities(properties, "ifFalseActivities", at));
            }
            case "Switch" -> {
                int index = 0;
                for (Map.Entry<Place, ObjectNode> entry : reader.objects(properties, "cases", at).entrySet()) {
                    found.put("cases[" + index++ + "].activities", activities(entry.getValue(), "activities", entry.getKey()));
                }
                found.put("defaultActivities", activities(properties, "defaultActivities", at));
            }
            default -> {
                // holds no activities
            }
        }
        return found;
    }
}
