package io.lazuli.datafactory.workspace.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * What a JSON object of an artifact may hold, for {@code lazuli check}: the known properties of an activity, a dataset, a source.
 *
 * <p>An unknown property is a warning with its JSON path and the nearest known name. Every value may be an expression unless its
 * property says {@link Property#literal()}.
 *
 * @param open whether other properties are fine, for objects that users fill as they like
 */
public record Shape(List<Property> properties, boolean open) {
    /** An object of which nothing is known. */
    public static final Shape ANYTHING = new Shape(List.of(), true);

    public Shape {
        properties = List.copyOf(properties);
    }

    public static Shape of(Property... properties) {
        return new Shape(List.of(properties), false);
    }

    /** This shape with more properties. */
    public Shape and(Property... more) {
        List<Property> all = new ArrayList<>(properties);
        all.addAll(List.of(more));
        return new Shape(all, open);
    }
}
