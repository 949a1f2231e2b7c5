package io.lazuli.storage.blob;

import java.util.Map;
import java.util.function.Consumer;

/** What tags a blob shall have: comparisons of tags with texts, joined by {@code AND} and, in conditions of requests, {@code OR}. */
sealed interface TagExpression {
    /** How a tag's value is compared, sign by sign. */
    enum Comparator { EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL }

    /** One comparison; a tag that is missing fulfils none. */
    record Comparison(String tag, Comparator comparator, String value) implements TagExpression {
        private boolean holds(String actual) {
            if (actual == null) {
                return false;
            }
            int order = actual.compareTo(value);
            return switch (comparator) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    /** Both hold. */
    record And(TagExpression left, TagExpression right) implements TagExpression {
    }

    /** One of them holds. */
    record Or(TagExpression left, TagExpression right) implements TagExpression {
    }

    /** Whether tags are as the expression says. */
    default boolean matches(Map<String, String> tags) {
        return switch (this) {
            case And(TagExpression left, TagExpression right) -> left.matches(tags) && right.matches(tags);
            case Or(TagExpression left, TagExpression right) -> left.matches(tags) || right.matches(tags);
            case Comparison comparison -> comparison.holds(tags.get(comparison.tag));
        };
    }

    /** Gives each comparison, from left to right. */
    default void forEach(Consumer<Comparison> action) {
        switch (this) {
            case And(TagExpression left, TagExpression right) -> {
                left.forEach(action);
                right.forEach(action);
            }
            case Or(TagExpression left, TagExpression right) -> {
                left.forEach(action);
                right.forEach(action);
            }
            case Comparison comparison -> action.accept(comparison);
        }
    }
}
