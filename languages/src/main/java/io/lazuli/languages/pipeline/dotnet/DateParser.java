package io.lazuli.languages.pipeline.dotnet;

import io.lazuli.languages.pipeline.dotnet.Timestamp.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dates that .NET's {@code DateTime.Parse} reads in the invariant culture: ISO forms, month/day/year, names of months and days,
 * 12- and 24-hour times, fractions, {@code Z}, {@code GMT} and offsets. Digits without separators are no date.
 */
public final class DateParser {
    private static final Pattern FORM = Pattern.compile(
        "(?<date>[^:]*?)"
            + "(?:(?:^|(?<=\\d)T|[\\s,]+)(?<hour>\\d{1,2})"
            + "(?:\\s*:\\s*(?<minute>\\d{1,2})(?:\\s*:\\s*(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?"
            + "(?:\\s*(?<half>[AaPp][Mm]?)\\b)?|\\s*(?<onlyHalf>[AaPp][Mm]?)\\b)"
            + "(?:\\s*(?<offset>[+-]\\d{1,2}(?::?\\d{2})?))?)?"
            + "(?:\\s*(?<utc>Z|z|GMT|UTC))?");
    private static final Pattern DATE_PART = Pattern.compile("(?<number>\\d+)|(?<word>\\p{Alpha}+)\\.?|[\\s,/.-]+");
    private static final int LAST_YEAR_OF_THIS_CENTURY = 49;
    private static final long TICKS_OF_SECOND = 10_000_000;

    private final String text;
    private final LocalDate today;

    private DateParser(String text, LocalDate today) {
        this.text = text;
        this.today = today;
    }

    /**
     * Reads a date.
     *
     * @param today what a text that leaves the year or the date out refers to
     * @throws DateTimeException when the text is no date; the message says why
     */
    public static Timestamp parse(String text, LocalDate today) {
        return new DateParser(text.strip(), today).parse();
    }

    private Timestamp parse() {
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw new DateTimeException("its form is not known");
        }
        boolean timed = form.group("hour") != null;
        String dateText = form.group("date").strip();
        LocalDate date = dateText.isEmpty() && timed ? today : date(dateText);
        LocalDateTime time = timed ? time(form, date) : date.atStartOfDay();
        if (form.group("utc") != null) {
            return new Timestamp(time, Kind.UTC);
        }
        return form.group("offset") == null
            ? new Timestamp(time, Kind.UNSPECIFIED)
            : new Timestamp(time.minusMinutes(offsetMinutes(form.group("offset"))), Kind.LOCAL);
    }

    private static LocalDateTime time(Matcher form, LocalDate date) {
        int hour = Integer.parseInt(form.group("hour"));
        String half = form.group("half") != null ? form.group("half") : form.group("onlyHalf");
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("its hour is not from 1 to 12");
            }
            hour = hour % 12 + (half.toLowerCase(Locale.ROOT).startsWith("p") ? 12 : 0);
        }
        LocalTime time = LocalTime.of(hour, number(form, "minute"), number(form, "second"));
        String fraction = form.group("fraction");
        long ticks = fraction == null ? 0 : Math.round(Double.parseDouble("0." + fraction) * TICKS_OF_SECOND);
        return date.atTime(time).plusNanos(ticks * 100);
    }

    private static int number(Matcher form, String group) {
        return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
    }

    private static long offsetMinutes(String offset) {
        String digits = offset.substring(1).replace(":", "");
        int hours = Integer.parseInt(digits.length() > 2 ? digits.substring(0, digits.length() - 2) : digits);
        int minutes = digits.length() > 2 ? Integer.parseInt(digits.substring(digits.length() - 2)) : 0;
        if (hours > 14 || minutes > 59) {
            throw new DateTimeException("its offset is not from -14:00 to +14:00");
        }
        return (offset.charAt(0) == '-' ? -1 : 1) * (hours * 60L + minutes);
    }

    private LocalDate date(String dateText) {
        List<String> numbers = new ArrayList<>();
        Month month = null;
        int numbersBeforeMonth = 0;
        DayOfWeek day = null;
        Matcher part = DATE_PART.matcher(dateText);
        int end = 0;
        for (; part.find() && part.start() == end; end = part.end()) {
            if (part.group("number") != null) {
                numbers.add(part.group("number"));
            } else if (part.group("word") != null && day == null && dayOf(part.group("word")) != null) {
                day = dayOf(part.group("word"));
            } else if (part.group("word") != null && month == null) {
                month = monthOf(part.group("word"));
                numbersBeforeMonth = numbers.size();
            } else if (part.group("word") != null) {
                throw new DateTimeException("'" + part.group("word") + "' is neither a month nor a day");
            }
        }
        if (end < dateText.length() || numbers.isEmpty()) {
            throw new DateTimeException("its form is not known");
        }
        LocalDate date = month == null ? numericDate(numbers) : dateWithMonth(numbers, month, numbersBeforeMonth);
        if (day != null && date.getDayOfWeek() != day) {
            throw new DateTimeException("its day of the week does not fit the date");
        }
        return date;
    }

    private LocalDate numericDate(List<String> numbers) {
        boolean yearFirst = numbers.getFirst().length() > 2;
        return switch (numbers.size()) {
            case 3 -> yearFirst
                ? LocalDate.of(year(numbers.get(0)), small(numbers.get(1)), small(numbers.get(2)))
                : LocalDate.of(year(numbers.get(2)), small(numbers.get(0)), small(numbers.get(1)));
            case 2 -> yearFirst ? LocalDate.of(year(numbers.get(0)), small(numbers.get(1)), 1)
                : numbers.get(1).length() > 2 ? LocalDate.of(year(numbers.get(1)), small(numbers.get(0)), 1)
                : LocalDate.of(today.getYear(), small(numbers.get(0)), small(numbers.get(1)));
            default -> throw new DateTimeException("its form is not known");
        };
    }

    private LocalDate dateWithMonth(List<String> numbers, Month month, int before) {
        if (numbers.size() == 2) {
            boolean yearFirst = numbers.getFirst().length() > 2;
            String day = numbers.get(yearFirst ? 1 : 0);
            return LocalDate.of(year(numbers.get(yearFirst ? 0 : 1)), month, small(day));
        }
        if (numbers.size() > 2) {
            throw new DateTimeException("its form is not known");
        }
        String number = numbers.getFirst();
        boolean isYear = number.length() > 2 || before == 0 && Integer.parseInt(number) > YearMonth.of(today.getYear(),
            month).lengthOfMonth();
        return isYear ? LocalDate.of(year(number), month, 1) : LocalDate.of(today.getYear(), month, small(number));
    }

    private static int year(String digits) {
        if (digits.length() > 4) {
            throw new DateTimeException("its year has more than four digits");
        }
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            if (year == 0) {
                throw new DateTimeException("there is no year 0");
            }
            return year;
        }
        return year + (year <= LAST_YEAR_OF_THIS_CENTURY ? 2000 : 1900);
    }

    private static int small(String digits) {
        if (digits.length() > 2) {
            throw new DateTimeException("its form is not known");
        }
        return Integer.parseInt(digits);
    }

    private static DayOfWeek dayOf(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (isName(word, day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))) {
                return day;
            }
        }
        return null;
    }

    private static Month monthOf(String word) {
        for (Month month : Month.values()) {
            if (isName(word, month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))) {
                return month;
            }
        }
        throw new DateTimeException("'" + word + "' is neither a month nor a day");
    }

    private static boolean isName(String word, String name) {
        return word.equalsIgnoreCase(name) || word.equalsIgnoreCase(name.substring(0, 3));
    }
}
