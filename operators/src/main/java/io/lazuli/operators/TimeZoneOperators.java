package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.TIMESTAMP;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;

/** Times in zones, which are named as Java's TimeZone names them: PST, GMT+5:30, America/Cayman. */
final class TimeZoneOperators {
    private static final Cache<String, ZoneId> ZONES = new Cache<>(TimeZoneOperators::zone);
    static final List<JavaOperator> ALL = List.of(
        JavaOperator.of("utc_to_zone", "A time in UTC as clocks in the zone show it.",
            a -> ((LocalDateTime) a[0]).atZone(ZoneOffset.UTC).withZoneSameInstant(ZONES.get((String) a[1])).toLocalDateTime(),
            TIMESTAMP, TIMESTAMP, STRING),
        JavaOperator.of("zone_to_utc", "A time that clocks in the zone show, in UTC.",
            a -> ((LocalDateTime) a[0]).atZone(ZONES.get((String) a[1])).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime(),
            TIMESTAMP, TIMESTAMP, STRING));

    private TimeZoneOperators() {
    }

    private static ZoneId zone(String name) {
        ZoneId zone = TimeZone.getTimeZone(name).toZoneId();
        boolean unknown = zone.getId().equals("GMT") && !name.matches("(?i)GMT|UTC|Z|(GMT|UTC)?[+-]0{1,2}(:?00)?");
        if (!unknown) {
            return zone;
        }
        if (name.matches("[+-]\\d{1,2}(:?\\d{2})?")) {
            return zone("GMT" + name);
        }
        throw new IllegalArgumentException("'" + name + "' is no time zone; examples are UTC, PST, GMT+2, Europe/Berlin");
    }
}
