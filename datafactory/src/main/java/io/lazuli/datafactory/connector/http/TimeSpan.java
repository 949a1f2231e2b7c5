package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** .NET's text of a duration: {@code [d.]hh:mm[:ss[.fffffff]]}. */
public final class TimeSpan {
    private static final Pattern TEXT = Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,7}))?)?");

    private TimeSpan() {
    }

    /** The duration; {@code INVALID_ARGUMENT} with the property's name for another text. */
    public static Duration parse(String text, String property) {
        Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw failure(CommonError.INVALID_ARGUMENT, "%s is '%s'; expected a time span such as 00:01:40", property, text);
        }
        String ticks = matcher.group(5) == null ? "0" : (matcher.group(5) + "0000000").substring(0, 7);
        return Duration.ofDays(number(matcher.group(1))).plusHours(number(matcher.group(2))).plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4))).plusNanos(100 * number(ticks));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
