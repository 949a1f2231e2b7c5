package io.lazuli.algebra.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Join;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Scan;
import io.lazuli.algebra.plan.SetOperation;
import io.lazuli.algebra.plan.Shared;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageTracerTest {
    private static final ScalarType INT = ScalarType.INT32;
    private static final Plan ORDERS = scan("orders", new Field("id", INT), new Field("shop", INT), new Field("amount", INT),
        new Field("parts", new ArrayType(INT)));
    private static final Plan SHOPS = scan("shops", new Field("number", INT), new Field("size", INT));

    private static Plan scan(String table, Field... fields) {
        return new Scan(new TableSource(new TableName("db", "dbo", table)), Schema.of(fields));
    }

    private static Expression column(String name) {
        return new ColumnReference(name, INT);
    }

    private static Expression equal(Expression left, Expression right) {
        return Call.of(ComparisonOperators.EQUAL, left, right);
    }

    private static Plan project(Plan input, String name, Expression value) {
        return new Project(input, List.of(new NamedExpression(name, value)));
    }

    private static Origin of(String table, String column) {
        return new Origin("dbo." + table, column);
    }

    @Test
    void followsNamesValuesAndConditions() {
        Plan plan = project(new Filter(ORDERS, equal(column("id"), Literal.int32(1))), "cost",
            Call.of(MathOperators.ADD, column("amount"), column("shop")));
        Lineage lineage = LineageTracer.of(project(plan, "price", column("cost")));
        assertThat(lineage.of("price")).isEqualTo(
            Map.of(of("orders", "amount"), Influence.TRANSFORMATION, of("orders", "shop"), Influence.TRANSFORMATION));
        assertThat(lineage.rows()).containsExactly(of("orders", "id"));
    }

    @Test
    void followsJoinsAndAggregates() {
        Plan join = new Join(ORDERS, SHOPS, Join.Kind.LEFT, equal(column("shop"), column("number")));
        Plan plan = new Aggregate(join, List.of(new NamedExpression("size", column("size"))),
            List.of(new NamedExpression("total", AggregateCall.of(AggregateOperators.SUM, column("amount")))));
        Lineage lineage = LineageTracer.of(plan);
        assertThat(lineage.of("size")).isEqualTo(Map.of(of("shops", "size"), Influence.IDENTITY));
        assertThat(lineage.of("total")).isEqualTo(Map.of(of("orders", "amount"), Influence.AGGREGATION));
        assertThat(lineage.rows()).containsExactly(of("orders", "shop"), of("shops", "number"), of("shops", "size"));
    }

    @Test
    void followsUnionsByPositionAndElementsOfArrays() {
        Plan sizes = project(SHOPS, "b", column("size"));
        Plan plan = new SetOperation(project(ORDERS, "a", column("id")), sizes, SetOperation.Kind.UNION, true);
        assertThat(LineageTracer.of(plan).columns()).isEqualTo(
            Map.of("a", Map.of(of("orders", "id"), Influence.IDENTITY, of("shops", "size"), Influence.IDENTITY)));
        Plan unnested = new Unnest(ORDERS, new ColumnReference("parts", new ArrayType(INT)), "part", true);
        assertThat(LineageTracer.of(unnested).of("part")).isEqualTo(Map.of(of("orders", "parts"), Influence.TRANSFORMATION));
    }

    @Test
    void followsSubqueriesAndTheRowAroundThem() {
        Plan inner = project(new Filter(SHOPS, equal(column("number"), new OuterReference(1, "shop", INT))), "size",
            Call.of(MathOperators.ADD, column("size"), new OuterReference(1, "amount", INT)));
        Lineage lineage = LineageTracer.of(project(ORDERS, "s", new ScalarSubquery(inner)));
        assertThat(lineage.of("s")).containsOnlyKeys(of("shops", "size"), of("orders", "amount"));
        assertThat(lineage.rows()).containsExactly(of("orders", "shop"), of("shops", "number"));
    }

    @Test
    void stopsAtNamedParts() {
        Plan named = new Shared("source s", project(ORDERS, "x", column("id")));
        Lineage lineage = LineageTracer.of(named, plan -> plan instanceof Shared part ? Optional.of(part.name()) : Optional.empty());
        assertThat(lineage.of("x")).isEqualTo(Map.of(new Origin("source s", "x"), Influence.IDENTITY));
    }
}
