package io.lazuli.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Letters become large and small alike on Spark and on DuckDB, all that there are and those that depend on others beside them. */
class LettersTest {
    private static final Expression NUMBER = new ColumnReference("n", ScalarType.INT64);
    private static final Expression TEXT = new ColumnReference("text", ScalarType.STRING);
    private static final List<String> CASES = List.of("lower_case", "upper_case", "capitalize_words");

    private final BothEngines engines = BothEngines.open();

    /** Rows whose text is each character but halves of surrogate pairs. */
    private static Plan characters() {
        Plan numbers = new Unnest(Values.ONE_ROW,
            Call.of(ArrayOperators.SEQUENCE, Literal.int64(Character.MAX_CODE_POINT)), "n", false);
        Plan whole = new Filter(numbers, Call.of(ComparisonOperators.OR,
            Call.of(ComparisonOperators.LESS, NUMBER, Literal.int64(Character.MIN_SURROGATE)),
            Call.of(ComparisonOperators.GREATER, NUMBER, Literal.int64(Character.MAX_SURROGATE))));
        return new Project(whole, List.of(new NamedExpression("text",
            Call.of(StringOperators.CHARACTER_OF, Cast.strict(NUMBER, ScalarType.INT32)))));
    }

    private static Plan cases(Plan texts) {
        return new Project(texts, Stream.concat(Stream.of(new NamedExpression("text", TEXT)),
            CASES.stream().map(name -> new NamedExpression(name, Call.of(JavaImplementedOperators.named(name), TEXT)))).toList());
    }

    private static Plan changed(Plan cases) {
        List<Expression> changes = CASES.stream().<Expression>map(name ->
            Call.of(ComparisonOperators.NOT_EQUAL, new ColumnReference(name, ScalarType.STRING), TEXT)).toList();
        return new Filter(cases, Call.of(ComparisonOperators.OR,
            Call.of(ComparisonOperators.OR, changes.get(0), changes.get(1)), changes.get(2)));
    }

    private static Plan texts(String... texts) {
        List<List<Expression>> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(List.of(Literal.string(text)));
        }
        return new Values(Schema.of(new Field("text", ScalarType.STRING)), rows);
    }

    @Test
    void allCharactersHaveTheSameForms() {
        List<List<Object>> expected = engines.onDuckDb(changed(cases(characters())));
        assertThat(expected).hasSizeGreaterThan(2700);
        assertThat(engines.onSpark(changed(cases(characters())))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void lettersThatBecomeSeveralOrDependOnOthersAreAsInJava() {
        Plan plan = cases(texts("İSTANBUL ı", "ΟΔΥΣΣΕΥΣ ΑΣ.Β Σ", "straße ﬁne ŉ", "ǆungla ǅungla ǄUNGLA", "𐐀𐐨 ᲐᲑ Ꭰꭰ",
            "a\tb\u00a0c d-e"));
        List<List<Object>> expected = List.of(
            List.of("İSTANBUL ı", "i̇stanbul ı", "İSTANBUL I", "I\u0307stanbul I"),
            List.of("ΟΔΥΣΣΕΥΣ ΑΣ.Β Σ", "οδυσσευς ασ.β σ", "ΟΔΥΣΣΕΥΣ ΑΣ.Β Σ", "Οδυσσευς Ασ.β Σ"),
            List.of("straße ﬁne ŉ", "straße ﬁne ŉ", "STRASSE FINE ʼN", "Straße ﬁne ŉ"),
            List.of("ǆungla ǅungla ǄUNGLA", "ǆungla ǆungla ǆungla", "ǄUNGLA ǄUNGLA ǄUNGLA", "ǅungla ǅungla ǅungla"),
            List.of("𐐀𐐨 ᲐᲑ Ꭰꭰ", "𐐨𐐨 აბ ꭰꭰ", "𐐀𐐀 ᲐᲑ ᎠᎠ", "𐐀𐐨 აბ Ꭰꭰ"),
            List.of("a\tb\u00a0c d-e", "a\tb\u00a0c d-e", "A\tB\u00a0C D-E", "A\tB\u00a0c D-e"));
        assertThat(engines.onDuckDb(plan)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(engines.onSpark(plan)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void charactersThatAreShownAsOneAreTurnedOneByOne() {
        Plan texts = texts("e\u0301\u0000ﬁ\uD83C\uDDE9\uD83C\uDDEA", "", "ab\n", "\r\n");
        Plan plan = new Project(texts, List.of(new NamedExpression("column", Call.of(StringOperators.REVERSE, TEXT)),
            new NamedExpression("call", Call.of(StringOperators.REVERSE, Call.of(StringOperators.CONCAT, TEXT, Literal.string("!"))))));
        List<List<Object>> expected = List.of(
            List.of("\uD83C\uDDEA\uD83C\uDDE9ﬁ\u0000\u0301e", "!\uD83C\uDDEA\uD83C\uDDE9ﬁ\u0000\u0301e"), List.of("", "!"),
            List.of("\nba", "!\nba"), List.of("\n\r", "!\n\r"));
        assertThat(engines.onDuckDb(plan)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(engines.onSpark(plan)).containsExactlyInAnyOrderElementsOf(expected);
    }
}
