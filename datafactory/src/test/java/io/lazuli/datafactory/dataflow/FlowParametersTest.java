package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a pipeline gives to the parameters of a flow and of its linked services. */
class FlowParametersTest {
    @TempDir
    private Path folder;
    private FlowWorld world;

    @BeforeEach
    void open() {
        world = FlowWorld.withPeople(folder);
    }

    @Test
    void givesParametersAsQuotedExpressionsOrConstants() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                who as string ('nobody'),
                least as integer (1),
                file as string ('x.csv')
            }
            source(output(id as integer, name as string)) ~> s
            s filter(name == $who && id >= $least) ~> f
            f sink(partitionFileNames:[($file)]) ~> out""");
        world.succeed("f", """
            {"who": "'@{pipeline().parameters.who}'", "least": 1, "file": {"value": "'@{concat('y', '.csv')}'", "type": "Expression"}}""");
        assertThat(world.text("out/y.csv")).isEqualTo("id,name\n1,Ann\n");
        assertThat(world.run("f", "{\"whom\": 1}").message()).contains("has no parameter 'whom'", "did you mean 'who'?");
    }

    @Test
    void evaluatesParametersOverTheColumnsWhereTheyAreReferredTo() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                factor as integer (10),
                score as integer (toInteger(id) * $factor),
                who as string (upper(name)),
                keep as boolean (true()),
                word as string ('none')
            }
            source(output(id as integer, name as string)) ~> s
            s filter($keep) ~> kept
            kept derive(score = $score, who = $who, word = $word) ~> d
            d select(mapColumn(id, score, who, word)) ~> renamed
            renamed derive(again = $who) ~> e
            e sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f", "{\"keep\": \"length(name) == 3\", \"word\": \"name\", \"factor\": 2}");
        assertThat(world.text("out/x.csv")).isEqualTo("""
            id,score,who,word,again
            1,2,ANN,name,
            2,4,BOB,name,
            """);
        world.succeed("f", "{\"keep\": \"id == $factor\", \"factor\": 3, \"word\": \"lower(name)\"}");
        assertThat(world.text("out/x.csv")).isEqualTo("id,score,who,word,again\n3,9,CY,cy,\n");
    }

    @Test
    void parametersReferToEarlierOnesOverColumns() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                score as integer (toInteger(id)),
                twice as integer ($score * 2),
                who as string (lower(s@name)),
                loud as string ('none'),
                same as string ('none'),
                found as string (byName('name'))
            }
            source(output(id as integer, name as string)) ~> s
            s filter($twice == id + $score && id < 3) ~> f
            f derive(twice = $twice, loud = $loud, same = $same, found = $found) ~> d
            d sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f", "{\"loud\": \"upper($who)\", \"same\": \"$who\"}");
        assertThat(world.text("out/x.csv")).isEqualTo("""
            id,name,twice,loud,same,found
            1,Ann,2,ANN,ann,Ann
            2,Bob,4,BOB,bob,Bob
            """);
    }

    @Test
    void refusesParametersWhoseColumnsAreNowhere() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                keep as boolean (true()),
                least as integer (0)
            }
            source(output(id as integer, name as string)) ~> s
            s filter($keep && id > $least) ~> f
            f sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("f", "{\"keep\": \"nam\"}").message()).contains("COLUMN_NOT_FOUND",
            "Parameter '$keep' is nam, and nothing that refers to it has its columns: Column 'nam' is not found; there are [id, name]; "
            + "did you mean 'name'?");
        assertThat(world.run("f", "{\"least\": \"fife\"}").message()).contains("Parameter '$least' is fife, and nothing");
        assertThat(world.run("f", "{\"least\": \"length(id)\", \"keep\": \"id == toDate(name)\"}").message())
            .contains("Parameter '$keep' is (id == toDate(name)): ");
        assertThat(world.files()).noneMatch(file -> file.startsWith("out/"));
    }

    @Test
    void givesNullForColumnsThatOtherDataMayBring() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                lost as integer (nowhere + 1),
                unused as integer (nowhere)
            }
            source(output(id as integer), allowSchemaDrift: true) ~> s
            s derive(lost = isNull($lost)) ~> d
            d sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo("id,name,lost\n1,Ann,true\n2,Bob,true\n3,Cy,true\n");
    }

    @Test
    void refusesPartsThatStructuresHaveNot() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                part as string (upper(address.zpi))
            }
            source(output(id as integer, name as string)) ~> s
            s derive(address = @(zip = name)) ~> a
            a derive(part = $part) ~> d
            d select(mapColumn(id, part)) ~> e
            e sink(partitionFileNames:['x.csv']) ~> out""");
        assertThat(world.run("f").message()).contains("Parameter '$part' is upper(address.zpi): 'zpi' is not in the structure",
            "did you mean 'zip'?");
        world.succeed("f", "{\"part\": \"upper(address.zip)\"}");
        assertThat(world.text("out/x.csv")).isEqualTo("id,part\n1,ANN\n2,BOB\n3,CY\n");
    }

    @Test
    void refusesParametersOverColumnsInOptions() {
        world.flow("f", List.of("s=in"), List.of("out=out"), """
            parameters{
                file as string ('x.csv')
            }
            source(output(id as integer, name as string)) ~> s
            s sink(partitionFileNames:[($file)]) ~> out""");
        assertThat(world.run("f", "{\"file\": \"concat(name, '.csv')\"}").message())
            .contains("Parameter '$file' depends on columns, and there are none here: concat(name, '.csv')");
    }

    @Test
    void givesConstantsAndDefaultsToFlowlets() {
        flowlet("loud", "parameters{\n factor as integer (2),\n who as string (upper(called)) }\n"
            + "input(output(called as string, n as integer), order: 0) ~> i\ni derive(n = n * $factor, called = $who) ~> d\n"
            + "d output() ~> o");
        String script = """
            parameters{
                factor as integer (3),
                %s as string (lower(name))
            }
            source(output(id as integer, name as string)) ~> s
            s filter($%1$s != 'bob') ~> f
            f compose(mapColumn(called = name, n = id), composition: 'loud') ~> c@(o)
            c@o sink(partitionFileNames:['x.csv']) ~> out""";
        world.flow("f", List.of("s=in"), List.of("out=out"), script.formatted("whom"));
        world.succeed("f");
        assertThat(world.text("out/x.csv")).isEqualTo("called,n\nANN,3\nCY,9\n");
        world.flow("f", List.of("s=in"), List.of("out=out"), script.formatted("who"));
        assertThat(world.run("f").message()).contains("NOT_SUPPORTED", "Parameter '$who' of the flowlet 'loud' gets the value of the "
            + "data flow's parameter of that name, lower(name), which depends on columns; flowlets take constants");
        flowlet("loud", "input(output(called as string, n as integer), order: 0) ~> i\ni derive(who = $who) ~> d\nd output() ~> o");
        assertThat(world.run("f").message()).contains("Parameter '$who' is not known");
    }

    @Test
    void refusesParametersInTheEntryOfAFlowlet() {
        flowlet("loud", "input(output(id as integer), order: 0) ~> i\ni output() ~> o");
        String flow = """
            {"name": "f", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "dataset": {"referenceName": "in", "type": "DatasetReference"}}],
              "sinks": [{"name": "out", "dataset": {"referenceName": "out", "type": "DatasetReference"}}],
              "transformations": [{"name": "c", "flowlet": {"referenceName": "loud", "type": "DataFlowReference", "parameters": %s}}],
              "script": "source(output(id as integer, name as string)) ~> s\\ns compose(mapColumn(id), composition: 'loud') ~> c@(o)\\n\
            c@o sink(partitionFileNames:['x.csv']) ~> out"}}}""";
        world.json("dataflow/f", flow.formatted("{\"factor\": 2}"));
        assertThat(world.run("f").message()).contains("NOT_SUPPORTED", "The flowlet 'loud' is given parameters [factor]");
        world.json("dataflow/f", flow.formatted("{}"));
        assertThat(world.run("f").message()).isEmpty();
    }

    private void flowlet(String name, String script) {
        world.json("dataflow/" + name, JsonMapper.shared().createObjectNode().put("name", name).set("properties",
            JsonMapper.shared().createObjectNode().put("type", "Flowlet").set("typeProperties",
                JsonMapper.shared().createObjectNode().put("script", script))).toString());
    }

    @Test
    void givesParametersToTheLinkedServicesOfInlineSources() {
        world.json("linkedService/any", """
            {"name": "any", "properties": {"type": "AzureBlobFS", "parameters": {"account": {"type": "String"}},
              "typeProperties": {"url": "@{concat('https://', linkedService().account, '.dfs.core.windows.net')}"}}}""");
        world.json("dataflow/f", """
            {"name": "f", "properties": {"type": "MappingDataFlow", "typeProperties": {
              "sources": [{"name": "s", "linkedService": {"referenceName": "any", "type": "LinkedServiceReference"}}],
              "sinks": [{"name": "out", "dataset": {"referenceName": "out", "type": "DatasetReference"}}], "transformations": [],
              "script": "source(format: 'delimited', fileSystem: 'data', fileName: 'in/a.csv', columnDelimiter: ',', \
            columnNamesAsHeader: true) ~> s\\ns sink(partitionFileNames:['x.csv']) ~> out"}}}""");
        String given = "{}, \"linkedServiceParameters\": {\"%s\": {\"linkedService\": {\"account\": \"flows\"}}}";
        assertThat(world.run("f", given.formatted("s")).message()).isEmpty();
        assertThat(world.text("out/x.csv")).isEqualTo("id,name\n1,Ann\n2,Bob\n3,Cy\n");
        assertThat(world.run("f", given.formatted("sr")).message())
            .contains("linkedServiceParameters: data flow 'f' has no 'sr'; did you mean 's'?");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedServise\": {\"account\": \"flows\"}}}"))
            .contains("'s' of data flow 'f' has no 'linkedServise'; it has [linkedService]; did you mean 'linkedService'?",
                "UNKNOWN_PARAMETER", "p.json");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedService\": {\"account\": \"flows\"}}, \"out\": {\"linkedService\": {}}}"))
            .isEmpty();
        assertThat(givenToLinkedServices("{\"out\": {\"linkedService\": {\"account\": \"flows\"}}}"))
            .contains("'out' of data flow 'f' has no 'linkedService'; it has [dataset]", "UNKNOWN_PARAMETER");
        assertThat(givenToLinkedServices("{\"s\": {\"linkedService\": \"flows\"}}"))
            .contains("linkedServiceParameters: 's.linkedService' is an object, not \\\"flows\\\"", "INVALID_ARGUMENT");
        assertThat(givenToLinkedServices("\"flows\""))
            .contains("'linkedServiceParameters' of a data flow is an object", "INVALID_ARGUMENT");
    }

    private String givenToLinkedServices(String values) {
        return world.run("f", "{}, \"linkedServiceParameters\": " + values).message();
    }
}
