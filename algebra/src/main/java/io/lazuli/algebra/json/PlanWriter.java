package io.lazuli.algebra.json;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Apply;
import io.lazuli.algebra.plan.Distinct;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Sort;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One plan that is being written; it remembers the shared parts that stand in the document already. */
final class PlanWriter {
    private final Map<String, Plan> shared = new HashMap<>();

    ObjectNode plan(Plan plan) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (plan) {
            case Scan scan -> schema(node.put("kind", "scan"), scan.schema()).set("source", SourceJson.write(scan.source()));
            case Values values -> schema(node.put("kind", "values"), values.schema())
                .set("rows", array(values.rows(), row -> array(row, this::expression)));
            case Filter filter -> of(node, "filter", filter.input()).set("condition", expression(filter.condition()));
            case Project project -> schema(of(node, "project", project.input()), project.schema()).set("columns", named(project.columns()));
            case Join join -> of(node, "join", join.left(), join.right()).put("join", JsonPart.name(join.kind()))
                .set("condition", expression(join.condition()));
            case Apply apply -> of(node, "apply", apply.left(), apply.right()).put("outer", apply.outer());
            case Aggregate aggregate -> schema(of(node, "aggregate", aggregate.input()), aggregate.schema())
                .<ObjectNode>set("keys", named(aggregate.keys())).set("aggregates", named(aggregate.aggregates()));
            case Window window -> schema(of(node, "window", window.input()), window.schema()).set("columns", named(window.columns()));
            case Sort sort -> of(node, "sort", sort.input()).set("keys", array(sort.keys(), this::key));
            case Limit limit -> of(node, "limit", limit.input()).put("offset", limit.offset()).put("count", limit.count());
            case Distinct distinct -> of(node, "distinct", distinct.input());
            case SetOperation operation -> of(node, "set", operation.left(), operation.right())
                .put("operation", JsonPart.name(operation.kind())).put("all", operation.all());
            case Unnest unnest -> of(node, "unnest", unnest.input()).put("name", unnest.name()).put("outer", unnest.outer())
                .set("array", expression(unnest.array()));
            case Shared part -> shared(node.put("kind", "shared").put("name", part.name()), part);
        }
        return node;
    }

    private void shared(ObjectNode node, Shared part) {
        if (!part.input().equals(shared.get(part.name()))) {
            node.set("input", plan(part.input()));
            shared.put(part.name(), part.input());
        }
    }

    private ObjectNode of(ObjectNode node, String kind, Plan input) {
        node.put("kind", kind).set("input", plan(input));
        return node;
    }

    private ObjectNode of(ObjectNode node, String kind, Plan left, Plan right) {
        node.put("kind", kind).set("left", plan(left));
        node.set("right", plan(right));
        return node;
    }

    private static ObjectNode schema(ObjectNode node, Schema schema) {
        node.set("schema", TypeJson.write(schema.fields()));
        return node;
    }

    private static <T> ArrayNode array(List<T> list, Function<T, JsonNode> writer) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        list.forEach(one -> array.add(writer.apply(one)));
        return array;
    }

    private ArrayNode named(List<NamedExpression> columns) {
        return array(columns, column -> JsonMapper.shared().createObjectNode().put("name", column.name())
            .set("value", expression(column.expression())));
    }

    private JsonNode key(SortKey key) {
        return JsonMapper.shared().createObjectNode().put("ascending", key.ascending()).put("nullsFirst", key.nullsFirst())
            .set("value", expression(key.expression()));
    }

    private ObjectNode expression(Expression expression) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        switch (expression) {
            case Literal literal -> typed(node, "literal", literal.type()).set("value", ValueJson.write(literal.value(), literal.type()));
            case ColumnReference column -> typed(node, "column", column.type()).put("name", column.name());
            case OuterReference column -> typed(node, "outer", column.type()).put("level", column.level()).put("name", column.name());
            case Call call -> typed(node, "call", call.type()).put("operator", call.operator().name())
                .set("arguments", expressions(call.arguments()));
            case Cast cast -> typed(node, "cast", cast.type()).put("onFailure", JsonPart.name(cast.onFailure()))
                .set("value", expression(cast.value()));
            case Case choice -> node.put("kind", "case")
                .<ObjectNode>set("branches", array(choice.branches(), branch -> JsonMapper.shared().createObjectNode()
                    .<ObjectNode>set("condition", expression(branch.condition())).set("value", expression(branch.value()))))
                .set("otherwise", expression(choice.otherwise()));
            case AggregateCall call -> aggregate(typed(node, "aggregate", call.type()), call);
            case WindowCall call -> window(typed(node, "window", call.type()), call);
            case Lambda lambda -> node.put("kind", "lambda")
                .<ObjectNode>set("parameters", expressions(List.copyOf(lambda.parameters()))).set("body", expression(lambda.body()));
            case LambdaVariable variable -> typed(node, "variable", variable.type()).put("name", variable.name());
            case FieldAccess access -> typed(node, "field", access.type()).put("name", access.field())
                .set("struct", expression(access.struct()));
            case ScalarSubquery query -> node.put("kind", "scalarQuery").set("plan", plan(query.plan()));
            case ExistsSubquery query -> node.put("kind", "exists").set("plan", plan(query.plan()));
            case InSubquery query -> node.put("kind", "in").<ObjectNode>set("value", expression(query.value()))
                .set("plan", plan(query.plan()));
        }
        return node;
    }

    private static ObjectNode typed(ObjectNode node, String kind, DataType type) {
        node.put("kind", kind).set("type", TypeJson.write(type));
        return node;
    }

    private ArrayNode expressions(List<Expression> expressions) {
        return array(expressions, this::expression);
    }

    private void aggregate(ObjectNode node, AggregateCall call) {
        node.put("operator", call.operator().name()).put("distinct", call.distinct()).set("arguments", expressions(call.arguments()));
        node.set("orderBy", array(call.orderBy(), this::key));
        call.filter().ifPresent(filter -> node.set("filter", expression(filter)));
    }

    private void window(ObjectNode node, WindowCall call) {
        node.put("operator", call.operator().name()).set("arguments", expressions(call.arguments()));
        node.set("partitionBy", expressions(call.partitionBy()));
        node.set("orderBy", array(call.orderBy(), this::key));
        call.frame().ifPresent(frame -> node.putObject("frame").put("unit", JsonPart.name(frame.unit()))
            .<ObjectNode>set("start", bound(frame.start())).set("end", bound(frame.end())));
    }

    private static ObjectNode bound(WindowCall.Bound bound) {
        return JsonMapper.shared().createObjectNode().put("offset", bound.offset()).put("preceding", bound.preceding());
    }
}
