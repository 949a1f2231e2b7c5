package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.ExpressionError.OVERFLOW;

import io.lazuli.foundation.NearestName;
import io.lazuli.languages.pipeline.dotnet.DateFormat;
import io.lazuli.languages.pipeline.dotnet.DateParser;
import io.lazuli.languages.pipeline.dotnet.Timestamp;
import io.lazuli.languages.pipeline.dotnet.WindowsTimeZones;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What the functions on dates share: reading timestamps, units and zones from arguments, and writing results. */
final class Dates {
    private Dates() {
    }

    static Timestamp timestamp(Arguments arguments, int index) {
        String text = arguments.string(index);
        try {
            Timestamp timestamp = DateParser.parse(text, LocalDate.ofInstant(arguments.now(), ZoneOffset.UTC));
            if (timestamp.isInRange()) {
                return timestamp;
            }
            throw arguments.failure(index, OVERFLOW, "cannot hold '%s': years go from 1 to 9999", text);
        } catch (DateTimeException wrong) {
            throw arguments.failure(index, INVALID_VALUE, "needs a date such as '2018-03-15T13:00:00Z', not '%s': %s", text,
                wrong.getMessage());
        }
    }

    /** The text of a timestamp in the format that an argument gives, if the call has it. */
    static JsonNode format(Arguments arguments, Timestamp timestamp, int formatIndex) {
        if (!timestamp.isInRange()) {
            throw arguments.failure(0, OVERFLOW, "gives a date whose year is not from 1 to 9999");
        }
        String format = arguments.has(formatIndex) && !arguments.value(formatIndex).isNull() ? arguments.string(formatIndex)
            : DateFormat.ROUND_TRIP;
        try {
            return Values.string(DateFormat.format(timestamp, format));
        } catch (DateTimeException wrong) {
            throw arguments.failure(formatIndex, INVALID_VALUE, "cannot write a date in the format '%s': %s", format, wrong.getMessage());
        }
    }

    /** A timestamp moved by an amount of the unit that an argument names; months keep the end of the month. */
    static Timestamp plus(Arguments arguments, Timestamp timestamp, long amount, int unitIndex) {
        String unit = arguments.string(unitIndex);
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "second" -> plusSeconds(arguments, timestamp, amount, 1);
            case "minute" -> plusSeconds(arguments, timestamp, amount, 60);
            case "hour" -> plusSeconds(arguments, timestamp, amount, 3_600);
            case "day" -> plusSeconds(arguments, timestamp, amount, 86_400);
            case "week" -> plusSeconds(arguments, timestamp, amount, 604_800);
            case "month" -> moved(arguments, timestamp, () -> timestamp.time().plusMonths(amount));
            case "year" -> moved(arguments, timestamp, () -> timestamp.time().plusYears(amount));
            default -> throw arguments.failure(unitIndex, INVALID_VALUE,
                "needs one of the units Second, Minute, Hour, Day, Week, Month and Year, not '%s'", unit);
        };
    }

    static Timestamp plusSeconds(Arguments arguments, Timestamp timestamp, long amount, long secondsOfUnit) {
        return moved(arguments, timestamp, () -> timestamp.time().plusSeconds(Math.multiplyExact(amount, secondsOfUnit)));
    }

    private static Timestamp moved(Arguments arguments, Timestamp timestamp, java.util.function.Supplier<LocalDateTime> move) {
        try {
            return timestamp.with(move.get());
        } catch (ArithmeticException | DateTimeException beyond) {
            throw arguments.failure(0, OVERFLOW, "gives a date whose year is not from 1 to 9999");
        }
    }

    static ZoneId zone(Arguments arguments, int index) {
        String name = arguments.string(index);
        return WindowsTimeZones.find(name).orElseThrow(() -> arguments.failure(index, INVALID_VALUE,
            "needs the name of a time zone as Windows has it, such as 'Pacific Standard Time', not '%s'%s", name,
            NearestName.hint(name, WindowsTimeZones.names())));
    }
}
