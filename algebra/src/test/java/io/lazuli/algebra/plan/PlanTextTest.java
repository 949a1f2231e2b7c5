package io.lazuli.algebra.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.source.TableSource;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static final Field ID = new Field("id", ScalarType.INT32);
    private static final Field PRICE = new Field("price", ScalarType.FLOAT64);
    private static final Scan ORDERS = new Scan(new TableSource(new TableName("shop", "dbo", "orders")), Schema.of(ID, PRICE));

    @Test
    void printsAPartALineWithSubqueriesBelowTheirUsers() {
        Plan same = new Filter(ORDERS, Call.of(ComparisonOperators.EQUAL, ColumnReference.of(ID),
            new OuterReference(1, "id", ScalarType.INT32)));
        Plan total = new Aggregate(same, List.of(),
            List.of(new NamedExpression("total", AggregateCall.of(AggregateOperators.SUM, ColumnReference.of(PRICE)))));
        Plan plan = new Limit(new Project(new Shared("orders", ORDERS), List.of(new NamedExpression("id", ColumnReference.of(ID)),
            new NamedExpression("total", new ScalarSubquery(total)))), 0, 10);

        assertThat(PlanText.of(plan)).isEqualTo("""
            Limit 10
              Project id, total := query 1
                Shared orders
                  Scan table shop dbo.orders (id int32, price float64)
                query 1: Aggregate total := sum(price)
                  Filter equal(id, outer1.id)
                    Scan table shop dbo.orders (id int32, price float64)
            """);
    }

    @Test
    void showsASharedPartOnce() {
        Plan shared = new Shared("orders", Project.of(ORDERS, List.of("id")));

        assertThat(PlanText.of(new SetOperation(shared, new Filter(shared, Literal.TRUE), SetOperation.Kind.UNION, true))).isEqualTo("""
            Union all
              Shared orders
                Project id
                  Scan table shop dbo.orders (id int32, price float64)
              Filter true
                Shared orders (above)
            """);
    }
}
