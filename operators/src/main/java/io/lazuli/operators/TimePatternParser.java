package io.lazuli.operators;

import io.lazuli.operators.TimePattern.Part;
import java.text.DateFormatSymbols;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads texts in a pattern of SimpleDateFormat, of which it is a strict one: numbers that are out of range do not fit. */
final class TimePatternParser {
    private static final int WINDOW = 80;

    private final List<Part> parts;
    private final Locale locale;
    private final DateFormatSymbols symbols;
    private final DateTimeFormatter shortZone;
    private final DateTimeFormatter longZone;

    TimePatternParser(List<Part> parts, Locale locale) {
        this.parts = parts;
        this.locale = locale;
        this.symbols = DateFormatSymbols.getInstance(locale);
        this.shortZone = zones(TextStyle.SHORT);
        this.longZone = zones(TextStyle.FULL);
    }

    /** In UTC when the text has a zone; a text that does not fit gives null or fails with a {@link DateTimeException}. */
    LocalDateTime parse(String text) {
        Reading reading = new Reading(text);
        for (int i = 0; i < parts.size(); i++) {
            boolean numberFollows = i + 1 < parts.size() && parts.get(i + 1).isNumber();
            if (!reading.read(parts.get(i), numberFollows)) {
                return null;
            }
        }
        if (reading.position == 0) {
            return null;
        }
        LocalDateTime local = reading.date().atTime(reading.time());
        return reading.zone == null ? local : local.atZone(reading.zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    private DateTimeFormatter zones(TextStyle style) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendZoneText(style).toFormatter(locale);
    }

    /** One text's values so far. */
    private final class Reading {
        private final String text;
        private final Map<Character, Long> values = new HashMap<>();
        private int position;
        private ZoneId zone;

        Reading(String text) {
            this.text = text;
        }

        boolean read(Part part, boolean numberFollows) {
            if (part.letter() == '\0') {
                boolean fits = text.startsWith(part.text(), position);
                position += part.text().length();
                return fits;
            }
            while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
                position++;
            }
            char letter = part.letter() == 'L' ? 'M' : part.letter();
            if (part.isNumber()) {
                return number(letter, part.count(), numberFollows);
            }
            return switch (letter) {
                case 'M' -> name('M', 1, symbols.getMonths(), symbols.getShortMonths());
                case 'E' -> name('E', 0, symbols.getWeekdays(), symbols.getShortWeekdays());
                case 'a' -> name('a', 0, symbols.getAmPmStrings());
                case 'G' -> name('G', 0, symbols.getEras());
                default -> zone(letter, part.count());
            };
        }

        private boolean number(char letter, int count, boolean numberFollows) {
            int limit = numberFollows ? Math.min(text.length(), position + count) : text.length();
            int end = position;
            while (end < limit && Character.isDigit(text.charAt(end))) {
                end++;
            }
            int digits = end - position;
            if (digits == 0 || numberFollows && digits < count || digits > 18 && letter != 'S') {
                return false;
            }
            String number = text.substring(position, end);
            position = end;
            if (letter == 'S') {
                values.put('S', Long.parseLong((number + "000000000").substring(0, 9)));
                return true;
            }
            long value = Long.parseLong(number);
            return keep(letter, letter == 'y' && count <= 2 && digits == 2 ? century(value) : value);
        }

        /** The year with these last two digits that lies within 80 years before and 20 after today. */
        private long century(long digits) {
            long first = LocalDate.now(ZoneOffset.UTC).getYear() - WINDOW;
            long year = first - first % 100 + digits;
            return year < first ? year + 100 : year;
        }

        private boolean keep(char letter, long value) {
            values.put(letter, value);
            ChronoField field = TimePattern.NUMBERS.get(letter);
            return field == null || field.range().isValidValue(value);
        }

        /** The longest of the names that the text goes on with. */
        private boolean name(char letter, int first, String[]... lists) {
            int best = -1;
            int length = 0;
            for (String[] names : lists) {
                for (int i = 0; i < names.length; i++) {
                    if (names[i].length() > length && text.regionMatches(true, position, names[i], 0, names[i].length())) {
                        best = i;
                        length = names[i].length();
                    }
                }
            }
            position += length;
            return best >= 0 && keep(letter, best + first);
        }

        private boolean zone(char letter, int count) {
            String rest = text.substring(position);
            boolean iso = letter == 'X';
            String offset = iso ? count == 1 ? "(?:Z|[+-]\\d{2}).*" : count == 2 ? "(?:Z|[+-]\\d{4}).*" : "(?:Z|[+-]\\d{2}:\\d{2}).*"
                : "[+-]\\d{4}.*";
            if (rest.matches("(?s)" + offset)) {
                int length = rest.startsWith("Z") ? 1 : iso && count == 1 ? 3 : iso && count > 2 ? 6 : 5;
                zone = ZoneOffset.of(rest.substring(0, length));
                position += length;
                return true;
            }
            return !iso && (named(shortZone) || named(longZone));
        }

        private boolean named(DateTimeFormatter names) {
            ParsePosition at = new ParsePosition(position);
            var parsed = names.parseUnresolved(text, at);
            zone = parsed == null ? null : parsed.query(TemporalQueries.zoneId());
            if (zone != null) {
                position = at.getIndex();
            }
            return zone != null;
        }

        private int value(char letter, int otherwise) {
            return Math.toIntExact(values.getOrDefault(letter, (long) otherwise));
        }

        LocalDate date() {
            LocalDate date = written();
            boolean otherDay = values.containsKey('E') && date.getDayOfWeek().getValue() % 7 + 1 != value('E', 0)
                || values.containsKey('u') && date.getDayOfWeek().getValue() != value('u', 0);
            if (otherDay) {
                throw new DateTimeException("The day of the week is another");
            }
            return date;
        }

        private LocalDate written() {
            WeekFields weeks = WeekFields.of(locale);
            int year = values.containsKey('G') && value('G', 1) == 0 ? 1 - value('y', 1970) : value('y', 1970);
            if (values.containsKey('Y') && !values.containsKey('y')) {
                if (values.containsKey('M') || values.containsKey('D') || values.containsKey('d')) {
                    throw new DateTimeException("A year of weeks has no months and no days but those of weeks");
                }
                return week(LocalDate.of(value('Y', 1970), 1, 4), weeks, value('w', 1));
            }
            if (values.containsKey('D') && !values.containsKey('d')) {
                return LocalDate.ofYearDay(year, value('D', 1));
            }
            if (values.containsKey('w') && !values.containsKey('M')) {
                return week(LocalDate.of(year, 1, 4), weeks, value('w', 1));
            }
            return LocalDate.of(year, value('M', 1), value('d', 1));
        }

        private LocalDate week(LocalDate inFirst, WeekFields weeks, int number) {
            int day = values.containsKey('E') ? value('E', 1) : values.containsKey('u') ? value('u', 1) % 7 + 1
                : weeks.getFirstDayOfWeek().getValue() % 7 + 1;
            LocalDate jan = inFirst.withDayOfMonth(weeks.getMinimalDaysInFirstWeek() == 1 ? 1 : inFirst.getDayOfMonth());
            int local = Math.floorMod(day - 1 - weeks.getFirstDayOfWeek().getValue() % 7, 7) + 1;
            return jan.with(weeks.dayOfWeek(), local).plusWeeks(number - 1L);
        }

        LocalTime time() {
            int half = value('a', 0) * 12;
            int hour = values.containsKey('H') ? value('H', 0) : values.containsKey('k') ? value('k', 0) % 24
                : (values.containsKey('h') ? value('h', 0) % 12 : value('K', 0)) + half;
            if (values.containsKey('a') && hour / 12 != half / 12) {
                throw new DateTimeException("The half of the day is the other");
            }
            return LocalTime.of(hour, value('m', 0), value('s', 0), value('S', 0) / 1000 * 1000);
        }
    }
}
