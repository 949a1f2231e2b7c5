package io.lazuli.operators;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Map;

/**
 * A pattern of Java's SimpleDateFormat, which it follows where its letters differ from DateTimeFormatter's: a number may have fewer
 * digits than its letters unless another number follows at once, what follows the pattern is ignored, dates that do not exist do not
 * fit. Other than there, {@code S} counts digits of a fraction, so that times keep their microseconds.
 */
final class TimePattern {
    private static final Cache<String, TimePattern> PATTERNS = new Cache<>(TimePattern::new);
    private static final Map<Character, ChronoField> NUMBERS = Map.of('d', ChronoField.DAY_OF_MONTH, 'H', ChronoField.HOUR_OF_DAY,
        'k', ChronoField.CLOCK_HOUR_OF_DAY, 'K', ChronoField.HOUR_OF_AMPM, 'h', ChronoField.CLOCK_HOUR_OF_AMPM,
        'm', ChronoField.MINUTE_OF_HOUR, 's', ChronoField.SECOND_OF_MINUTE, 'D', ChronoField.DAY_OF_YEAR,
        'F', ChronoField.ALIGNED_WEEK_OF_MONTH, 'u', ChronoField.DAY_OF_WEEK);

    private final String pattern;
    private final DateTimeFormatter parser;
    private final DateTimeFormatter formatter;

    private TimePattern(String key) {
        int end = key.indexOf('\n');
        String language = key.substring(0, end);
        this.pattern = key.substring(end + 1);
        Locale locale = language.isEmpty() ? Locale.US : Locale.forLanguageTag(language.replace('_', '-'));
        this.parser = build(true, locale);
        this.formatter = build(false, locale);
    }

    /** The pattern's form for a language tag, which may be empty; a letter that means nothing fails. */
    static TimePattern of(String pattern, String language) {
        return PATTERNS.get(language + "\n" + pattern);
    }

    String format(LocalDateTime time) {
        return formatter.format(time.atZone(ZoneOffset.UTC));
    }

    /** In UTC when the text has a zone; null when it does not fit. */
    LocalDateTime parse(String text) {
        try {
            TemporalAccessor parsed = parser.parse(text, new ParsePosition(0));
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDateTime local = date(parsed).atTime(time == null ? LocalTime.MIDNIGHT : time);
            ZoneId zone = parsed.query(TemporalQueries.zone());
            return zone == null ? local : local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        } catch (DateTimeException doesNotFit) {
            return null;
        }
    }

    private static LocalDate date(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date != null) {
            return date;
        }
        int year = parsed.isSupported(ChronoField.YEAR) ? parsed.get(ChronoField.YEAR) : 1970;
        int month = parsed.isSupported(ChronoField.MONTH_OF_YEAR) ? parsed.get(ChronoField.MONTH_OF_YEAR) : 1;
        int day = parsed.isSupported(ChronoField.DAY_OF_MONTH) ? parsed.get(ChronoField.DAY_OF_MONTH) : 1;
        return LocalDate.of(year, month, day);
    }

    private DateTimeFormatter build(boolean parsing, Locale locale) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < pattern.length();) {
            char letter = pattern.charAt(i);
            int end = i;
            if (letter == '\'') {
                i = quoted(builder, i);
                continue;
            }
            while (end < pattern.length() && pattern.charAt(end) == letter) {
                end++;
            }
            if (Character.isLetter(letter) && letter < 128) {
                boolean numberFollows = end < pattern.length() && Character.isLetter(pattern.charAt(end));
                field(builder, letter, end - i, parsing && !numberFollows, locale);
            } else {
                builder.appendLiteral(pattern.substring(i, end));
            }
            i = end;
        }
        return builder.toFormatter(locale).withResolverStyle(parsing ? ResolverStyle.STRICT : ResolverStyle.SMART);
    }

    private int quoted(DateTimeFormatterBuilder builder, int start) {
        if (pattern.startsWith("''", start)) {
            builder.appendLiteral('\'');
            return start + 2;
        }
        StringBuilder text = new StringBuilder();
        int i = start + 1;
        while (i < pattern.length() && (pattern.charAt(i) != '\'' || pattern.startsWith("''", i))) {
            text.append(pattern.charAt(i));
            i += pattern.startsWith("''", i) ? 2 : 1;
        }
        if (i >= pattern.length()) {
            throw new IllegalArgumentException("Unterminated quote in the pattern " + pattern);
        }
        builder.appendLiteral(text.toString());
        return i + 1;
    }

    private void field(DateTimeFormatterBuilder builder, char letter, int count, boolean free, Locale locale) {
        switch (letter) {
            case 'y', 'Y' -> year(builder, letter, count, free, locale);
            case 'M', 'L' -> {
                if (count >= 3) {
                    builder.appendText(ChronoField.MONTH_OF_YEAR, count == 3 ? TextStyle.SHORT : TextStyle.FULL);
                } else {
                    number(builder, ChronoField.MONTH_OF_YEAR, count, free);
                }
            }
            case 'E' -> builder.appendText(ChronoField.DAY_OF_WEEK, count <= 3 ? TextStyle.SHORT : TextStyle.FULL);
            case 'a' -> builder.appendText(ChronoField.AMPM_OF_DAY);
            case 'G' -> builder.appendText(ChronoField.ERA, TextStyle.SHORT);
            case 'S' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, free ? 1 : count, free ? 9 : count, false);
            case 'z' -> builder.appendZoneText(count <= 3 ? TextStyle.SHORT : TextStyle.FULL);
            case 'Z' -> builder.appendOffset("+HHMM", "+0000");
            case 'X' -> builder.appendOffset(count == 1 ? "+HHmm" : count == 2 ? "+HHMM" : "+HH:MM", "Z");
            case 'w' -> builder.appendValue(WeekFields.of(locale).weekOfWeekBasedYear(), count);
            case 'W' -> builder.appendValue(WeekFields.of(locale).weekOfMonth(), count);
            default -> {
                if (!NUMBERS.containsKey(letter)) {
                    throw new IllegalArgumentException("The pattern " + pattern + " has the letter " + letter + ", which means nothing");
                }
                number(builder, NUMBERS.get(letter), count, free);
            }
        }
    }

    private static void year(DateTimeFormatterBuilder builder, char letter, int count, boolean free, Locale locale) {
        var field = letter == 'Y' ? WeekFields.of(locale).weekBasedYear() : ChronoField.YEAR;
        if (count == 2) {
            builder.appendValueReduced(field, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(80));
        } else if (free) {
            builder.appendValue(field, 1, 10, SignStyle.NORMAL);
        } else {
            builder.appendValue(field, count, Math.max(count, 4), SignStyle.NOT_NEGATIVE);
        }
    }

    private static void number(DateTimeFormatterBuilder builder, ChronoField field, int count, boolean free) {
        if (free) {
            builder.appendValue(field, 1, Math.max(2, Math.max(count, field == ChronoField.DAY_OF_YEAR ? 3 : 2)), SignStyle.NOT_NEGATIVE);
        } else if (count == 1) {
            builder.appendValue(field);
        } else {
            builder.appendValue(field, count);
        }
    }
}
