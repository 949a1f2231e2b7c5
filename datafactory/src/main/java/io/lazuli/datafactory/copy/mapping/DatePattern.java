package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.Map;
import java.util.Set;

/** .NET's custom date formats in the terms of {@code strftime}, as the operators over dates take them. */
final class DatePattern {
    private static final Map<String, String> STANDARD = Map.of("s", "yyyy-MM-ddTHH:mm:ss", "u", "yyyy-MM-dd HH:mm:ssZ",
        "o", "yyyy-MM-ddTHH:mm:ss.fffffff", "O", "yyyy-MM-ddTHH:mm:ss.fffffff", "d", "M/d/yyyy", "D", "dddd, MMMM d, yyyy",
        "g", "M/d/yyyy h:mm tt", "G", "M/d/yyyy h:mm:ss tt", "t", "h:mm tt");
    private static final Set<Character> LETTERS =
        Set.of('y', 'M', 'd', 'H', 'h', 'm', 's', 'f', 'F', 't', 'z', 'K');

    private final String format;
    private final boolean reading;
    private final Place place;
    private final StringBuilder pattern = new StringBuilder();
    private int position;

    private DatePattern(String format, boolean reading, Place place) {
        this.format = STANDARD.getOrDefault(format, format);
        this.reading = reading;
        this.place = place;
    }

    /** For parsing; blanks and other plain characters stand for themselves. */
    static String toRead(String format, Place place) {
        return new DatePattern(format, true, place).translate();
    }

    static String toWrite(String format, Place place) {
        return new DatePattern(format, false, place).translate();
    }

    private String translate() {
        while (position < format.length()) {
            char letter = format.charAt(position);
            if (letter == '\\' && position + 1 < format.length()) {
                plain(format.charAt(position + 1));
                position += 2;
            } else if (letter == '\'' || letter == '"') {
                quoted(letter);
            } else if (LETTERS.contains(letter)) {
                int count = run(letter);
                pattern.append(specifier(letter, count));
                position += count;
            } else {
                if (letter != '%') {
                    plain(letter);
                }
                position++;
            }
        }
        return pattern.toString();
    }

    private int run(char letter) {
        int end = position;
        while (end < format.length() && format.charAt(end) == letter) {
            end++;
        }
        return end - position;
    }

    private void quoted(char quote) {
        int end = format.indexOf(quote, position + 1);
        if (end < 0) {
            throw failure(CommonError.SYNTAX_ERROR, place, "Format \"%s\" does not close the %s at column %d", format, quote, position + 1);
        }
        format.substring(position + 1, end).chars().forEach(character -> plain((char) character));
        position = end + 1;
    }

    private void plain(char character) {
        pattern.append(character == '%' ? "%%" : String.valueOf(character));
    }

    private String specifier(char letter, int count) {
        return switch (letter) {
            case 'y' -> count <= 2 ? "%y" : "%Y";
            case 'M' -> count >= 4 ? "%B" : count == 3 ? "%b" : padded(count, "m");
            case 'd' -> count >= 4 ? "%A" : count == 3 ? "%a" : padded(count, "d");
            case 'H' -> padded(count, "H");
            case 'h' -> padded(count, "I");
            case 'm' -> padded(count, "M");
            case 's' -> padded(count, "S");
            case 'f', 'F' -> fraction(count);
            case 't' -> "%p";
            default -> offset(letter, count);
        };
    }

    private static String padded(int count, String letter) {
        return count == 1 ? "%-" + letter : "%" + letter;
    }

    private String fraction(int count) {
        if (reading) {
            return "%n";
        }
        return switch (count) {
            case 3 -> "%g";
            case 6 -> "%f";
            case 7 -> "%f0";
            default -> throw failure(CommonError.NOT_SUPPORTED, place,
                "Format \"%s\" writes %d digits of a second; 3, 6 and 7 are supported", format, count);
        };
    }

    private String offset(char letter, int count) {
        if (reading) {
            return "%z";
        }
        return letter == 'z' && count == 2 ? "+00" : letter == 'K' ? "Z" : "+00:00";
    }
}
