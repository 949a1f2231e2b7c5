package io.lazuli.datafactory.copy.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a row of delimited text, as Azure says it. */
public record MalformedText(String code, String message) {
    private static final Pattern FAILURE = Pattern.compile("(?s)(.*), row \\d+ \\(line (\\d+)\\): (.*)");
    private static final Pattern MORE_COLUMNS = Pattern.compile("found more columns .*expected column count:? (\\d+).*");

    public static MalformedText of(String file, long line, String reason) {
        Matcher more = MORE_COLUMNS.matcher(reason);
        return more.matches()
            ? new MalformedText("DelimitedTextMoreColumnsThanDefined", "Error found when processing 'Csv/Tsv Format Text' source '" + file
                + "' with row number " + line + ": found more columns than expected column count " + more.group(1) + ".")
            : new MalformedText("DelimitedTextBadDataDetected",
                "Bad data is found at line " + line + " in source " + file + ": " + reason + ".");
    }

    /** Reads a failure of the reader of delimited text; empty for other failures. */
    public static Optional<MalformedText> of(String failure) {
        Matcher matcher = FAILURE.matcher(failure);
        return matcher.matches() ? Optional.of(of(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
            : Optional.empty();
    }
}
