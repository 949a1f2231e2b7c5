package io.lazuli.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDatesTest {
    @Test
    void readsTheTimesOfSignaturesAndPoliciesInAllFormsThatAzureTakes() {
        assertThat(HttpDates.parseIso("2030-01-01")).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(HttpDates.parseIso("2030-01-01T10:30Z")).isEqualTo(Instant.parse("2030-01-01T10:30:00Z"));
        assertThat(HttpDates.parseIso("2030-01-01T10:30:00.1234567Z")).isEqualTo(Instant.parse("2030-01-01T10:30:00.1234567Z"));
        assertThat(HttpDates.parseIso("2030-01-01T10:30:00-05:00")).isEqualTo(Instant.parse("2030-01-01T15:30:00Z"));
        assertThat(HttpDates.parseIso("2030-01-01T10:30:00")).isEqualTo(Instant.parse("2030-01-01T10:30:00Z"));
    }

    @Test
    void readsNothingElse() {
        for (String text : new String[] {"", "tomorrow", "2030-13-01", "2030-01-01T25:00Z", "2030-01-01 10:00", "2030-01-01T10:30+99:00"}) {
            assertThat(HttpDates.parseIso(text)).as(text).isNull();
        }
    }
}
