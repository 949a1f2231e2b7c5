package io.lazuli.languages.pipeline;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.ExpressionNode.Call;
import io.lazuli.languages.pipeline.ExpressionNode.Literal;
import io.lazuli.languages.pipeline.function.DocumentedForm;
import io.lazuli.languages.pipeline.function.Kind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The text of a JSON string property, parsed: {@code @expression}, text with {@code @{expression}} in it, or plain text.
 *
 * <p>Immutable, and safe to keep and to evaluate on any thread.
 */
public record PipelineExpression(String text, ExpressionNode root) {

    /** Parses a property's text; a wrong one fails with {@code SYNTAX_ERROR} at line and column of the text. */
    public static PipelineExpression parse(String text) {
        return new PipelineExpression(text, TextParser.parse(text));
    }

    /** Whether the text can be anything but itself when it is evaluated; false for plain text. */
    public static boolean isExpression(String text) {
        return text.startsWith("@") || text.contains("@{");
    }

    /** Whether there is nothing to evaluate: the result is the same everywhere. */
    public boolean isLiteral() {
        return root instanceof Literal;
    }

    /**
     * The value in a scope.
     *
     * @throws LazuliException with line and column of the call, argument or property that failed
     */
    public JsonNode evaluate(Scope scope) {
        JsonNode value = new Evaluator(text, scope).evaluate(root);
        return root instanceof Call call ? DocumentedForm.of(call.name(), value) : value;
    }

    /** What the expression reads from its surroundings, in the order of the text. */
    public List<Reference> references() {
        return Reference.in(this);
    }

    /** What is wrong with the expression whatever the scope, in the order of the text; empty when nothing is. */
    public List<Finding> check() {
        return new ExpressionCheck(text).findings(root);
    }

    /** What kind of value the expression gives, as far as it can be told without evaluating. */
    public Kind resultKind() {
        return ExpressionCheck.kind(root);
    }
}
