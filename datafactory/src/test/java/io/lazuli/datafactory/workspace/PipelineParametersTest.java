package io.lazuli.datafactory.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PipelineParametersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void readsTextsAsTheTypesOfTheParameters() {
        assertThat(bind("{'s': 'string', 'i': 'Int', 'f': 'FLOAT', 'b': 'bool', 'a': 'Array', 'o': 'object', 'p': 'SecureString'}",
            "{'s': '5', 'i': '5', 'f': '1.5', 'b': 'TRUE', 'a': '[1]', 'o': '{\\\"x\\\": 1}', 'p': 'secret'}"))
            .hasToString("{\"s\":\"5\",\"i\":5,\"f\":1.5,\"b\":true,\"a\":[1],\"o\":{\"x\":1},\"p\":\"secret\"}");
    }

    @Test
    void keepsValuesThatHaveTheType() {
        assertThat(bind("{'i': 'int', 'f': 'float', 'b': 'bool', 'a': 'array', 'o': 'object'}",
            "{'i': 5, 'f': 2, 'b': false, 'a': [], 'o': {}}")).hasToString("{\"i\":5,\"f\":2,\"b\":false,\"a\":[],\"o\":{}}");
    }

    @Test
    void writesAnythingAsTextForAString() {
        assertThat(bind("{'a': 'string', 'b': 'string', 'c': 'string'}", "{'a': true, 'b': 12, 'c': [1, {}]}"))
            .hasToString("{\"a\":\"True\",\"b\":\"12\",\"c\":\"[1,{}]\"}");
    }

    @Test
    void takesDefaultsAndIgnoresTheCaseOfNames() {
        assertThat(PipelineParameters.bind(pipeline("{'Day': {'type': 'string', 'defaultValue': 'x'}, 'Count': {'type': 'int', "
            + "'defaultValue': '3'}}", "{}"), json("{'DAY': 'y'}"))).hasToString("{\"Day\":\"y\",\"Count\":3}");
    }

    @Test
    void refusesValuesOfAnotherType() {
        assertFails("{'i': 'int'}", "{'i': '5.5'}", DataFactoryError.WRONG_TYPE,
            "Parameter 'i' of pipeline 'Load' is of type int, and \"5.5\" is not");
        assertFails("{'b': 'bool'}", "{'b': 'yes'}", DataFactoryError.WRONG_TYPE,
            "Parameter 'b' of pipeline 'Load' is of type bool, and \"yes\" is not");
        assertFails("{'a': 'array'}", "{'a': '{}'}", DataFactoryError.WRONG_TYPE,
            "Parameter 'a' of pipeline 'Load' is of type array, and \"{}\" is not");
    }

    @Test
    void namesAllMissingParameters() {
        assertFails("{'a': 'string', 'b': 'int'}", "{}", DataFactoryError.MISSING_PARAMETER,
            "Pipeline 'Load' needs values for parameters 'a', 'b'");
    }

    @Test
    void aCallMayLeaveParametersOut() {
        Pipeline pipeline = pipeline("{'a': {'type': 'string'}, 'b': {'type': 'int'}, 'c': {'type': 'int', 'defaultValue': 3}}", "{}");

        assertThat(PipelineParameters.bind(pipeline, PipelineParameters.ofCall(pipeline, json("{'A': 'x'}"))))
            .hasToString("{\"a\":\"x\",\"b\":null,\"c\":3}");
    }

    @Test
    void suggestsTheNearestParameter() {
        assertFails("{'day': 'string'}", "{'dya': 'x'}", DataFactoryError.UNKNOWN_PARAMETER,
            "Pipeline 'Load' has no parameter 'dya'; did you mean 'day'?");
    }

    @Test
    void refusesUnknownTypes() {
        assertFails("{'day': 'strin'}", "{'day': 'x'}", DataFactoryError.WRONG_TYPE,
            "'day' has the unknown type 'strin'; did you mean 'string'?");
    }

    @Test
    void variablesBeginWithTheirDefaultOrTheirTypesEmptiness() {
        Pipeline pipeline = pipeline("{}", "{'s': {'type': 'String'}, 'a': {'type': 'Array'}, 'b': {'type': 'Boolean'}, "
            + "'i': {'type': 'Integer'}, 'd': {'type': 'Boolean', 'defaultValue': true}}");

        assertThat(PipelineParameters.variables(pipeline)).hasToString("{\"s\":\"\",\"a\":[],\"b\":false,\"i\":0,\"d\":true}");
    }

    private static void assertFails(String types, String given, DataFactoryError code, String message) {
        assertThatThrownBy(() -> bind(types, given)).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.code()).isEqualTo(code)).hasMessage(message);
    }

    private static ObjectNode bind(String types, String given) {
        ObjectNode declarations = JSON.createObjectNode();
        json(types).properties().forEach(entry -> declarations.putObject(entry.getKey()).set("type", entry.getValue()));
        return PipelineParameters.bind(pipeline(declarations.toString(), "{}"), json(given));
    }

    private static Pipeline pipeline(String parameters, String variables) {
        return new Pipeline("Load", declared(parameters), declared(variables), List.of(), OptionalInt.empty(), "", List.of(),
            Place.UNKNOWN);
    }

    private static Map<String, Parameter> declared(String json) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        json(json).properties().forEach(entry -> found.put(entry.getKey(), new Parameter(
            entry.getKey(), entry.getValue().get("type").asString(), entry.getValue().get("defaultValue"), Place.UNKNOWN)));
        return found;
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
