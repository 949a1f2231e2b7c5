package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.LazuliException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Data flows, written by chance, have the same rows on Spark and on DuckDB, and none fails. */
class RandomFlowsTest {
    private final BothEngines engines = BothEngines.open();

    /** The same in each build; without the seed jqwik looks elsewhere each time. */
    @Property(tries = 4, seed = "-2281790543315629013", shrinking = ShrinkingMode.OFF)
    void haveTheSameRows(@ForAll long seed) {
        assertThat(String.join("\n", differences(seed))).isEmpty();
    }

    List<String> differences(long seed) {
        RandomFlows made = new RandomFlows(engines, seed);
        List<String> wrong = new ArrayList<>();
        made.ends().forEach((stream, plan) -> {
            Object expected = outcome(plan, false);
            Object actual = outcome(plan, true);
            if (!expected.equals(actual) || expected instanceof String) {
                wrong.add(made.script() + ">>> " + stream + "\n    DuckDB " + expected + "\n    Spark  " + actual);
            }
        });
        return wrong;
    }

    /** The rows in an order of their own. */
    private Object outcome(Plan plan, boolean spark) {
        try {
            List<List<Object>> rows = spark ? engines.onSpark(plan) : engines.onDuckDb(plan);
            return rows.stream().map(row -> row.stream().map(RandomFlowsTest::rounded).toList().toString()).sorted().toList();
        } catch (LazuliException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    /** Statistics depend on the order of their parts. */
    private static Object rounded(Object value) {
        return value instanceof Double number && Double.isFinite(number)
            ? new BigDecimal(number).round(new MathContext(8)).doubleValue() : value;
    }
}
