package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.LazuliException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Groups and windows made by chance give the same rows on Spark and on DuckDB, or fail on both. */
class RandomGroupsTest {
    private final BothEngines engines = BothEngines.open();

    /** The same in each build; without the seed jqwik looks elsewhere each time. */
    @Property(tries = 4, seed = "4119863210747332117", shrinking = ShrinkingMode.OFF)
    void giveTheSameRows(@ForAll long seed) {
        assertThat(String.join("\n", groups(seed))).isEmpty();
    }

    List<String> groups(long seed) {
        RandomGroups made = new RandomGroups(seed);
        return List.of(made.groups(), made.windows()).stream().map(this::difference).filter(text -> !text.isEmpty()).toList();
    }

    private String difference(Plan plan) {
        Object expected = outcome(plan, false);
        Object actual = outcome(plan, true);
        return expected.equals(actual) ? "" : plan + "\n    DuckDB " + expected + "\n    Spark  " + actual;
    }

    /** The rows in an order of their own, or that they fail; a failure that is not known is told. */
    private Object outcome(Plan plan, boolean spark) {
        try {
            List<List<Object>> rows = spark ? engines.onSpark(plan) : engines.onDuckDb(plan);
            return rows.stream().map(row -> row.stream().map(RandomGroupsTest::rounded).toList().toString()).sorted().toList();
        } catch (LazuliException e) {
            // Which of several failures comes first is each engine's own affair.
            return e.code().name().equals("ENGINE_FAILED") ? "ENGINE_FAILED " + e.getMessage() : "fails";
        }
    }

    /** Statistics depend on the order of their parts. */
    private static Object rounded(Object value) {
        return value instanceof Double number && Double.isFinite(number)
            ? new BigDecimal(number).round(new MathContext(8)).doubleValue() : value;
    }
}
