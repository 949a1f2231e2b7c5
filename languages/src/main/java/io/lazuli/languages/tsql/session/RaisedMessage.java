package io.lazuli.languages.tsql.session;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages of RAISERROR: {@code %s}, {@code %d} and the like stand for its arguments, {@code %%} for a percent sign. */
final class RaisedMessage {
    private static final Pattern PLACE = Pattern.compile("%%|%[-+0 #]*\\d*(?:\\.\\d+)?(?:I64|h|l)?([diosuxX])");

    private RaisedMessage() {
    }

    static String format(String message, List<Object> arguments) {
        Matcher matcher = PLACE.matcher(message);
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (matcher.find()) {
            Object argument = matcher.group(1) == null || next >= arguments.size() ? null : arguments.get(next);
            if (matcher.group(1) != null) {
                next++;
            }
            String shown = matcher.group(1) == null ? "%" : argument == null ? "(null)" : shown(matcher.group(), matcher.group(1),
                argument);
            matcher.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        return matcher.appendTail(text).toString();
    }

    private static String shown(String place, String kind, Object argument) {
        boolean number = argument instanceof Number && !kind.equals("s");
        String format = place.replaceAll("I64|[hl]", "").replaceAll("[diu]$", "d");
        return number ? String.format(format, argument) : String.valueOf(argument);
    }
}
