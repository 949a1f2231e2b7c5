package io.lazuli.datafactory.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                word as string ('none'),
                lost as integer (nowhere + 1)
            }
            source(output(id as integer, name as string)) ~> s
            s filter($keep) ~> kept
            kept derive(score = $score, who = $who, word = $word, lost = isNull($lost)) ~> d
            d select(mapColumn(id, score, who, word, lost)) ~> renamed
            renamed derive(again = $who) ~> e
            e sink(partitionFileNames:['x.csv']) ~> out""");
        world.succeed("f", "{\"keep\": \"length(name) == 3\", \"word\": \"name\", \"factor\": 2}");
        assertThat(world.text("out/x.csv")).isEqualTo("""
            id,score,who,word,lost,again
            1,2,ANN,name,true,
            2,4,BOB,name,true,
            """);
        world.succeed("f", "{\"keep\": \"id == $factor\", \"factor\": 3, \"word\": \"lower(name)\", \"lost\": \"$factor * id\"}");
        assertThat(world.text("out/x.csv")).isEqualTo("id,score,who,word,lost,again\n3,9,CY,cy,false,\n");
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
