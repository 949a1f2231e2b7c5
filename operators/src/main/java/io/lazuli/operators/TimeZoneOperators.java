package io.lazuli.operators;

import static io.lazuli.operators.JavaOperator.Kind.STRING;
import static io.lazuli.operators.JavaOperator.Kind.TIMESTAMP;

import java.time.DateTimeException;
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
        String offset = name.matches("[+-]\\d{1,2}(:?\\d{2})?") ? "GMT" + name : name;
        if (offset.matches("(GMT|UTC)[+-]\\d.*")) {
            return custom("GMT" + offset.substring(3), name);
        }
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException unknown) {
            throw unknown(name);
        }
    }

    /** Java's TimeZone reads {@code GMT+5:30} and {@code GMT+530}, and takes what it cannot read for GMT. */
    private static ZoneId custom(String offset, String name) {
        ZoneId zone = TimeZone.getTimeZone(offset).toZoneId();
        if (zone.getId().equals("GMT") && !offset.matches("GMT[+-]0{1,2}(:?00)?")) {
            throw unknown(name);
        }
        return zone;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("'" + name + "' is no time zone; examples are UTC, PST, GMT+2, Europe/Berlin");
    }
}
