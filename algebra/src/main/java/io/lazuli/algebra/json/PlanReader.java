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
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.OperatorCatalogue;
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

/** One document that is being read; it remembers the shared parts that it has met. */
final class PlanReader {
    private static final List<String> PLANS = List.of("scan", "values", "filter", "project", "join", "apply", "aggregate", "window", "sort",
        "limit", "distinct", "set", "unnest", "shared");
    private static final List<String> EXPRESSIONS = List.of("literal", "column", "outer", "call", "cast", "case", "aggregate", "window",
        "lambda", "variable", "field", "scalarQuery", "exists", "in");

    private final Map<String, Plan> shared = new HashMap<>();

    Plan plan(JsonPart part) {
        String kind = part.text("kind");
        return switch (kind) {
            case "scan" -> new Scan(SourceJson.read(part.member("source")), schema(part));
            case "values" -> new Values(schema(part), part.list("rows", row -> row.elements(this::expression)));
            case "filter" -> new Filter(plan(part.member("input")), expression(part.member("condition")));
            case "project" -> new Project(plan(part.member("input")), part.list("columns", this::named), schema(part));
            case "join" -> new Join(plan(part.member("left")), plan(part.member("right")), part.choice("join", Join.Kind.class),
                expression(part.member("condition")));
            case "apply" -> new Apply(plan(part.member("left")), plan(part.member("right")), part.flag("outer"));
            case "aggregate" -> new Aggregate(plan(part.member("input")), part.list("keys", this::named),
                part.list("aggregates", this::named), schema(part));
            case "window" -> new Window(plan(part.member("input")), part.list("columns", this::named), schema(part));
            case "sort" -> new Sort(plan(part.member("input")), part.list("keys", this::key));
            case "limit" -> new Limit(plan(part.member("input")), part.number("offset"), part.number("count"));
            case "distinct" -> new Distinct(plan(part.member("input")));
            case "set" -> new SetOperation(plan(part.member("left")), plan(part.member("right")),
                part.choice("operation", SetOperation.Kind.class), part.flag("all"));
            case "unnest" -> new Unnest(plan(part.member("input")), expression(part.member("array")), part.text("name"),
                part.flag("outer"));
            case "shared" -> shared(part);
            default -> throw part.member("kind").unknown(kind, PLANS);
        };
    }

    private Shared shared(JsonPart part) {
        String name = part.text("name");
        part.find("input").map(this::plan).ifPresent(input -> shared.put(name, input));
        Plan input = shared.get(name);
        if (input == null) {
            throw part.member("name").wrong("the name of a shared part that stands before, or its input");
        }
        return new Shared(name, input);
    }

    private static Schema schema(JsonPart part) {
        return TypeJson.schema(part.member("schema"));
    }

    private NamedExpression named(JsonPart part) {
        return new NamedExpression(part.text("name"), expression(part.member("value")));
    }

    private SortKey key(JsonPart part) {
        return new SortKey(expression(part.member("value")), part.flag("ascending"), part.flag("nullsFirst"));
    }

    private Expression expression(JsonPart part) {
        String kind = part.text("kind");
        return switch (kind) {
            case "literal" -> {
                DataType type = type(part);
                yield new Literal(part.find("value").map(value -> ValueJson.read(value, type)).orElse(null), type);
            }
            case "column" -> new ColumnReference(part.text("name"), type(part));
            case "outer" -> new OuterReference(part.smallNumber("level"), part.text("name"), type(part));
            case "call" -> new Call(operator(part), part.list("arguments", this::expression), type(part));
            case "cast" -> new Cast(expression(part.member("value")), type(part), part.choice("onFailure", Cast.OnFailure.class));
            case "case" -> new Case(part.list("branches", branch ->
                new Case.Branch(expression(branch.member("condition")), expression(branch.member("value")))),
                expression(part.member("otherwise")));
            case "aggregate" -> new AggregateCall(operator(part), part.list("arguments", this::expression), part.flag("distinct"),
                part.list("orderBy", this::key), part.find("filter").map(this::expression), type(part));
            case "window" -> new WindowCall(operator(part), part.list("arguments", this::expression),
                part.list("partitionBy", this::expression), part.list("orderBy", this::key), part.find("frame").map(PlanReader::frame),
                type(part));
            case "lambda" -> new Lambda(part.list("parameters", PlanReader::variable), expression(part.member("body")));
            case "variable" -> variable(part);
            case "field" -> new FieldAccess(expression(part.member("struct")), part.text("name"), type(part));
            case "scalarQuery" -> new ScalarSubquery(plan(part.member("plan")));
            case "exists" -> new ExistsSubquery(plan(part.member("plan")));
            case "in" -> new InSubquery(expression(part.member("value")), plan(part.member("plan")));
            default -> throw part.member("kind").unknown(kind, EXPRESSIONS);
        };
    }

    private static DataType type(JsonPart part) {
        return TypeJson.read(part.member("type"));
    }

    private static LambdaVariable variable(JsonPart part) {
        return new LambdaVariable(part.text("name"), type(part));
    }

    private static Operator operator(JsonPart part) {
        String name = part.text("operator");
        return OperatorCatalogue.find(name).orElseThrow(() ->
            part.member("operator").unknown(name, OperatorCatalogue.all().stream().map(Operator::name).toList()));
    }

    private static WindowCall.Frame frame(JsonPart part) {
        return new WindowCall.Frame(part.choice("unit", WindowCall.Frame.Unit.class), bound(part.member("start")),
            bound(part.member("end")));
    }

    private static WindowCall.Bound bound(JsonPart part) {
        return new WindowCall.Bound(part.find("offset").isPresent() ? part.number("offset") : null, part.flag("preceding"));
    }
}
