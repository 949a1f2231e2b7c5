package io.lazuli.datafactory.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.datafactory.run.RunRequest;
import io.lazuli.datafactory.workspace.Reference;
import io.lazuli.datafactory.workspace.Trigger;
import io.lazuli.foundation.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** When triggers fire, and what their pipelines get. */
class TriggerFiringTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"').replace('`', '\''));
    }

    private static Trigger trigger(String type, String properties, String parameters) {
        return new Trigger("T", type, "Started", List.of(new Reference("p", "PipelineReference", json("{" + parameters + "}"),
            Place.UNKNOWN)),
            json("{" + properties + "}"), Place.UNKNOWN);
    }

    private static Trigger schedule(String recurrence) {
        return trigger("ScheduleTrigger", "'recurrence': {" + recurrence + "}", "'day': '@trigger().scheduledTime'");
    }

    private static String fires(String recurrence, String after, int count) {
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            time = TriggerFiring.next(schedule(recurrence), time).orElse(null);
            if (time == null) {
                break;
            }
            times.add(time.toString().replace(":00Z", ""));
        }
        return String.join(" ", times);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'frequency': 'Minute', 'interval': 15, 'startTime': '2024-01-01T00:05:00Z' | 2024-01-01T00:05 2024-01-01T00:20 2024-01-01T00:35",
        "'frequency': 'Hour', 'interval': 12, 'startTime': '2024-01-01T06:30:00Z' | 2024-01-01T06:30 2024-01-01T18:30 2024-01-02T06:30",
        "'frequency': 'Hour', 'interval': 1, 'startTime': '2024-01-01T06:00:00Z', 'schedule': {'minutes': [15, 45]} "
            + "| 2024-01-01T06:15 2024-01-01T06:45 2024-01-01T07:15",
        "'frequency': 'Day', 'interval': 1, 'startTime': '2024-01-01T08:20:00Z' | 2024-01-01T08:20 2024-01-02T08:20 2024-01-03T08:20",
        "'frequency': 'Day', 'interval': 1, 'startTime': '2024-01-01T00:00:00Z', 'schedule': {'minutes': [15, 45], 'hours': [5, 17]} "
            + "| 2024-01-01T05:15 2024-01-01T05:45 2024-01-01T17:15",
        "'frequency': 'Day', 'interval': 3, 'startTime': '2024-01-01T08:00:00Z', 'endTime': '2024-01-05T00:00:00Z' "
            + "| 2024-01-01T08:00 2024-01-04T08:00",
        "'frequency': 'Week', 'interval': 1, 'startTime': '2024-01-03T08:00:00Z', 'schedule': {'weekDays': ['Monday', 'Friday']} "
            + "| 2024-01-05T08:00 2024-01-08T08:00 2024-01-12T08:00",
        "'frequency': 'Week', 'interval': 2, 'startTime': '2024-01-03T08:00:00Z' | 2024-01-03T08:00 2024-01-17T08:00 2024-01-31T08:00",
        "'frequency': 'Month', 'interval': 1, 'startTime': '2024-01-31T08:00:00Z' | 2024-01-31T08:00 2024-03-31T08:00 2024-05-31T08:00",
        "'frequency': 'Month', 'interval': 1, 'startTime': '2024-01-01T08:00:00Z', 'schedule': {'monthDays': [1, -1]} "
            + "| 2024-01-01T08:00 2024-01-31T08:00 2024-02-01T08:00",
        "'frequency': 'Month', 'interval': 1, 'startTime': '2024-01-01T08:00:00Z', 'schedule': {'monthlyOccurrences': "
            + "[{'day': 'Monday', 'occurrence': 1}, {'day': 'Friday', 'occurrence': -1}]} "
            + "| 2024-01-01T08:00 2024-01-26T08:00 2024-02-05T08:00",
        "'frequency': 'Day', 'interval': 1, 'startTime': '2024-03-30T06:00:00', 'timeZone': 'W. Europe Standard Time' "
            + "| 2024-03-30T05:00 2024-03-31T04:00 2024-04-01T04:00"})
    void schedulesFire(String recurrence, String expected) {
        assertThat(fires(recurrence, "2023-12-31T00:00:00Z", 3)).isEqualTo(expected);
    }

    @Test
    void scheduleGivesItsTimeToItsPipelines() {
        Trigger trigger = schedule("'frequency': 'Day', 'interval': 1, 'startTime': '2024-01-01T06:00:00Z'");
        List<RunRequest> runs = TriggerFiring.at(trigger, Instant.parse("2025-05-05T06:00:00Z")).runs(NOW);
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.pipeline()).isEqualTo("p");
            assertThat(run.parameters()).isEqualTo(json("{'day': '2025-05-05T06:00:00.0000000Z'}"));
            assertThat(run.trigger().type()).isEqualTo("ScheduleTrigger");
            assertThat(run.trigger().name()).isEqualTo("T");
        });
    }

    @Test
    void scheduleTellsWhenItFiresInstead() {
        Trigger trigger = schedule("'frequency': 'Day', 'interval': 1, 'startTime': '2024-01-01T06:00:00Z'");
        assertThatThrownBy(() -> TriggerFiring.at(trigger,
            Instant.parse("2025-05-05T06:01:00Z"))).hasMessage("The trigger 'T' does not fire at "
            + "2025-05-05T06:01:00Z; before that it fires at 2025-05-05T06:00:00Z, then at 2025-05-06T06:00:00Z");
    }

    @Test
    void scheduleRefusesUnknownNames() {
        assertThatThrownBy(() -> fires("'frequency': 'Daily', 'startTime': '2024-01-01T06:00:00Z'", "2024-01-01T00:00:00Z", 1))
            .hasMessageContaining("'Daily' is not one of MINUTE, HOUR, DAY");
        assertThatThrownBy(() -> fires("'frequency': 'Day', 'startTime': 'x'", "2024-01-01T00:00:00Z",
            1)).hasMessageContaining("no timestamp");
        assertThatThrownBy(() -> fires("'frequency': 'Day', 'timeZone': 'W. Europe Standart Time'", "2024-01-01T00:00:00Z", 1))
            .hasMessageContaining("did you mean 'W. Europe Standard Time'?");
    }

    private static final String WINDOWS = "'frequency': 'Hour', 'interval': 6, 'startTime': '2024-01-01T00:00:00Z', 'delay': '00:15:00'";

    @ParameterizedTest
    @CsvSource({"2024-01-01T06:00:00Z, 2024-01-01T00:00, 2024-01-01T06:00", "2024-01-01T07:30:00Z, 2024-01-01T06:00, 2024-01-01T12:00",
        "2024-01-01T00:00:00Z, 2024-01-01T00:00, 2024-01-01T06:00"})
    void tumblingWindowGivesItsBounds(String at, String start, String end) {
        Trigger trigger = trigger("TumblingWindowTrigger", WINDOWS,
            "'from': '@trigger().outputs.windowStartTime', 'to': '@{trigger().outputs.windowEndTime}'");
        assertThat(TriggerFiring.at(trigger, Instant.parse(at)).runs(NOW).getFirst().parameters())
            .isEqualTo(json("{'from': '" + start + ":00.0000000Z', 'to': '" + end + ":00.0000000Z'}"));
    }

    @Test
    void tumblingWindowRunsAfterItsDelay() {
        assertThat(TriggerFiring.next(trigger("TumblingWindowTrigger", WINDOWS, ""), Instant.parse("2024-01-01T06:10:00Z")))
            .contains(Instant.parse("2024-01-01T06:15:00Z"));
    }

    @Test
    void thereIsNoWindowBeforeTheStart() {
        assertThatThrownBy(() -> TriggerFiring.at(trigger("TumblingWindowTrigger", WINDOWS, ""), Instant.parse("2023-01-01T00:00:00Z")))
            .hasMessageContaining("no window at 2023-01-01T00:00:00Z");
    }

    private static final String BLOBS = "'blobPathBeginsWith': '/landing/blobs/sales/', 'blobPathEndsWith': '.csv', 'events': []";

    @Test
    void blobEventGivesFolderAndFile() {
        Trigger trigger = trigger("BlobEventsTrigger", BLOBS,
            "'folder': '@triggerBody().folderPath', 'file': '@triggerBody().fileName', 'same': '@trigger().outputs.body.fileName'");
        assertThat(TriggerFiring.blob(trigger, "landing/sales/2024/a.csv", NOW).runs(NOW).getFirst().parameters())
            .isEqualTo(json("{'folder': 'landing/sales/2024', 'file': 'a.csv', 'same': 'a.csv'}"));
    }

    @ParameterizedTest
    @CsvSource({"landing/other/a.csv, blobPathBeginsWith", "landing/sales/a.txt, blobPathEndsWith"})
    void blobEventMustPassTheFilters(String blob, String filter) {
        assertThatThrownBy(() -> TriggerFiring.blob(trigger("BlobEventsTrigger", BLOBS, ""), blob, NOW))
            .hasMessageContaining("does not fire for").extracting("place").asString().contains(filter);
    }

    @Test
    void customEventGivesItsData() {
        Trigger trigger = trigger("CustomEventsTrigger", "'subjectBeginsWith': 'orders', 'events': ['created']",
            "'id': '@triggerBody().event.data.id'");
        ObjectNode event = json("{'eventType': 'created', 'subject': 'orders/5', 'data': {'id': 5}}");
        assertThat(TriggerFiring.custom(trigger, event, NOW).runs(NOW).getFirst().parameters()).isEqualTo(json("{'id': 5}"));
        assertThatThrownBy(() -> TriggerFiring.custom(trigger, json("{'eventType': 'deleted', 'subject': 'orders/5'}"), NOW))
            .hasMessageContaining("does not fire for an event of type 'deleted'");
    }

    @Test
    void eventTriggersDoNotFireAtTimes() {
        assertThatThrownBy(() -> TriggerFiring.at(trigger("BlobEventsTrigger", BLOBS, ""),
            NOW)).hasMessageContaining("--blob CONTAINER/PATH");
        assertThatThrownBy(() -> TriggerFiring.at(trigger("ChainingTrigger", "", ""),
            NOW)).hasMessageContaining("ChainingTrigger are not run");
    }
}
