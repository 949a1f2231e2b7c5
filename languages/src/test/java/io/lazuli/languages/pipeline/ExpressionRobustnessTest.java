package io.lazuli.languages.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.foundation.LazuliException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** Whatever the text, an expression gives a value or an error with a position. */
class ExpressionRobustnessTest {
    private static final MapScope SCOPE = MapScope.of("{\"pipeline\": {\"parameters\": {\"a\": [1]}}, \"item\": {\"a\": null}}");

    @Property(tries = 2000)
    void givesAValueOrALocatedErrorForPiecesOfExpressions(@ForAll("pieces") List<String> pieces) {
        evaluates(String.join("", pieces));
    }

    @Property(tries = 1000)
    void givesAValueOrALocatedErrorForAnyText(@ForAll String text) {
        evaluates(text);
        evaluates("@" + text);
        evaluates("@{" + text + "}");
    }

    @Property(tries = 500)
    void readsBackAnyTextThatIsQuoted(@ForAll String text) {
        String quoted = "'" + text.replace("'", "''") + "'";

        assertThat(PipelineExpression.parse("@" + quoted).evaluate(SCOPE).stringValue()).isEqualTo(text);
        assertThat(PipelineExpression.parse("<@{concat(" + quoted + ", '')}>").evaluate(SCOPE).stringValue()).isEqualTo("<" + text + ">");
    }

    @Property(tries = 500)
    void functionsTakeAnyTextWithoutAnyOtherFailure(@ForAll("functions") String function, @ForAll String first, @ForAll String second) {
        evaluates("@" + function + "('" + first.replace("'", "''") + "')");
        evaluates("@" + function + "('" + first.replace("'", "''") + "', '" + second.replace("'", "''") + "')");
    }

    private static void evaluates(String text) {
        try {
            JsonNode value = PipelineExpression.parse(text).evaluate(SCOPE);
            assertThat(value).isNotNull();
        } catch (LazuliException failure) {
            assertThat(failure.place().line()).isPositive();
            assertThat(failure.place().column()).isPositive();
            assertThat(failure.getMessage()).isNotBlank();
            assertThat(Caret.show(text, failure.place())).endsWith("^");
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of("@", "@{", "}", "(", ")", "[", "]", "?", ".", ",", "'", "''", "'a'", "1", "-2.5", "1e", "true", "null", " ",
            "\n",
            "pipeline()", "item()", "parameters", "concat", "add", "if", "a", "json('{}')", "createArray(1)", "é", "\"x\"")
            .list().ofMaxSize(14);
    }

    @Provide
    Arbitrary<String> functions() {
        return Arbitraries.of(FunctionTable.signatures()).map(signature -> signature.name());
    }
}
