package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.Kind.ANY;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY_OR_OBJECT;
import static io.lazuli.languages.pipeline.function.Kind.ARRAY_OR_STRING;
import static io.lazuli.languages.pipeline.function.Kind.BOOLEAN;
import static io.lazuli.languages.pipeline.function.Kind.COLLECTION;
import static io.lazuli.languages.pipeline.function.Kind.COLLECTION_OR_NULL;
import static io.lazuli.languages.pipeline.function.Kind.INTEGER;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Functions on arrays, objects and, where it makes sense, the characters of a text. */
final class CollectionFunctions {
    private CollectionFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.COLLECTION, "contains",
                "Tells whether a text has a part, an array an element, or an object a property; minds case.")
                .takes("collection", COLLECTION).takes("value", ANY).example("@contains('hello world', 'world')", "true")
                .gives(BOOLEAN, a -> Values.bool(contains(a))),
            function(Category.COLLECTION, "empty", "Tells whether a text, array or object has nothing in it; null has nothing in it.")
                .takes("collection", COLLECTION_OR_NULL).example("@empty('')", "true")
                .gives(BOOLEAN, a -> Values.bool(isEmpty(a.value(0)))),
            function(Category.COLLECTION, "first",
                "Gives the first element of an array or character of a text; null or '' when there is none.")
                .takes("collection", ARRAY_OR_STRING).example("@first(createArray(0, 1, 2))", "0").gives(ANY, a -> end(a.value(0), false)),
            function(Category.COLLECTION, "intersection", "Gives the elements, or equal properties, that all collections have.")
                .takesMany("collection", ARRAY_OR_OBJECT, 1)
                .example("@intersection(createArray(1, 2, 3), createArray(101, 2, 1, 10))", "[1,2]")
                .gives(ARRAY_OR_OBJECT, a -> merge(a, false)),
            function(Category.COLLECTION, "join", "Joins the elements of an array to one text, with a delimiter between them.")
                .takes("collection", ARRAY).takes("delimiter", STRING).example("@join(createArray('a', 'b', 'c'), '.')", "\"a.b.c\"")
                .gives(STRING, CollectionFunctions::join),
            function(Category.COLLECTION, "last",
                "Gives the last element of an array or character of a text; null or '' when there is none.")
                .takes("collection", ARRAY_OR_STRING).example("@last('abcd')", "\"d\"").gives(ANY, a -> end(a.value(0), true)),
            function(Category.COLLECTION, "length", "Gives the number of elements of an array or characters of a text.")
                .takes("collection", ARRAY_OR_STRING).example("@length(createArray(0, 1, 2, 3))", "4").gives(INTEGER, a -> Values.integer(
                    a.value(0).isString() ? a.string(0).length() : a.value(0).size())),
            function(Category.COLLECTION, "skip", "Leaves out elements at the front.")
                .takes("collection", ARRAY_OR_STRING).takes("count", INTEGER).example("@skip(createArray(0, 1, 2, 3), 1)", "[1,2,3]")
                .gives(ARRAY_OR_STRING, a -> part(a.value(0), Math.min(a.size(1), size(a.value(0))), size(a.value(0)))),
            function(Category.COLLECTION, "take", "Gives the elements at the front.")
                .takes("collection", ARRAY_OR_STRING).takes("count", INTEGER).example("@take('abcde', 3)", "\"abc\"")
                .gives(ARRAY_OR_STRING, a -> part(a.value(0), 0, Math.min(a.size(1), size(a.value(0))))),
            function(Category.COLLECTION, "union",
                "Gives the elements of all arrays without repetition, or the properties of all objects, a later one replacing an earlier.")
                .takesMany("collection", ARRAY_OR_OBJECT, 1)
                .example("@union(createArray(1, 2, 3), createArray(1, 2, 10, 101))", "[1,2,3,10,101]")
                .gives(ARRAY_OR_OBJECT, a -> merge(a, true)));
    }

    private static boolean contains(Arguments arguments) {
        JsonNode collection = arguments.value(0);
        JsonNode value = arguments.value(1);
        return switch (ValueType.of(collection)) {
            case STRING -> collection.stringValue().contains(Values.text(value));
            case ARRAY -> has(collection, value);
            default -> collection.has(Values.text(value));
        };
    }

    private static boolean has(Iterable<JsonNode> items, JsonNode value) {
        for (JsonNode item : items) {
            if (Values.equal(item, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isString() ? value.stringValue().isEmpty() : value.isNull() || value.isEmpty();
    }

    private static JsonNode end(JsonNode collection, boolean last) {
        int size = size(collection);
        if (collection.isString()) {
            String text = collection.stringValue();
            return Values.string(size == 0 ? "" : last ? text.substring(size - 1) : text.substring(0, 1));
        }
        return size == 0 ? JsonNodeFactory.instance.nullNode() : collection.get(last ? size - 1 : 0);
    }

    private static int size(JsonNode collection) {
        return collection.isString() ? collection.stringValue().length() : collection.size();
    }

    private static JsonNode part(JsonNode collection, int from, int to) {
        if (collection.isString()) {
            return Values.string(collection.stringValue().substring(from, to));
        }
        List<JsonNode> items = new ArrayList<>();
        for (int i = from; i < to; i++) {
            items.add(collection.get(i));
        }
        return Values.array(items);
    }

    private static JsonNode join(Arguments arguments) {
        return Values.string(arguments.value(0).valueStream().map(Values::text).collect(Collectors.joining(arguments.string(1))));
    }

    private static JsonNode merge(Arguments arguments, boolean all) {
        JsonNode result = arguments.value(0).isObject() ? arguments.value(0) : distinct(arguments.value(0));
        for (int i = 1; i < arguments.count(); i++) {
            JsonNode next = arguments.value(i);
            if (next.isObject() != result.isObject()) {
                throw arguments.failure(i, ExpressionError.WRONG_TYPE, "needs collections of one kind: arrays only, or objects only");
            }
            result = result.isObject() ? mergeObjects(result, next, all) : mergeArrays(result, next, all);
        }
        return result;
    }

    private static JsonNode distinct(JsonNode array) {
        return mergeArrays(JsonNodeFactory.instance.arrayNode(), array, true);
    }

    private static JsonNode mergeArrays(JsonNode left, JsonNode right, boolean all) {
        List<JsonNode> items = new ArrayList<>();
        if (all) {
            left.forEach(items::add);
            right.forEach(item -> {
                if (!has(items, item)) {
                    items.add(item);
                }
            });
        } else {
            left.forEach(item -> {
                if (has(right, item)) {
                    items.add(item);
                }
            });
        }
        return Values.array(items);
    }

    private static JsonNode mergeObjects(JsonNode left, JsonNode right, boolean all) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        left.properties().forEach(property -> {
            JsonNode other = right.get(property.getKey());
            if (all || other != null && Values.equal(property.getValue(), other)) {
                result.set(property.getKey(), property.getValue());
            }
        });
        if (all) {
            right.properties().forEach(property -> result.set(property.getKey(), property.getValue()));
        }
        return result;
    }
}
