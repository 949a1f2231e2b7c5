package io.lazuli.datafactory.check;

import io.lazuli.datafactory.activity.ActivityType;
import io.lazuli.datafactory.standard.StandardActivities;
import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the typed objects of artifacts may hold, by group ({@code dataset}, {@code source}, {@code location} …) and type: the table
 * {@code shapes.txt}, and what implemented activities say themselves.
 */
final class Shapes {
    private final Map<String, Map<String, Shape>> groups = new HashMap<>();

    Shapes() {
        try (InputStream table = Shapes.class.getResourceAsStream("shapes.txt")) {
            read(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        for (ActivityType type : StandardActivities.all()) {
            Shape own = type.typeProperties();
            if (!own.equals(Shape.ANYTHING) || find("activity", type.name()).isEmpty()) {
                groups.get("activity").put(type.name(), own);
            }
        }
    }

    private void read(String table) {
        Map<String, Shape> group = new TreeMap<>();
        List<Property> common = List.of();
        for (String line : table.lines().filter(text -> !text.isBlank() && !text.startsWith("#")).toList()) {
            if (line.startsWith("[")) {
                group = new TreeMap<>();
                groups.put(line.substring(1, line.length() - 1), group);
                common = List.of();
                continue;
            }
            int colon = line.indexOf(':');
            String properties = line.substring(colon + 1).trim();
            if (line.startsWith("common:")) {
                common = shape(properties, List.of()).properties();
            } else {
                for (String type : line.substring(0, colon).split(",\\s*")) {
                    group.put(type, shape(properties, common));
                }
            }
        }
    }

    private static Shape shape(String text, List<Property> common) {
        List<Property> properties = new ArrayList<>(common);
        boolean open = false;
        for (String word : text.split("\\s+")) {
            if (word.equals("*")) {
                open = true;
            } else if (!word.isEmpty()) {
                properties.add(property(word));
            }
        }
        return new Shape(properties, open);
    }

    private static Property property(String word) {
        String[] parts = word.split(":");
        boolean required = parts[0].endsWith("!");
        String name = required ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        Property property = Property.of(name, parts.length == 1 ? Kind.ANY : switch (parts[1]) {
            case "bool" -> Kind.BOOLEAN;
            case "int" -> Kind.INTEGER;
            case "number" -> Kind.NUMBER;
            case "object" -> Kind.OBJECT;
            case "array" -> Kind.ARRAY;
            default -> throw new IllegalStateException("shapes.txt: unknown kind in " + word);
        });
        return required ? property.asRequired() : property;
    }

    Optional<Shape> find(String group, String type) {
        return Optional.ofNullable(groups.get(group).get(type));
    }

    Collection<String> types(String group) {
        return groups.get(group).keySet();
    }
}
