package io.lazuli.datafactory.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.ResolvedLinkedService;
import io.lazuli.foundation.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from and to systems without local form, for which {@code lazuli.yaml} gives stand-ins. */
class StandInCopyTest {
    private static final String READ =
        "{\"source\": {\"type\": \"SalesforceV2Source\", \"SOQLQuery\": \"SELECT Id FROM Account\"}, \"sink\": {\"type\": \"JsonSink\"}}";
    @TempDir
    private Path folder;
    private CopyWorld world;

    @BeforeEach
    void makeWorld() {
        world = new CopyWorld(folder).files("out", "Json", "out", "rows.json", null)
            .files("in", "DelimitedText", "in", "a.csv", "\"firstRowAsHeader\": true")
            .dataset(new ResolvedDataset("crm", "SalesforceV2Object", CopyWorld.object("{}"), null,
                new ResolvedLinkedService("crm", "SalesforceV2", CopyWorld.object("{}"), Place.UNKNOWN), Place.UNKNOWN));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void readsTheFile() throws IOException {
        world.configured("linked-services: {crm: {mode: stand-in, file: accounts.csv}}");
        assertThatThrownBy(() -> world.copy("crm", "out", READ)).hasMessageContaining("accounts.csv, does not exist");
        Files.writeString(folder.resolve("accounts.csv"), "Id,Name\n7,\"Ada, Ltd\"\n");
        assertThat(world.copy("crm", "out", READ).path("rowsCopied").asInt()).isEqualTo(1);
        assertThat(world.read("out/rows.json").strip()).isEqualTo("{\"Id\":\"7\",\"Name\":\"Ada, Ltd\"}");
    }

    @Test
    void readsTheAnswer() {
        world.configured("linked-services: {CRM: {mode: stand-in, answer: [{Id: 7, Name: Ada}, {Id: 8, Since: 2024-01-01}]}}");
        world.copy("crm", "out", READ);
        assertThat(world.read("out/rows.json").lines()).containsExactly(
            "{\"Id\":7,\"Name\":\"Ada\",\"Since\":null}", "{\"Id\":8,\"Name\":null,\"Since\":\"2024-01-01\"}");
    }

    @Test
    void writesTheFile() throws IOException {
        String write = "{\"source\": {\"type\": \"DelimitedTextSource\"}, \"sink\": {\"type\": \"SalesforceV2Sink\", "
            + "\"writeBehavior\": \"upsert\"}}";
        world.file("in/a.csv", "Id,Name\n1,Ada\n").configured("linked-services: {crm: {mode: stand-in, file: sent/accounts.jsonl}}");
        world.copy("in", "crm", write);
        assertThat(Files.readString(folder.resolve("sent/accounts.jsonl")).strip()).isEqualTo("{\"Id\":\"1\",\"Name\":\"Ada\"}");
        try (var files = Files.list(folder.resolve("sent"))) {
            assertThat(files).hasSize(1);
        }
        world.nextRun();
        world.configured("linked-services: {crm: {mode: stand-in, answer: []}}");
        assertThatThrownBy(() -> world.copy("in", "crm", write)).hasMessageContaining("takes no rows");
    }

    @Test
    void refusesByNameWithoutOne() {
        assertThatThrownBy(() -> world.copy("crm", "out", READ)).hasMessageContaining("SalesforceV2");
    }
}
