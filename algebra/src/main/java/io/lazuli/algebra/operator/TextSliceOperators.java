package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BINARY;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.INT32;
import static io.lazuli.algebra.type.ScalarType.STRING;

import java.util.List;

/** Ends of texts, and texts and bytes put together. Numbers of characters below 0 count as 0. */
public final class TextSliceOperators {
    public static final Operator TAKE_LEFT =
        new Operator("take_left", SCALAR, "The first characters, so many if there are.", TypeRules.exactly(STRING, STRING, INT32));
    public static final Operator TAKE_RIGHT =
        new Operator("take_right", SCALAR, "The last characters, so many if there are.", TypeRules.exactly(STRING, STRING, INT32));
    public static final Operator DROP_LEFT =
        new Operator("drop_left", SCALAR, "The text without its first characters.", TypeRules.exactly(STRING, STRING, INT32));
    public static final Operator DROP_RIGHT =
        new Operator("drop_right", SCALAR, "The text without its last characters.", TypeRules.exactly(STRING, STRING, INT32));
    public static final Operator STARTS_WITH =
        new Operator("starts_with", SCALAR, "Whether the first text begins with the second.", TypeRules.exactly(BOOLEAN, STRING, STRING));
    public static final Operator ENDS_WITH =
        new Operator("ends_with", SCALAR, "Whether the first text ends with the second.", TypeRules.exactly(BOOLEAN, STRING, STRING));
    public static final Operator JOIN_TEXTS = new Operator("join_texts", SCALAR,
        "The other texts that are not null with the first between them; null when the first is null.", TypeRules.strings(STRING, 1));
    public static final Operator TRANSLATE = new Operator("translate", SCALAR,
        "The text with each character of the second replaced by the one at its place in the third, or removed when that is shorter.",
        TypeRules.exactly(STRING, STRING, STRING, STRING));
    public static final Operator CONCAT_BINARY = new Operator("concat_binary", SCALAR, "The bytes one after another.",
        arguments -> !arguments.isEmpty() && arguments.stream().allMatch(BINARY::equals) ? BINARY : null);

    static final List<Operator> ALL = List.of(TAKE_LEFT, TAKE_RIGHT, DROP_LEFT, DROP_RIGHT, STARTS_WITH, ENDS_WITH, JOIN_TEXTS, TRANSLATE,
        CONCAT_BINARY);

    private TextSliceOperators() {
    }
}
