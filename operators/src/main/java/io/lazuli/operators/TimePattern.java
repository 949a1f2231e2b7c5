package io.lazuli.operators;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A pattern of Java's SimpleDateFormat, which it follows where its letters differ from DateTimeFormatter's: a number may have fewer
 * digits than its letters unless another number follows at once, months and days may be written short or long, what follows the
 * pattern is ignored, dates that do not exist do not fit. Other than there, {@code S} counts digits of a fraction, so that times keep
 * their microseconds.
 */
final class TimePattern {
    /** Letters whose values are numbers however often they stand. */
    static final Map<Character, ChronoField> NUMBERS = Map.of('d', ChronoField.DAY_OF_MONTH, 'H', ChronoField.HOUR_OF_DAY,
        'k', ChronoField.CLOCK_HOUR_OF_DAY, 'K', ChronoField.HOUR_OF_AMPM, 'h', ChronoField.CLOCK_HOUR_OF_AMPM,
        'm', ChronoField.MINUTE_OF_HOUR, 's', ChronoField.SECOND_OF_MINUTE, 'D', ChronoField.DAY_OF_YEAR,
        'F', ChronoField.ALIGNED_WEEK_OF_MONTH, 'u', ChronoField.DAY_OF_WEEK);
    private static final String OTHERS = "yYMLEaGSzZXwW";
    private static final Cache<String, TimePattern> PATTERNS = new Cache<>(TimePattern::new);

    private final TimePatternParser parser;
    private final DateTimeFormatter formatter;

    /** A letter that stands so often, or a text when the letter is 0. */
    record Part(char letter, int count, String text) {
        boolean isNumber() {
            return NUMBERS.containsKey(letter) || "yYSwW".indexOf(letter) >= 0 || "ML".indexOf(letter) >= 0 && count < 3;
        }
    }

    private TimePattern(String key) {
        int end = key.indexOf('\n');
        String language = key.substring(0, end);
        Locale locale = language.isEmpty() ? Locale.US : Locale.forLanguageTag(language.replace('_', '-'));
        List<Part> parts = parts(key.substring(end + 1));
        this.parser = new TimePatternParser(parts, locale);
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        parts.forEach(part -> append(builder, part, locale));
        this.formatter = builder.toFormatter(locale);
    }

    /** The pattern's form for a language tag, which may be empty; a letter that means nothing fails. */
    static TimePattern of(String pattern, String language) {
        return PATTERNS.get(language + "\n" + pattern);
    }

    String format(LocalDateTime time) {
        return formatter.format(time.atZone(ZoneId.of("UTC")));
    }

    /** In UTC when the text has a zone; null when it does not fit. */
    LocalDateTime parse(String text) {
        try {
            return parser.parse(text);
        } catch (DateTimeException doesNotFit) {
            return null;
        }
    }

    private static List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length();) {
            char letter = pattern.charAt(i);
            if (letter == '\'') {
                i = quoted(pattern, i, parts);
                continue;
            }
            int end = i;
            while (end < pattern.length() && pattern.charAt(end) == letter) {
                end++;
            }
            if (!Character.isLetter(letter) || letter > 127) {
                parts.add(new Part('\0', 0, pattern.substring(i, end)));
            } else if (NUMBERS.containsKey(letter) || OTHERS.indexOf(letter) >= 0) {
                parts.add(new Part(letter, end - i, ""));
            } else {
                throw new IllegalArgumentException("The pattern " + pattern + " has the letter " + letter + ", which means nothing");
            }
            i = end;
        }
        return parts;
    }

    private static int quoted(String pattern, int start, List<Part> parts) {
        if (pattern.startsWith("''", start)) {
            parts.add(new Part('\0', 0, "'"));
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
        parts.add(new Part('\0', 0, text.toString()));
        return i + 1;
    }

    private static void append(DateTimeFormatterBuilder builder, Part part, Locale locale) {
        int count = part.count;
        switch (part.letter) {
            case '\0' -> builder.appendLiteral(part.text);
            case 'y' -> year(builder, ChronoField.YEAR_OF_ERA, count);
            case 'Y' -> year(builder, WeekFields.of(locale).weekBasedYear(), count);
            case 'M', 'L' -> month(builder, part);
            case 'E' -> builder.appendText(ChronoField.DAY_OF_WEEK, count <= 3 ? TextStyle.SHORT : TextStyle.FULL);
            case 'a' -> builder.appendText(ChronoField.AMPM_OF_DAY);
            case 'G' -> builder.appendText(ChronoField.ERA, TextStyle.SHORT);
            case 'S' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, Math.min(9, count), Math.min(9, count), false);
            case 'z' -> builder.appendZoneText(count <= 3 ? TextStyle.SHORT : TextStyle.FULL);
            case 'Z' -> builder.appendOffset("+HHMM", "+0000");
            case 'X' -> builder.appendOffset(count == 1 ? "+HHmm" : count == 2 ? "+HHMM" : "+HH:MM", "Z");
            case 'w' -> number(builder, WeekFields.of(locale).weekOfWeekBasedYear(), count);
            case 'W' -> number(builder, WeekFields.of(locale).weekOfMonth(), count);
            default -> number(builder, NUMBERS.get(part.letter), count);
        }
    }

    private static void month(DateTimeFormatterBuilder builder, Part part) {
        if (part.count < 3) {
            number(builder, ChronoField.MONTH_OF_YEAR, part.count);
            return;
        }
        TextStyle style = part.count == 3 ? TextStyle.SHORT : TextStyle.FULL;
        builder.appendText(ChronoField.MONTH_OF_YEAR, part.letter == 'L' ? style.asStandalone() : style);
    }

    private static void year(DateTimeFormatterBuilder builder, TemporalField field, int count) {
        if (count == 2) {
            builder.appendValueReduced(field, 2, 2, 2000);
        } else {
            number(builder, field, count);
        }
    }

    private static void number(DateTimeFormatterBuilder builder, TemporalField field, int count) {
        builder.appendValue(field, Math.min(19, count), 19, SignStyle.NOT_NEGATIVE);
    }
}
