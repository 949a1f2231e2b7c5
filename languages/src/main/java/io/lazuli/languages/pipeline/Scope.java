package io.lazuli.languages.pipeline;

import static io.lazuli.foundation.LazuliException.failure;
import static io.lazuli.languages.pipeline.function.ExpressionError.ACTIVITY_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.NOT_AVAILABLE_HERE;
import static io.lazuli.languages.pipeline.function.ExpressionError.PARAMETER_NOT_FOUND;
import static io.lazuli.languages.pipeline.function.ExpressionError.VARIABLE_NOT_FOUND;

import io.lazuli.foundation.LazuliException;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an expression can see from where it stands; what a place does not offer fails by default.
 *
 * <p>Failures are {@link LazuliException}s without a place: the evaluator adds the position of the call. Implementations are called on
 * the thread that evaluates, and their values are not changed by it.
 */
public interface Scope {
    /** A scope that offers the time and nothing else. */
    static Scope at(Instant now) {
        return () -> now;
    }

    Instant now();

    /** The object behind {@code pipeline()}: the system variables, {@code parameters} and {@code globalParameters}. */
    default JsonNode pipeline() {
        throw failure(NOT_AVAILABLE_HERE, "pipeline() is only available inside a pipeline");
    }

    /** The object behind {@code activity('name')}: {@code output}, {@code status}, {@code error} and more; names ignore case. */
    default JsonNode activity(String name) {
        throw failure(ACTIVITY_NOT_FOUND, "There is no activity '%s' that has run before", name);
    }

    default JsonNode variable(String name) {
        throw failure(VARIABLE_NOT_FOUND, "There is no variable '%s'", name);
    }

    /** The parameter behind {@code parameters('name')}: by default one of {@link #pipeline()}'s. */
    default JsonNode parameter(String name) {
        JsonNode parameters = pipeline().path("parameters");
        JsonNode value = Members.find(parameters, name);
        if (value == null) {
            throw failure(PARAMETER_NOT_FOUND, "There is no parameter '%s'%s", name, Members.known(parameters, name));
        }
        return value;
    }

    default JsonNode item() {
        throw failure(NOT_AVAILABLE_HERE, "item() is only available inside ForEach and Filter");
    }

    /** The object of the dataset's parameters. */
    default JsonNode dataset() {
        throw failure(NOT_AVAILABLE_HERE, "dataset() is only available inside a dataset");
    }

    /** The object of the linked service's parameters. */
    default JsonNode linkedService() {
        throw failure(NOT_AVAILABLE_HERE, "linkedService() is only available inside a linked service");
    }

    default JsonNode trigger() {
        throw failure(NOT_AVAILABLE_HERE, "trigger() is only available inside a trigger");
    }

    default JsonNode triggerBody() {
        throw failure(NOT_AVAILABLE_HERE, "triggerBody() is only available inside a trigger");
    }

    /** The object behind {@code pipeline().libraryVariables}, empty by default. */
    default JsonNode libraryVariables() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Where {@code guid()} and {@code rand()} take their numbers from; a seeded one makes a test repeatable. */
    default RandomGenerator random() {
        return ThreadLocalRandom.current();
    }
}
