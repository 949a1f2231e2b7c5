package io.lazuli.algebra.json;

import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Types: {@code "int64"}, {@code "decimal(10,2)"}, {@code {"array": T}}, {@code {"map": [K, V]}}, {@code {"struct": [FIELD, …]}}. */
final class TypeJson {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}),(\\d{1,2})\\)");

    private TypeJson() {
    }

    static JsonNode write(DataType type) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        return switch (type) {
            case ScalarType scalar -> StringNode.valueOf(scalar.toString());
            case DecimalType decimal -> StringNode.valueOf(decimal.toString());
            case ArrayType array -> node.set("array", write(array.element()));
            case MapType map -> {
                node.putArray("map").add(write(map.key())).add(write(map.value()));
                yield node;
            }
            case StructType struct -> node.set("struct", write(struct.fields()));
        };
    }

    static ArrayNode write(List<Field> fields) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        fields.forEach(field -> array.addObject().put("name", field.name()).set("type", write(field.type())));
        return array;
    }

    static DataType read(JsonPart part) {
        if (part.find("array").isPresent()) {
            return new ArrayType(read(part.member("array")));
        }
        if (part.find("map").isPresent()) {
            List<DataType> types = part.list("map", TypeJson::read);
            if (types.size() != 2) {
                throw part.member("map").wrong("the types of keys and values");
            }
            return new MapType(types.getFirst(), types.getLast());
        }
        if (part.find("struct").isPresent()) {
            return new StructType(part.list("struct", TypeJson::field));
        }
        return simple(part);
    }

    private static DataType simple(JsonPart part) {
        String text = part.text();
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale > precision) {
                throw part.wrong("a decimal of 1 to 38 digits, of which no more than all follow the point");
            }
            return new DecimalType(precision, scale);
        }
        return Stream.of(ScalarType.values()).filter(type -> type.toString().equals(text)).findFirst()
            .orElseThrow(() -> part.unknown(text, Stream.of(ScalarType.values()).map(ScalarType::toString).toList()));
    }

    static Field field(JsonPart part) {
        return new Field(part.text("name"), read(part.member("type")));
    }

    static Schema schema(JsonPart part) {
        return new Schema(part.elements(TypeJson::field));
    }
}
