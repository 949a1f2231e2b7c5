package io.lazuli.languages.pipeline.dotnet;

import java.time.DateTimeException;
import java.time.format.TextStyle;
import java.util.Locale;

/** Writes dates in .NET's standard formats (one letter) and custom formats, in American English. */
public final class DateFormat {
    /** The format that functions use when none is given. */
    public static final String ROUND_TRIP = "o";

    private static final int MOST_FRACTION_DIGITS = 7;
    private static final String LONG_DATE = "dddd, MMMM d, yyyy";

    private final Timestamp timestamp;
    private final String format;
    private final StringBuilder result = new StringBuilder();
    private int at;

    private DateFormat(Timestamp timestamp, String format) {
        this.timestamp = timestamp;
        this.format = format;
    }

    /** @throws DateTimeException when the format is none; the message says why */
    public static String format(Timestamp timestamp, String format) {
        String custom = format.isEmpty() ? standard('G') : format.length() == 1 ? standard(format.charAt(0)) : format;
        return new DateFormat(timestamp, custom).write();
    }

    private static String standard(char letter) {
        return switch (letter) {
            case 'd' -> "M/d/yyyy";
            case 'D' -> LONG_DATE;
            case 'f' -> LONG_DATE + " h:mm tt";
            case 'F', 'U' -> LONG_DATE + " h:mm:ss tt";
            case 'g' -> "M/d/yyyy h:mm tt";
            case 'G' -> "M/d/yyyy h:mm:ss tt";
            case 'm', 'M' -> "MMMM d";
            case 'o', 'O' -> "yyyy-MM-ddTHH:mm:ss.fffffffK";
            case 'r', 'R' -> "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
            case 's' -> "yyyy-MM-ddTHH:mm:ss";
            case 't' -> "h:mm tt";
            case 'T' -> "h:mm:ss tt";
            case 'u' -> "yyyy-MM-dd HH:mm:ss'Z'";
            case 'y', 'Y' -> "MMMM yyyy";
            default -> throw new DateTimeException("'" + letter + "' is no standard format; they are d D f F g G m o r s t T u U y");
        };
    }

    private String write() {
        while (at < format.length()) {
            char letter = format.charAt(at);
            int run = run(letter);
            switch (letter) {
                case '\'', '"' -> quoted(letter);
                case '\\' -> escaped();
                case '%' -> single();
                default -> {
                    at += field(letter, run) ? run : 1;
                }
            }
        }
        return result.toString();
    }

    private int run(char letter) {
        int end = at;
        while (end < format.length() && format.charAt(end) == letter) {
            end++;
        }
        return end - at;
    }

    private void quoted(char quote) {
        for (at++; at < format.length() && format.charAt(at) != quote; at++) {
            if (format.charAt(at) == '\\') {
                at++;
            }
            result.append(at < format.length() ? format.charAt(at) : "");
        }
        if (at++ >= format.length()) {
            throw new DateTimeException("a quote in it is not closed");
        }
    }

    private void escaped() {
        if (at + 1 >= format.length()) {
            throw new DateTimeException("nothing follows the backslash at its end");
        }
        result.append(format.charAt(at + 1));
        at += 2;
    }

    /** {@code %d}: a custom field of one letter. */
    private void single() {
        if (at + 1 >= format.length() || format.charAt(at + 1) == '%') {
            throw new DateTimeException("no field follows a '%'");
        }
        at++;
        field(format.charAt(at), 1);
        at++;
    }

    /** Writes a field or the letter itself; tells whether the whole run was one field. */
    private boolean field(char letter, int run) {
        var time = timestamp.time();
        switch (letter) {
            case 'd' -> day(run);
            case 'M' -> month(run);
            case 'y' -> year(run);
            case 'h' -> number((time.getHour() + 11) % 12 + 1, Math.min(run, 2));
            case 'H' -> number(time.getHour(), Math.min(run, 2));
            case 'm' -> number(time.getMinute(), Math.min(run, 2));
            case 's' -> number(time.getSecond(), Math.min(run, 2));
            case 'f' -> result.append(fraction(run));
            case 'F' -> shortFraction(run);
            case 't' -> result.append(time.getHour() < 12 ? "AM" : "PM", 0, Math.min(run, 2));
            case 'g' -> result.append("A.D.");
            case 'z' -> result.append(run == 1 ? "+0" : run == 2 ? "+00" : "+00:00");
            case 'K' -> {
                result.append(switch (timestamp.kind()) {
                    case UTC -> "Z";
                    case LOCAL -> "+00:00";
                    case UNSPECIFIED -> "";
                });
                return false;
            }
            default -> {
                result.append(letter);
                return false;
            }
        }
        return true;
    }

    private void day(int run) {
        var day = timestamp.time().getDayOfWeek();
        if (run <= 2) {
            number(timestamp.time().getDayOfMonth(), run);
        } else {
            result.append(day.getDisplayName(run == 3 ? TextStyle.SHORT : TextStyle.FULL, Locale.US));
        }
    }

    private void month(int run) {
        String name = timestamp.time().getMonth().getDisplayName(TextStyle.FULL, Locale.US);
        if (run <= 2) {
            number(timestamp.time().getMonthValue(), run);
        } else {
            result.append(run == 3 ? name.substring(0, 3) : name);
        }
    }

    private void year(int run) {
        int year = timestamp.time().getYear();
        number(run <= 2 ? year % 100 : year, run);
    }

    private void number(int value, int width) {
        String digits = String.valueOf(value);
        result.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private String fraction(int run) {
        if (run > MOST_FRACTION_DIGITS) {
            throw new DateTimeException("it has more than " + MOST_FRACTION_DIGITS + " digits of a second's fraction");
        }
        return String.format("%09d", timestamp.time().getNano()).substring(0, run);
    }

    private void shortFraction(int run) {
        String digits = fraction(run).replaceFirst("0+$", "");
        if (digits.isEmpty() && !result.isEmpty() && result.charAt(result.length() - 1) == '.') {
            result.setLength(result.length() - 1);
        }
        result.append(digits);
    }
}
