package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases of the functions of data flows, Microsoft's examples among them, have the same values on Spark and on DuckDB. */
class ExpressionConformanceTest {
    private static final Path CASES = Path.of("../cli/src/test/resources/dataflow/expressions");
    private static final int AT_ONCE = 40;
    /** Other each time that they are asked for. */
    private static final Set<String> VARYING = Set.of("uuid", "random", "currentTimestamp", "currentUTC", "nextSequence");

    private final BothEngines engines = BothEngines.open();

    private record Case(String text, Expression expression) {
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.sorted().toList()) {
                for (String part : Files.readString(file).strip().split("\\n\\n")) {
                    String text = part.split("\\n----\\n")[0];
                    if (!part.startsWith("#") && VARYING.stream().noneMatch(text::contains)) {
                        bound(text).ifPresent(expression -> cases.add(new Case(text, expression)));
                    }
                }
            }
        }
        return cases;
    }

    /** Cases of what the language refuses have no plan. */
    private static Optional<Expression> bound(String text) {
        try {
            return Optional.of(ExpressionBinder.bind(text, ExpressionScope.EMPTY));
        } catch (LazuliException refused) {
            return Optional.empty();
        }
    }

    private static Plan plan(List<Case> cases) {
        return new Project(Values.ONE_ROW,
            IntStream.range(0, cases.size()).mapToObj(i -> new NamedExpression("x" + i, cases.get(i).expression())).toList());
    }

    @Test
    void casesHaveTheSameValues() throws IOException {
        List<Case> cases = cases();
        List<String> wrong = new ArrayList<>();
        for (int start = 0; start < cases.size(); start += AT_ONCE) {
            compare(cases.subList(start, Math.min(cases.size(), start + AT_ONCE)), wrong);
        }
        assertThat(cases).hasSizeGreaterThan(400);
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    private void compare(List<Case> cases, List<String> wrong) {
        try {
            List<Object> expected = engines.onDuckDb(plan(cases)).getFirst();
            List<Object> actual = engines.onSpark(plan(cases)).getFirst();
            for (int i = 0; i < cases.size(); i++) {
                check(cases.get(i), expected.get(i), actual.get(i), wrong);
            }
        } catch (LazuliException someFail) {
            for (Case one : cases) {
                check(one, outcome(one, false), outcome(one, true), wrong);
            }
        }
    }

    private static void check(Case one, Object expected, Object actual, List<String> wrong) {
        if (!Objects.equals(expected, actual)) {
            wrong.add(one.text() + "\n    DuckDB " + expected + "\n    Spark  " + actual);
        }
    }

    private Object outcome(Case one, boolean spark) {
        try {
            List<List<Object>> rows = spark ? engines.onSpark(plan(List.of(one))) : engines.onDuckDb(plan(List.of(one)));
            return rows.getFirst().getFirst();
        } catch (LazuliException e) {
            return "! " + e.code() + (e.code().name().equals("ENGINE_FAILED") || e.code().name().equals("NOT_SUPPORTED")
                ? " " + e.getMessage() : "");
        }
    }
}
