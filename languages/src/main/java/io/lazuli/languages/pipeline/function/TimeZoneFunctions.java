package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import io.lazuli.languages.pipeline.dotnet.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Conversions between time zones. A time that occurs twice, when clocks go back, is the later one, as in .NET. */
final class TimeZoneFunctions {
    private static final ZoneId UTC = ZoneId.of("Etc/UTC");

    private TimeZoneFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            function(Category.DATE, "convertFromUtc", "Gives the time in a zone at a moment of UTC.")
                .takes("timestamp", STRING).takes("destinationTimeZone", STRING).mayTake("format", STRING)
                .example("@convertFromUtc('2018-01-01T08:00:00Z', 'Pacific Standard Time')", "\"2018-01-01T00:00:00.0000000\"")
                .gives(STRING, a -> convert(a, UTC, Dates.zone(a, 1), 2)),
            function(Category.DATE, "convertTimeZone", "Gives the time in one zone at a time of another.")
                .takes("timestamp", STRING).takes("sourceTimeZone", STRING).takes("destinationTimeZone", STRING).mayTake("format", STRING)
                .example("@convertTimeZone('2018-01-01T08:00:00Z', 'UTC', 'Pacific Standard Time')", "\"2018-01-01T00:00:00.0000000\"")
                .gives(STRING, a -> convert(a, Dates.zone(a, 1), Dates.zone(a, 2), 3)),
            function(Category.DATE, "convertToUtc", "Gives the moment of UTC at a time of a zone.")
                .takes("timestamp", STRING).takes("sourceTimeZone", STRING).mayTake("format", STRING)
                .example("@convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time')", "\"2018-01-01T08:00:00.0000000Z\"")
                .gives(STRING, a -> convert(a, Dates.zone(a, 1), UTC, 2)));
    }

    private static JsonNode convert(Arguments arguments, ZoneId source, ZoneId destination, int formatIndex) {
        Timestamp timestamp = Dates.timestamp(arguments, 0);
        Instant instant = instant(arguments, timestamp, source);
        LocalDateTime time = LocalDateTime.ofInstant(instant, destination);
        Timestamp.Kind kind = destination.equals(UTC) ? Timestamp.Kind.UTC : Timestamp.Kind.UNSPECIFIED;
        return Dates.format(arguments, new Timestamp(time, kind), formatIndex);
    }

    private static Instant instant(Arguments arguments, Timestamp timestamp, ZoneId source) {
        if (timestamp.kind() == Timestamp.Kind.LOCAL) {
            return timestamp.time().toInstant(ZoneOffset.UTC);
        }
        List<ZoneOffset> offsets = source.getRules().getValidOffsets(timestamp.time());
        if (offsets.isEmpty()) {
            throw arguments.failure(0, INVALID_VALUE, "needs a time that exists in the zone: clocks go forward over '%s'",
                arguments.string(0));
        }
        return timestamp.time().toInstant(offsets.getLast());
    }
}
