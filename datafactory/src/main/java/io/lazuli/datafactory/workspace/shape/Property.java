package io.lazuli.datafactory.workspace.shape;

import java.util.List;

/**
 * A property that a JSON object may have.
 *
 * @param values the allowed texts (compared without case), empty for any
 * @param shape of an object's, or of an array's elements' properties
 * @param supported false for what Azure has and this program refuses or ignores: {@code check} tells so
 */
public record Property(
    String name, Kind kind, boolean required, boolean literal, List<String> values, Shape shape, boolean supported) {
    /** What the value is once evaluated. */
    public enum Kind { STRING, INTEGER, NUMBER, BOOLEAN, OBJECT, ARRAY, ANY, DATASET_REFERENCE, LINKED_SERVICE_REFERENCE, ACTIVITIES }

    public Property {
        values = List.copyOf(values);
    }

    public static Property of(String name, Kind kind) {
        return new Property(name, kind, false, false, List.of(), Shape.ANYTHING, true);
    }

    public static Property string(String name) {
        return of(name, Kind.STRING);
    }

    public static Property oneOf(String name, String... values) {
        return new Property(name, Kind.STRING, false, false, List.of(values), Shape.ANYTHING, true);
    }

    public static Property integer(String name) {
        return of(name, Kind.INTEGER);
    }

    public static Property bool(String name) {
        return of(name, Kind.BOOLEAN);
    }

    public static Property object(String name, Shape shape) {
        return new Property(name, Kind.OBJECT, false, false, List.of(), shape, true);
    }

    public static Property arrayOf(String name, Shape elements) {
        return new Property(name, Kind.ARRAY, false, false, List.of(), elements, true);
    }

    public Property asRequired() {
        return new Property(name, kind, true, literal, values, shape, supported);
    }

    /** The value must not be an expression. */
    public Property asLiteral() {
        return new Property(name, kind, required, true, values, shape, supported);
    }

    public Property asUnsupported() {
        return new Property(name, kind, required, literal, values, shape, false);
    }
}
