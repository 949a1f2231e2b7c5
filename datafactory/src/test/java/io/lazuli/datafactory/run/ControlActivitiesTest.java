package io.lazuli.datafactory.run;

import static io.lazuli.datafactory.run.TestFactory.activity;
import static io.lazuli.datafactory.run.TestFactory.fail;
import static io.lazuli.datafactory.run.TestFactory.json;
import static io.lazuli.datafactory.run.TestFactory.statuses;
import static io.lazuli.datafactory.run.TestFactory.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each control activity's success and failure. */
class ControlActivitiesTest {
    @TempDir
    private Path folder;
    private TestFactory factory;

    @BeforeEach
    void makeFactory() {
        factory = new TestFactory(folder);
    }

    private RunRecord run(String... activities) {
        return factory.activities("p", activities).run("p");
    }

    private static JsonNode output(RunRecord run, String key) {
        assertThat(TestFactory.activity(run, key).error()).isNull();
        return TestFactory.activity(run, key).output();
    }

    /** Numbers that are written alike are alike, whatever node holds them. */
    private static String text(JsonNode json) {
        return json.toString();
    }

    private static String text(String json) {
        return text(json(json));
    }

    private static String variable(RunRecord run, String name) {
        return text(run.variable(name).orElseThrow());
    }

    private static String error(RunRecord run, String key) {
        JsonNode error = TestFactory.activity(run, key).error();
        return error.path("errorCode").asString() + ": " + error.path("message").asString();
    }

    private static String append(String depends, String value) {
        return activity("Add", "AppendVariable", depends, "'variableName': 'list', 'value': '" + value + "'");
    }

    @Test
    void forEachRunsInOrderWhenSequential() {
        RunRecord run = run(activity("Loop", "ForEach", "",
            "'isSequential': true, 'items': {'value': '@range(1, 4)', 'type': 'Expression'}, "
            + "'activities': [" + append("", "@mul(item(), 10)") + "]"));
        assertThat(variable(run, "list")).isEqualTo(text("[10, 20, 30, 40]"));
        assertThat(statuses(run)).isEqualTo(
            "Succeeded Loop, Succeeded Loop/0/Add, Succeeded Loop/1/Add, Succeeded Loop/2/Add, Succeeded Loop/3/Add");
    }

    @Test
    void forEachLosesNoAppendWhenParallel() {
        RunRecord run = run(activity("Loop", "ForEach", "", "'batchCount': 50, 'items': '@range(0, 300)', "
            + "'activities': [" + append("", "@item()") + "]"));
        assertThat(run.variable("list").orElseThrow()).hasSize(300);
    }

    @Test
    void forEachRunsAllIterationsAndThenFails() {
        RunRecord run = run(activity("Loop", "ForEach", "", "'isSequential': true, 'items': '@createArray(1, 0, 2)', 'activities': ["
            + activity("Divide", "AppendVariable", "", "'variableName': 'list', 'value': '@div(10, item())'") + "]"));
        assertThat(variable(run, "list")).isEqualTo(text("[10, 5]"));
        assertThat(error(run, "Loop")).startsWith(
            "ActionFailed: Activity failed because an inner activity failed; Inner activity name: Divide, Error: ");
        assertThat(run.message()).startsWith("Operation on target Loop failed: Activity failed because an inner activity failed");
    }

    @Test
    void forEachOverNothingSucceeds() {
        assertThat(statuses(run(activity("Loop", "ForEach", "", "'items': '@createArray()', 'activities': [" + fail("A", "") + "]"))))
            .isEqualTo("Succeeded Loop");
    }

    @Test
    void forEachRefusesWhatIsNoArray() {
        assertThat(error(run(activity("Loop", "ForEach", "", "'items': '@string(1)', 'activities': []")), "Loop"))
            .contains("must be an array; the provided value is of type 'String'");
    }

    @Test
    void forEachRefusesBatchesAboveTheLimit() {
        assertThat(error(run(activity("Loop", "ForEach", "", "'items': '@range(0, 2)', 'batchCount': 51, 'activities': []")), "Loop"))
            .isEqualTo("BadRequest: The 'batchCount' of ForEach 'Loop' is 51; expected a whole number from 1 to 50");
    }

    @Test
    void forEachRunsNoMoreAtOnceThanItsBatchCount() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch allowed = new CountDownLatch(3);
        factory.type("Count", context -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            allowed.countDown();
            if (!allowed.await(5, TimeUnit.MINUTES)) {
                // Too few at once, which the assertion tells: nobody else has to wait.
                while (allowed.getCount() > 0) {
                    allowed.countDown();
                }
            }
            Thread.sleep(5);
            now.decrementAndGet();
            return TestFactory.JSON.createObjectNode();
        });
        run(activity("Loop", "ForEach", "", "'items': '@range(0, 40)', 'batchCount': 3, 'activities': [" + activity("C", "Count", "", "")
            + "]"));
        assertThat(most).hasValue(3);
    }

    @Test
    void iterationsSeeTheirOwnActivitiesOnly() {
        RunRecord run = run(activity("Loop", "ForEach", "", "'items': '@range(0, 30)', 'activities': ["
            + activity("Own", "Filter", "", "'items': '@createArray(item())', 'condition': '@equals(1, 1)'") + ", "
            + activity("Check", "IfCondition", "Own:Succeeded", "'expression': '@equals(first(activity(`Own`).output.value), item())', "
                + "'ifFalseActivities': [" + fail("Wrong", "") + "]") + "]"));
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"1, Yes", "2, No"})
    void ifConditionRunsOneBranch(int number, String ran) {
        RunRecord run = run(activity("If", "IfCondition", "", "'expression': {'value': '@equals(" + number
            + ", 1)', 'type': 'Expression'}, "
            + "'ifTrueActivities': [" + succeed("Yes", "") + "], 'ifFalseActivities': [" + succeed("No", "") + "]"));
        assertThat(statuses(run)).isEqualTo("Succeeded If, Succeeded If/" + ran);
    }

    @Test
    void ifConditionWithoutTheBranchSucceeds() {
        assertThat(statuses(run(activity("If", "IfCondition", "", "'expression': '@bool(0)'")))).isEqualTo("Succeeded If");
    }

    @Test
    void ifConditionRefusesWhatIsNoCondition() {
        assertThat(error(run(activity("If", "IfCondition", "", "'expression': '@add(1, 1)'")), "If"))
            .isEqualTo("InvalidTemplate: The condition must give a Boolean; it gave 2");
    }

    @Test
    void handledFailureInsideAContainerIsNoFailureOfIt() {
        RunRecord run = run(activity("If", "IfCondition", "", "'expression': '@bool(1)', 'ifTrueActivities': ["
            + fail("A", "") + ", " + succeed("B", "A:Failed") + "]"));
        assertThat(statuses(run)).isEqualTo("Succeeded If, Failed If/A, Succeeded If/B");
    }

    @ParameterizedTest
    @CsvSource({"red, R", "green, G", "blue, D", "Red, D"})
    void switchRunsTheCaseOrTheDefault(String on, String ran) {
        RunRecord run = run(activity("S", "Switch", "", "'on': '@concat(`" + on + "`)', 'cases': [{'value': 'red', 'activities': ["
            + succeed("R", "") + "]}, {'value': 'green', 'activities': [" + succeed("G", "") + "]}], 'defaultActivities': ["
            + succeed("D", "") + "]"));
        assertThat(statuses(run)).isEqualTo("Succeeded S, Succeeded S/" + ran);
    }

    @Test
    void untilRepeatsAndSeesItsActivities() {
        RunRecord run = run(activity("U", "Until", "", "'expression': '@equals(activity(`Kept`).output.FilteredItemsCount, 3)', "
            + "'timeout': '0.00:01:00', 'activities': [" + append("", "x") + ", "
            + activity("Kept", "Filter", "Add:Succeeded", "'items': '@variables(`list`)', 'condition': '@not(empty(item()))'") + "]"));
        assertThat(variable(run, "list")).isEqualTo(text("['x', 'x', 'x']"));
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void untilGoesOnAfterAFailedRound() {
        RunRecord run = run(activity("U", "Until", "", "'expression': '@equals(length(variables(`list`)), 3)', 'activities': ["
            + append("", "x") + ", " + activity("Check", "IfCondition", "Add:Succeeded", "'expression': "
                + "'@less(length(variables(`list`)), 3)', 'ifTrueActivities': [" + fail("Early", "") + "]") + "]"));
        assertThat(run.variable("list").orElseThrow()).hasSize(3);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void untilFailsWithItsLastRound() {
        assertThat(error(run(activity("U", "Until", "", "'expression': '@bool(1)', 'activities': [" + fail("A", "") + "]")), "U"))
            .isEqualTo("ActionFailed: Activity failed because an inner activity failed; Inner activity name: A, Error: broken A");
    }

    @Test
    void untilEndsAtItsTimeout() {
        assertThat(error(run(activity("U", "Until", "", "'expression': '@bool(0)', 'timeout': '0.00:00:00', 'activities': ["
            + succeed("A", "") + "]")), "U")).startsWith("ActivityTimeout: The expression did not become true within");
    }

    @Test
    void waitWaits() {
        RunRecord run = run(activity("W", "Wait", "", "'waitTimeInSeconds': 1"));
        ActivityRecord wait = TestFactory.activity(run, "W");
        assertThat(wait.endedAt().orElseThrow()).isAfterOrEqualTo(wait.startedAt().plusSeconds(1));
    }

    @Test
    void waitRefusesWhatIsNoNumber() {
        assertThat(error(run(activity("W", "Wait", "", "'waitTimeInSeconds': 'soon'")), "W")).contains("whole number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "text | 'a@{1}b' | 'a1b'", "count | '@add(1, 2)' | 3", "flag | '@equals(1, 1)' | true", "list | ['@item', 1] | ['@item', 1]"})
    void setVariableKeepsTypes(String name, String value, String expected) {
        String template = value.replace("'@item'", "'@@item'");
        RunRecord run = run(activity("S", "SetVariable", "", "'variableName': '" + name + "', 'value': " + template));
        assertThat(variable(run, name)).isEqualTo(text(expected));
        assertThat(text(output(run, "S"))).isEqualTo(text("{'name': '" + name + "', 'value': " + expected + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"text | '@createArray()' | String | Array", "list | 'x' | Array | String",
        "count | 'x' | Integer | String", "flag | 1 | Boolean | Integer", "text | '@add(1, 1)' | String | Integer"})
    void setVariableRefusesOtherTypes(String name, String value, String type, String given) {
        RunRecord run = run(activity("S", "SetVariable", "", "'variableName': '" + name + "', 'value': " + value));
        assertThat(error(run, "S")).isEqualTo("InvalidTemplate: The variable '" + name + "' of type '" + type
            + "' cannot be initialized or "
            + "updated with value of type '" + given + "'. The variable '" + name + "' only supports values of types '" + type + "'.");
    }

    @Test
    void setVariableCannotReadItself() {
        assertThat(error(run(activity("S", "SetVariable", "", "'variableName': 'text', 'value': '@concat(variables(`text`), `x`)'")), "S"))
            .contains("'text' cannot be read in the value that it is set to");
    }

    @Test
    void setVariableKnowsTheNearestName() {
        assertThat(error(run(activity("S", "SetVariable", "", "'variableName': 'texd', 'value': 'x'")), "S"))
            .contains("There is no variable 'texd'", "did you mean 'text'?");
    }

    @Test
    void variablesThatWereNeverSetAreEmpty() {
        RunRecord run = run(activity("S", "SetVariable", "", "'variableName': 'list', 'value': "
            + "['@variables(`text`)', '@variables(`list`)', '@variables(`flag`)', '@variables(`count`)']"));
        assertThat(variable(run, "list")).isEqualTo(text("['', [], false, 0]"));
    }

    @Test
    void appendRefusesVariablesThatAreNoArrays() {
        assertThat(error(run(activity("A", "AppendVariable", "", "'variableName': 'text', 'value': 'x'")),
            "A")).contains("of type 'String'");
    }

    @Test
    void filterCountsAndKeeps() {
        RunRecord run = run(activity("F", "Filter", "", "'items': '@range(1, 5)', 'condition': '@greater(item(), 3)'"));
        assertThat(text(output(run, "F"))).isEqualTo(text("{'ItemsCount': 5, 'FilteredItemsCount': 2, 'Value': [4, 5]}"));
    }

    @Test
    void filterRefusesWhatIsNoArray() {
        assertThat(error(run(activity("F", "Filter", "", "'items': 'x', 'condition': true")), "F")).contains("must be an array");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "", value = {
        "'message': 'no @{add(1, 1)}', 'errorCode': '500' | 500: no 2",
        "'message': ' ', 'errorCode': '500' | 500: Failed to interpret F fail message or error code",
        "'message': 'm', 'errorCode': '' | ErrorCodeNotString: m",
        "'message': 'm', 'errorCode': '@createArray()' | ErrorCodeNotString: m",
        "'message': '@createArray()', 'errorCode': '5' | 5: F fail message parameter could not be interpreted as a string",
        "'message': '@div(1, 0)', 'errorCode': '@div(1, 0)' | ErrorCodeNotString: Failed to interpret F fail message or error code",
        "'errorCode': '5' | 5: Fail message was not provided",
        "'message': 'm' | ErrorCodeNotString: m"})
    void failFailsAsDocumented(String properties, String expected) {
        RunRecord run = run(activity("F", "Fail", "", properties));
        assertThat(error(run, "F")).isEqualTo(expected);
        assertThat(TestFactory.activity(run, "F").error().path("failureType").asString()).isEqualTo("UserError");
        assertThat(TestFactory.activity(run, "F").error().path("target").asString()).isEqualTo("F");
    }

    @Test
    void executePipelineGivesReturnValues() {
        factory.pipeline("child", "'parameters': {'n': {'type': 'int'}}, 'activities': [" + activity("Return", "SetVariable", "",
            "'variableName': 'pipelineReturnValue', 'setSystemVariable': true, 'value': ["
                + "{'key': 'sum', 'value': {'type': 'Expression', 'content': '@add(pipeline().parameters.n, 1)'}}, "
                + "{'key': 'text', 'value': {'type': 'String', 'content': '@{pipeline().TriggeredByPipelineName}'}}, "
                + "{'key': 'int', 'value': {'type': 'Int', 'content': '5'}}, {'key': 'no', 'value': {'type': 'Null'}}, "
                + "{'key': 'yes', 'value': {'type': 'Boolean', 'content': true}}, "
                + "{'key': 'all', 'value': {'type': 'Array', 'content': "
                + "[{'type': 'Int', 'content': 1}, {'type': 'String', 'content': 'a'}]}}, "
                + "{'key': 'object', 'value': {'type': 'Object', 'content': [{'key': 'k', 'value': {'type': 'Float', 'content': 1.5}}]}}]")
            + "]");
        RunRecord run = run(activity("Call", "ExecutePipeline", "", "'pipeline': {'referenceName': 'child', 'type': 'PipelineReference'}, "
            + "'waitOnCompletion': true, 'parameters': {'n': '@add(20, 20)'}"));
        assertThat(text(output(run, "Call").path("pipelineReturnValue"))).isEqualTo(
            text("{'sum': 41, 'text': 'p', 'int': 5, 'no': null, 'yes': true, 'all': [1, 'a'], 'object': {'k': 1.5}}"));
        RunRecord child = new RunStore(factory.data(), TestFactory.JSON).get(output(run, "Call").path("pipelineRunId").asString());
        assertThat(child.request().parent().runId()).isEqualTo(run.request().runId());
        assertThat(child.status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void executePipelineFailsWithItsChild() {
        factory.activities("child", fail("Inner", ""));
        RunRecord run = run(activity("Call", "ExecutePipeline", "", "'pipeline': {'referenceName': 'child'}, 'waitOnCompletion': true"));
        assertThat(error(run, "Call")).isEqualTo("BadRequest: Operation on target Inner failed: broken Inner");
        assertThat(run.message()).isEqualTo("Operation on target Call failed: Operation on target Inner failed: broken Inner");
    }

    @Test
    void executePipelineDoesNotWaitUnlessTold() throws InterruptedException {
        factory.activities("child", fail("Inner", ""));
        factory.activities("p", activity("Call", "ExecutePipeline", "",
            "'pipeline': {'referenceName': 'child'}, 'waitOnCompletion': false"));
        try (PipelineRunner runner = factory.runner()) {
            RunRecord run = runner.run(TestFactory.request("p", "{}"));
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            runner.awaitDetached();
            RunRecord child = new RunStore(factory.data(), TestFactory.JSON).get(output(run, "Call").path("pipelineRunId").asString());
            assertThat(child.status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void executePipelineChecksParameters() {
        factory.pipeline("child", "'parameters': {'n': {'type': 'int'}}, "
            + "'activities': [" + activity("Tell", "SetVariable", "", "'variableName': 'pipelineReturnValue', 'setSystemVariable': true, "
            + "'value': [{'key': 'n', 'value': {'type': 'Expression', 'content': '@pipeline().parameters.n'}}]") + "]");
        RunRecord run = run(
            activity("A", "ExecutePipeline", "", "'pipeline': {'referenceName': 'child'}, 'parameters': {'m': 1}"),
            activity("B", "ExecutePipeline", "", "'pipeline': {'referenceName': 'child'}"),
            activity("C", "ExecutePipeline", "", "'pipeline': {'referenceName': 'chidl'}"));
        assertThat(error(run, "A")).contains("has no parameter 'm'", "did you mean 'n'?");
        assertThat(output(run, "B").at("/pipelineReturnValue/n").isNull()).isTrue();
        assertThat(error(run, "C")).contains("did you mean 'child'?");
    }

    @Test
    void standInsRunCommandsOrGiveFixedOutputs() {
        factory.file("lazuli.yaml", """
            activities:
              DatabricksNotebook:
                command: 'read line; printf "{\\"got\\": %s, \\"name\\": \\"$LAZULI_ACTIVITY\\"}" "$line"'
              p/Fixed:
                output: { rows: 3 }
              p/Broken:
                command: 'echo out of memory >&2; exit 7'
            """);
        RunRecord run = run(
            activity("Book", "DatabricksNotebook", "", "'notebookPath': '@concat(`/a`, `/b`)'"),
            activity("Fixed", "SparkJob", "", ""), activity("Broken", "Custom", "", ""), activity("Absent", "HDInsightHive", "", ""));
        assertThat(text(output(run, "Book"))).isEqualTo(text("{'got': {'notebookPath': '/a/b'}, 'name': 'Book'}"));
        assertThat(text(output(run, "Fixed"))).isEqualTo(text("{'rows': 3}"));
        assertThat(error(run, "Broken")).isEqualTo("7: The stand-in's command ended with exit code 7: out of memory");
        assertThat(error(run, "Absent")).startsWith("NOT_SUPPORTED: Activities of type HDInsightHive are not run on this machine");
    }

    @Test
    void wrongParametersStopBeforeTheRun() {
        factory.pipeline("q", "'parameters': {'day': {'type': 'string'}, 'n': {'type': 'int', 'defaultValue': 1}}, 'activities': []");
        assertThatThrownBy(() -> factory.run("q")).hasMessageContaining("needs a value for parameter 'day'");
        assertThatThrownBy(() -> factory.run("q", "{'day': 'x', 'dya': 1}")).hasMessageContaining("did you mean 'day'?");
        assertThatThrownBy(() -> factory.run("q", "{'day': 'x', 'n': 'many'}")).hasMessageContaining("'n' of pipeline 'q' is of type int");
        assertThat(new RunStore(factory.data(), TestFactory.JSON).list()).isEmpty();
    }

    @Test
    void systemVariablesTellOfTheRun() {
        RunRecord run = run(activity("S", "SetVariable", "",
            "'variableName': 'list', 'value': ['@pipeline().Pipeline', '@pipeline().RunId', "
            + "'@pipeline().TriggerType', '@pipeline().TriggerName', '@pipeline().GroupId', '@pipeline()?.TriggeredByPipelineRunId']"));
        String id = run.request().runId();
        assertThat(variable(run, "list")).isEqualTo(text("['p', '" + id + "', 'Manual', 'Manual', '" + id + "', null]"));
    }
}
