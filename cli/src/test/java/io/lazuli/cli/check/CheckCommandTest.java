package io.lazuli.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.cli.Lazuli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest {
    private static final String PIPELINE = """
        {
          "name": "Load",
          "properties": {
            "activities": [
              {"name": "A", "type": "Wait",
               "typeProperties": {"waitTimeInSeconds": "@ad(1, 2)"}}
            ]
          }
        }
        """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @BeforeEach
    void writeWorkspace() throws IOException {
        Files.createDirectory(folder.resolve("pipeline"));
        Files.writeString(folder.resolve("pipeline/Load all.json"), PIPELINE.replace("Load", "Load all"));
    }

    @Test
    void showsFileLineAndPathOfEachFinding() {
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString().replace(folder.toString(), "DIR")).isEqualToNormalizingNewlines("""
            DIR/pipeline/Load all.json:6:27 error UNKNOWN_FUNCTION: There is no function 'ad'; did you mean 'add'?
                $.properties.activities[0].typeProperties.waitTimeInSeconds at 1:2 of the text
            %s: 1 artifact, 1 error, 0 warnings, 0 notes
            """.formatted(folder.getFileName()));
    }

    @Test
    void givesFindingsAsJson() {
        assertThat(run("--output", "json")).isEqualTo(1);
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        assertThat(report.get("errors").intValue()).isEqualTo(1);
        assertThat(report.get("findings").get(0)).hasToString("{\"severity\":\"error\",\"code\":\"UNKNOWN_FUNCTION\","
            + "\"message\":\"There is no function 'ad'; did you mean 'add'?\",\"file\":\"pipeline/Load all.json\","
            + "\"jsonPath\":\"$.properties.activities[0].typeProperties.waitTimeInSeconds\",\"line\":6,\"column\":27,"
            + "\"inText\":{\"line\":1,\"column\":2}}");
    }

    @Test
    void givesFindingsAsSarif() {
        assertThat(run("--output", "sarif")).isEqualTo(1);
        JsonNode log = JsonMapper.shared().readTree(out.toString());
        assertThat(log.get("version").asString()).isEqualTo("2.1.0");
        JsonNode run = log.get("runs").get(0);
        assertThat(run.get("tool").get("driver").get("rules")).hasToString(
            "[{\"id\":\"UNKNOWN_FUNCTION\",\"shortDescription\":{\"text\":\"Unknown function\"}}]");
        JsonNode result = run.get("results").get(0);
        assertThat(result.get("level").asString()).isEqualTo("error");
        assertThat(result.get("ruleIndex").intValue()).isZero();
        JsonNode physical = result.get("locations").get(0).get("physicalLocation");
        assertThat(physical.get("artifactLocation").get("uri").asString()).endsWith("/pipeline/Load%20all.json");
        assertThat(physical.get("region")).hasToString("{\"startLine\":6,\"startColumn\":27}");
    }

    @Test
    void passesAWorkspaceWithoutErrors() throws IOException {
        Files.writeString(folder.resolve("pipeline/Load all.json"), PIPELINE.replace("@ad(", "@add(").replace("Load", "Load all"));

        assertThat(run()).isZero();
    }

    @Test
    void saysThatThereIsNoWorkspace() throws IOException {
        Files.delete(folder.resolve("pipeline/Load all.json"));

        assertThat(run()).isEqualTo(3);
        assertThat(error.toString()).contains("There is no workspace here");
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[0] = "check";
        arguments[1] = "--workspace";
        arguments[2] = folder.toString();
        return Lazuli.commandLine(new PrintWriter(out, true), new PrintWriter(error, true)).execute(arguments);
    }
}
