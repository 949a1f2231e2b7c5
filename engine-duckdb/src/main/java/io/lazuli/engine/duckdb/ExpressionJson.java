package io.lazuli.engine.duckdb;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.engine.duckdb.render.SqlTypeParser;
import io.lazuli.engine.duckdb.render.SqlTypes;
import io.lazuli.foundation.CommonError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Constant expressions as JSON, to keep the default values of columns. */
final class ExpressionJson {
    private ExpressionJson() {
    }

    static ObjectNode write(Expression expression) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (expression) {
            case Literal literal -> {
                node.put("type", typeName(literal.type()));
                node.put("value", literal.value() instanceof byte[] bytes ? HexFormat.of().formatHex(bytes)
                    : literal.value() == null ? null : literal.value().toString());
            }
            case Call call -> {
                node.put("call", call.operator().name());
                ArrayNode arguments = node.putArray("arguments");
                call.arguments().forEach(argument -> arguments.add(write(argument)));
            }
            case Cast cast -> node.put("cast", typeName(cast.type())).put("onFailure", cast.onFailure().name())
                .set("of", write(cast.value()));
            default -> throw failure(CommonError.NOT_SUPPORTED,
                "Default value %s: a default is made of constants and functions", expression);
        }
        return node;
    }

    static Expression read(JsonNode node) {
        if (node.has("call")) {
            List<Expression> arguments = new ArrayList<>();
            node.get("arguments").forEach(argument -> arguments.add(read(argument)));
            return Call.of(operator(node.get("call").asString()), arguments);
        }
        if (node.has("cast")) {
            return new Cast(read(node.get("of")), type(node.get("cast").asString()),
                Cast.OnFailure.valueOf(node.get("onFailure").asString()));
        }
        DataType type = type(node.get("type").asString());
        return new Literal(node.get("value").isNull() ? null : value(node.get("value").asString(), type), type);
    }

    private static Operator operator(String name) {
        return OperatorCatalogue.all().stream().filter(operator -> operator.name().equals(name)).findFirst()
            .orElseThrow(() -> failure(CommonError.NOT_SUPPORTED, "A column's default uses the unknown operator '%s'", name));
    }

    private static String typeName(DataType type) {
        return type == ScalarType.NULL ? "" : SqlTypes.of(type);
    }

    private static DataType type(String name) {
        return name.isEmpty() ? ScalarType.NULL : SqlTypeParser.parse(name);
    }

    private static Object value(String text, DataType type) {
        return switch (type) {
            case DecimalType _ -> new BigDecimal(text);
            case ScalarType scalar -> switch (scalar) {
                case NULL -> null;
                case BOOLEAN -> Boolean.valueOf(text);
                case INT8 -> Byte.valueOf(text);
                case UINT8, INT16 -> Short.valueOf(text);
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case FLOAT32 -> Float.valueOf(text);
                case FLOAT64 -> Double.valueOf(text);
                case STRING, VARIANT -> text;
                case BINARY -> HexFormat.of().parseHex(text);
                case DATE -> LocalDate.parse(text);
                case TIME -> LocalTime.parse(text);
                case TIMESTAMP -> LocalDateTime.parse(text);
                case INSTANT -> Instant.parse(text);
                case UUID -> UUID.fromString(text);
            };
            default -> throw failure(CommonError.NOT_SUPPORTED, "A default value of type %s", type);
        };
    }
}
