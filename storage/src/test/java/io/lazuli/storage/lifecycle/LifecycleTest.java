package io.lazuli.storage.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.storage.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What lifecycle policies do to a lake, and which are refused. */
class LifecycleTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    private Path folder;

    private static LifecyclePolicy policy(String rules) {
        return LifecycleReader.read(JsonMapper.shared().readTree("{\"rules\": [" + rules.replace('\'', '"') + "]}"),
            Place.of(Path.of("policy.json"), "$"));
    }

    private static String rule(String name, String filters, String actions) {
        return "{'enabled': true, 'name': '" + name + "', 'type': 'Lifecycle', 'definition': {'filters': {'blobTypes': ['blockBlob']"
            + filters + "}, 'actions': {'baseBlob': {" + actions + "}}}}";
    }

    private static String after(String action, int days) {
        return "'" + action + "': {'daysAfterModificationGreaterThan': " + days + "}";
    }

    private Path file(String path, int daysOld) throws Exception {
        Path file = folder.resolve("lake/contoso").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(daysOld)).minusSeconds(1)));
        return file;
    }

    private List<String> run(LifecyclePolicy policy, boolean onlyAsked) {
        try (Lake lake = new Lake(folder.resolve("lake"), Map.of()); OfflineLake offline = new OfflineLake(folder, lake, Map.of())) {
            return offline.lifecycle().run("contoso", policy, NOW, onlyAsked).stream()
                .map(step -> step.action().title() + " " + step.address().path() + (step.failure() == null ? "" : " failed")).toList();
        }
    }

    @Test
    void doesTheCheapestThatIsDueAndEachOnce() throws Exception {
        file("raw/new", 10);
        file("raw/cool", 30);
        file("raw/cold", 60);
        file("raw/archive", 90);
        Path old = file("raw/old", 365);
        LifecyclePolicy policy = policy(rule("age", "", after("tierToCool", 29) + ", " + after("tierToCold", 59) + ", "
            + after("tierToArchive", 89) + ", " + after("delete", 364)));
        List<String> due = List.of("tierToArchive archive", "tierToCold cold", "tierToCool cool", "delete old");
        assertThat(run(policy, true)).containsExactlyInAnyOrderElementsOf(due);
        assertThat(old).exists();
        assertThat(run(policy, false)).containsExactlyInAnyOrderElementsOf(due);
        assertThat(old).doesNotExist();
        assertThat(run(policy, false)).isEmpty();
    }

    @Test
    void deletionWinsOverTiersOfOtherRules() throws Exception {
        file("raw/old", 100);
        assertThat(run(policy(rule("delete", "", after("delete", 50)) + ", " + rule("archive", "", after("tierToArchive", 50))), false))
            .containsExactly("delete old");
    }

    @Test
    void touchesOnlyWhatItsFiltersNameAndNoSystemContainers() throws Exception {
        file("raw/in/a", 100);
        file("raw/out/a", 100);
        file("other/in/a", 100);
        file("$web/in/a", 100);
        assertThat(run(policy(rule("in", ", 'prefixMatch': ['raw/in/', '$web/in']", after("delete", 1))), false))
            .containsExactly("delete in/a");
        String tagged = ", 'blobIndexMatch': [{'name': 'keep', 'op': '==', 'value': 'no'}]";
        assertThat(run(policy(rule("tagged", tagged, after("delete", 1))), false)).isEmpty();
    }

    @Test
    void readsAConditionOrAnActionThatIsNullAsOneThatIsAbsent() {
        String exported = after("delete", 7).replace("7}", "7.0, 'daysAfterCreationGreaterThan': null}") + ", 'tierToCool': null, "
            + "'enableAutoTierToHotFromCool': null}, 'snapshot': null, 'version': {'delete': null";

        assertThat(policy(rule("out", ", 'prefixMatch': null, 'blobIndexMatch': null", exported)))
            .isEqualTo(policy(rule("out", "", after("delete", 7) + "}, 'version': {")));
    }

    @Test
    void countsWholeDaysBeyond() throws Exception {
        file("raw/a", 30);
        assertThat(run(policy(rule("later", "", after("delete", 31))), true)).isEmpty();
        assertThat(run(policy(rule("now", "", after("delete", 30))), true)).containsExactly("delete a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['pageBlob']}, 'actions': {}}} | $.rules[0].definition.filters.blobTypes[0]",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob'], 'prefixes': []}, 'actions': {}}} "
            + "| $.rules[0].definition.filters.prefixes",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': {'delete': "
            + "{'daysAfterModificationGreaterThan': -1}}}}} "
            + "| $.rules[0].definition.actions.baseBlob.delete.daysAfterModificationGreaterThan",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': {'delete': {}}}}} "
            + "| $.rules[0].definition.actions.baseBlob.delete",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': {'tierToHot': "
            + "{'daysAfterModificationGreaterThan': 1}}}}} | $.rules[0].definition.actions.baseBlob.tierToHot",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'snapshot': {'delete': "
            + "{'daysAfterLastAccessTimeGreaterThan': 1}}}}} "
            + "| $.rules[0].definition.actions.snapshot.delete.daysAfterLastAccessTimeGreaterThan",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': "
            + "{'enableAutoTierToHotFromCool': true, 'tierToCool': {'daysAfterModificationGreaterThan': 1}}}}} "
            + "| $.rules[0].definition.actions.baseBlob.enableAutoTierToHotFromCool",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': {'delete': "
            + "{'daysAfterModificationGreaterThan': 1, 'daysAfterCreationGreaterThan': 1}}}}} "
            + "| $.rules[0].definition.actions.baseBlob.delete",
        "{'name': 'x', 'definition': {'filters': {'blobTypes': ['blockBlob']}, 'actions': {'baseBlob': {'delete': "
            + "{'daysAfterModificationGreaterThan': 1, 'daysAfterLastTierChangeGreaterThan': 1}}}}} "
            + "| $.rules[0].definition.actions.baseBlob.delete.daysAfterLastTierChangeGreaterThan"
    })
    void saysWhereAPolicyIsWrong(String rules, String path) {
        assertThatThrownBy(() -> policy(rules)).isInstanceOfSatisfying(LazuliException.class,
            failure -> assertThat(failure.place().toString()).endsWith(path));
    }
}
