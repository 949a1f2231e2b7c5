package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.foundation.LazuliException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Expressions made by chance give the same values on Spark and on DuckDB, or fail on both; see {@link UnneededFailure}. */
class RandomExpressionsTest {
    private static final int AT_ONCE = 30;

    private final BothEngines engines = BothEngines.open();

    private static Plan plan(Values rows, List<Expression> expressions) {
        return new Project(rows,
            IntStream.range(0, expressions.size()).mapToObj(i -> new NamedExpression("x" + i, expressions.get(i))).toList());
    }

    /** The same in each build; without the seed jqwik looks elsewhere each time. */
    @Property(tries = 3, seed = "-6757895705656399459", shrinking = ShrinkingMode.OFF)
    void giveTheSameValues(@ForAll long seed) {
        assertThat(String.join("\n", differences(seed))).isEmpty();
    }

    List<String> differences(long seed) {
        RandomExpressions made = new RandomExpressions(seed);
        Values rows = made.rows(4);
        List<Expression> work = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        boolean failureCompared = false;
        while (work.size() < AT_ONCE) {
            Expression expression = made.expression(3);
            Object outcome = outcome(rows, expression, false);
            if (outcome instanceof List<?>) {
                work.add(expression);
                expected.add(outcome);
            } else if (!failureCompared) {
                failureCompared = true;
                compare(rows, expression, outcome, outcome(rows, expression, true), wrong);
            }
        }
        try {
            List<List<Object>> actual = engines.exactly(plan(rows, work), true);
            for (int i = 0; i < work.size(); i++) {
                int column = i;
                List<Object> values = new ArrayList<>();
                actual.forEach(row -> values.add(row.get(column)));
                compare(rows, work.get(i), expected.get(i), values, wrong);
            }
        } catch (LazuliException e) {
            for (int i = 0; i < work.size(); i++) {
                compare(rows, work.get(i), expected.get(i), outcome(rows, work.get(i), true), wrong);
            }
        }
        return wrong;
    }

    private void compare(Values rows, Expression expression, Object expected, Object actual, List<String> wrong) {
        boolean oneFails = expected.equals("fails") != actual.equals("fails");
        if (!expected.equals(actual) && !(oneFails && new UnneededFailure(rows, expression, this::outcome).explains())) {
            wrong.add(expression + "\n    DuckDB " + expected + "\n    Spark  " + actual);
        }
    }

    /** The values of all rows, or that they fail; a failure that is not known is told. */
    private Object outcome(Values rows, Expression expression, boolean spark) {
        try {
            List<Object> values = new ArrayList<>();
            Plan plan = plan(rows, List.of(expression));
            engines.exactly(plan, spark).forEach(row -> values.add(row.getFirst()));
            return values;
        } catch (LazuliException e) {
            // Which of several failures comes first is each engine's own affair.
            return e.code().name().equals("ENGINE_FAILED") ? "ENGINE_FAILED " + e.getMessage() : "fails";
        }
    }
}
