package io.lazuli.languages.pipeline.dotnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WindowsTimeZonesTest {
    @Test
    void knowsTheZonesOfWindowsInAnyCase() {
        assertThat(WindowsTimeZones.names()).hasSizeGreaterThan(140).contains("UTC", "India Standard Time", "Line Islands Standard Time");
        assertThat(WindowsTimeZones.find("romance STANDARD time")).contains(ZoneId.of("Europe/Paris"));
        assertThat(WindowsTimeZones.find("Europe/Paris")).contains(ZoneId.of("Europe/Paris"));
        assertThat(WindowsTimeZones.find("Middle-earth Standard Time")).isEmpty();
        assertThat(WindowsTimeZones.find("No/Where")).isEmpty();
    }
}
