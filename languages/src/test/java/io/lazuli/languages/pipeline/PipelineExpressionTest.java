package io.lazuli.languages.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.pipeline.function.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PipelineExpressionTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final MapScope SCOPE = MapScope.of("{\"pipeline\": {\"parameters\": {\"a\": 1}}, \"item\": {\"name\": \"x\"}}");

    @Test
    void saysLineAndColumnWithinTheText() {
        assertThatThrownBy(() -> PipelineExpression.parse("@concat('a',\n  div(1,\n    0))").evaluate(SCOPE))
            .isInstanceOfSatisfying(LazuliException.class, failure -> assertThat(failure.place()).isEqualTo(Place.at(3, 5)));
    }

    @Test
    void showsThePlaceWithACaret() {
        assertThat(Caret.show("@a(\n\tb c)", Place.at(2, 4))).isEqualTo(" b c)\n   ^");
        assertThat(Caret.show("@a", Place.UNKNOWN)).isEqualTo("@a");
    }

    @Test
    void tellsWhetherATextIsAnExpression() {
        assertThat(PipelineExpression.isExpression("plain a@b")).isFalse();
        assertThat(PipelineExpression.isExpression("a @{item()}")).isTrue();
        assertThat(PipelineExpression.parse("@@x").isLiteral()).isTrue();
        assertThat(PipelineExpression.parse("@item()").isLiteral()).isFalse();
    }

    @Test
    void listsWhatAnExpressionReads() {
        var references = PipelineExpression.parse("@{pipeline().parameters.folder}/@{activity('Get').output.x[variables('i')]}/@{item().a}"
            + "@{pipeline()['globalParameters']?['g']}@{dataset().d}@{linkedService().s}@{pipeline().RunId}@{variables(item())}"
            + "@{pipeline().libraryVariables.l}@{trigger().startTime}@{parameters('p')}").references();

        assertThat(references).extracting(reference -> reference.kind() + " " + reference.name() + " " + reference.place()).containsExactly(
            "PARAMETER folder 1:25", "ACTIVITY Get 1:44", "VARIABLE i 1:70", "ITEM null 1:86",
            "GLOBAL_PARAMETER g 1:122", "DATASET_PARAMETER d 1:139", "LINKED_SERVICE_PARAMETER s 1:159", "SYSTEM_VARIABLE RunId 1:174",
            "VARIABLE null 1:192", "ITEM null 1:192", "LIBRARY_VARIABLE l 1:230", "TRIGGER null 1:244", "PARAMETER p 1:267");
        assertThat(references.get(4).safe()).isTrue();
    }

    @Test
    void findsWhatCannotWorkWithoutEvaluating() {
        assertThat(PipelineExpression.parse("@concat(toLowr('a'), substring('a'), add('1', 2), if(1, item(), null), toUpper(null))")
            .check())
            .extracting(finding -> finding.code() + " " + finding.place() + " " + finding.message())
            .containsExactly(
                "UNKNOWN_FUNCTION 1:9 There is no function 'toLowr'; did you mean 'toLower'?",
                "WRONG_ARGUMENT_COUNT 1:22 substring(text, startIndex, length?) takes 2 to 3 arguments, not 1",
                "WRONG_TYPE 1:42 add() needs an integer or a decimal number for 'summand_1', not a value of type String",
                "WRONG_TYPE 1:54 if() needs a Boolean for 'expression', not a value of type Integer",
                "WRONG_TYPE 1:80 toUpper() needs a string for 'text', not a value of type Null");
        assertThat(PipelineExpression.parse("@length(string(1)).x").check()).extracting(Finding::message)
            .containsExactly("'length(…)' is an integer and has no properties");
        assertThat(PipelineExpression.parse("@add(activity('a').output.n, div(4, 2))").check()).isEmpty();
    }

    @Test
    void knowsWhatKindOfValueAnExpressionGives() {
        assertThat(PipelineExpression.parse("@equals(1, 2)").resultKind()).isEqualTo(Kind.BOOLEAN);
        assertThat(PipelineExpression.parse("a@{1}").resultKind()).isEqualTo(Kind.STRING);
        assertThat(PipelineExpression.parse("@item()").resultKind()).isEqualTo(Kind.ANY);
        assertThat(PipelineExpression.parse("@item().name").resultKind()).isEqualTo(Kind.ANY);
    }

    @Test
    void evaluatesEveryExpressionOfATree() {
        var tree = JSON.readTree("""
            {"text": "plain", "number": 1, "name": {"value": "@item().name", "type": "Expression"}, "list": ["@{item().name}!", true],
             "password": {"type": "SecureString", "value": "@concat('a', 'b')"}, "object": {"value": "v", "type": "String",
                 "escaped": "@@x"}}""");

        assertThat(TemplateEvaluator.evaluate(tree, SCOPE)).isEqualTo(JSON.readTree("""
            {"text": "plain", "number": 1, "name": "x", "list": ["x!", true],
             "password": {"type": "SecureString", "value": "ab"}, "object": {"value": "v", "type": "String", "escaped": "@x"}}"""));
    }

    @Test
    void placesAFailureInTheTree() {
        var tree = JSON.readTree("{\"source\": [{\"query\": {\"value\": \"@item().nam\", \"type\": \"Expression\"}}]}");
        Place place = Place.of(Path.of("a.json"), "$.typeProperties");

        assertThatThrownBy(() -> TemplateEvaluator.evaluate(tree, SCOPE, place))
            .isInstanceOfSatisfying(LazuliException.class, failure -> assertThat(failure.place())
                .isEqualTo(new Place(Path.of("a.json"), "$.typeProperties.source[0].query.value", 1, 9)));
    }
}
