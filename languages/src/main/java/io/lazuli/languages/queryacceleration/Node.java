package io.lazuli.languages.queryacceleration;

import io.lazuli.foundation.Place;
import java.util.List;
import java.util.Optional;

/** An expression as it is written. */
sealed interface Node {
    Place place();

    /** A constant: a String, Long, Double or Boolean, or null. */
    record Constant(Object value, Place place) implements Node {
    }

    /** A field, and what within it: {@code warehouses[0].longitude}. */
    record Field(List<Step> steps, Place place) implements Node {
    }

    /** A step of a path: a name, an element of an array, or each element. */
    sealed interface Step {
        /** A member; an exact one is spelled as it is written. */
        record Member(String name, boolean exact) implements Step {
        }

        /** An element, counted from 0. */
        record Element(long index) implements Step {
        }

        /** All elements, {@code [*]}. */
        record Each() implements Step {
        }
    }

    /** {@code name(arguments)}, in upper case; {@code COUNT(*)} has none. */
    record Call(String name, List<Node> arguments, Place place) implements Node {
    }

    /** {@code left operator right}; words are in upper case. */
    record Binary(String operator, Node left, Node right, Place place) implements Node {
    }

    record Not(Node operand, Place place) implements Node {
    }

    record Negation(Node operand, Place place) implements Node {
    }

    record Conversion(Node operand, String type, Place place) implements Node {
    }

    /** {@code IS NULL}, or for a field that JSON may lack {@code IS MISSING}. */
    record Absent(Node operand, boolean missing, Place place) implements Node {
    }

    /** {@code CASE}; an operand is compared with each condition. */
    record Choice(Optional<Node> operand, List<Node> conditions, List<Node> values, Optional<Node> otherwise, Place place) implements Node {
    }
}
