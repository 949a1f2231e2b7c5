package io.lazuli.datafactory.run;

import io.lazuli.governance.secret.DataKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Keeps secure values out of sight: a journal holds them encrypted with the data directory's key, so that a resumed run still has them, and
 * whoever shows a run shows {@code ***}.
 */
final class Concealment {
    private static final String MARK = "$concealed";
    private static final StringNode STARS = StringNode.valueOf("***");

    private final Path dataDirectory;
    private final JsonMapper mapper;
    private DataKey key;

    Concealment(Path dataDirectory, JsonMapper mapper) {
        this.dataDirectory = dataDirectory;
        this.mapper = mapper;
    }

    private synchronized DataKey key() {
        if (key == null) {
            key = DataKey.of(dataDirectory);
        }
        return key;
    }

    /** The whole value encrypted. */
    JsonNode conceal(JsonNode value) {
        byte[] encrypted = key().encrypt(mapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
        return JsonNodeFactory.instance.objectNode().put(MARK, Base64.getEncoder().encodeToString(encrypted));
    }

    /** The tree with the values of its {@code SecureString} objects encrypted. */
    JsonNode concealSecureStrings(JsonNode tree) {
        return rewrite(tree, object -> {
            if (!"SecureString".equalsIgnoreCase(object.path("type").asString("")) || !object.has("value")) {
                return object;
            }
            ObjectNode secured = object.deepCopy();
            secured.set("value", conceal(object.get("value")));
            return secured;
        });
    }

    /** The tree as it was before it was concealed. */
    JsonNode reveal(JsonNode tree) {
        return rewrite(tree, object -> !concealed(object) ? object : mapper.readTree(
            new String(key().decrypt(Base64.getDecoder().decode(object.get(MARK).asString())), StandardCharsets.UTF_8)));
    }

    /** The tree with stars for all that is concealed. */
    static JsonNode mask(JsonNode tree) {
        return rewrite(tree, object -> concealed(object) ? STARS : object);
    }

    private static boolean concealed(JsonNode object) {
        return object.size() == 1 && object.has(MARK);
    }

    private interface Rewrite {
        JsonNode apply(ObjectNode object);
    }

    private static JsonNode rewrite(JsonNode tree, Rewrite rewrite) {
        if (tree instanceof ObjectNode object) {
            JsonNode changed = rewrite.apply(object);
            return changed != object ? changed : members(object, rewrite);
        }
        return tree instanceof ArrayNode array ? elements(array, rewrite) : tree;
    }

    private static JsonNode members(ObjectNode object, Rewrite rewrite) {
        ObjectNode copy = null;
        for (var member : object.properties()) {
            JsonNode changed = rewrite(member.getValue(), rewrite);
            if (changed != member.getValue()) {
                copy = copy == null ? object.objectNode().setAll(object) : copy;
                copy.set(member.getKey(), changed);
            }
        }
        return copy == null ? object : copy;
    }

    private static JsonNode elements(ArrayNode array, Rewrite rewrite) {
        ArrayNode copy = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode changed = rewrite(array.get(i), rewrite);
            if (changed != array.get(i)) {
                copy = copy == null ? array.arrayNode().addAll(array) : copy;
                copy.set(i, changed);
            }
        }
        return copy == null ? array : copy;
    }
}
