package io.lazuli.storage.blob;

import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.metadata.Pages.Range;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers of requests about pages: ranges, sizes and sequence numbers. Pages have 512 bytes. */
final class PageRanges {
    private static final int PAGE = 512;
    private static final long MAX_SIZE = 8L << 40;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");

    private PageRanges() {
    }

    static ServiceFailure invalid() {
        return new ServiceFailure(416, "InvalidPageRange", "The page range specified is invalid.");
    }

    /** The whole pages that a request is to write or clear. */
    static Range written(Exchange exchange) {
        String value = value(exchange);
        Matcher match = RANGE.matcher(value == null ? "" : value);
        if (value == null) {
            throw ServiceFailure.missingHeader("x-ms-range");
        }
        if (!match.matches() || match.group(2) == null) {
            throw ServiceFailure.invalidHeader("x-ms-range", value);
        }
        Range range = new Range(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
        if (range.isEmpty() || range.first() % PAGE != 0 || (range.last() + 1) % PAGE != 0) {
            throw invalid();
        }
        return range;
    }

    private static String value(Exchange exchange) {
        return exchange.header("x-ms-range") == null ? exchange.header("Range") : exchange.header("x-ms-range");
    }

    /** The bytes whose pages are asked for: all pages that the range touches, or the whole blob. */
    static Range asked(Exchange exchange, long size) {
        String value = value(exchange);
        Matcher match = RANGE.matcher(value == null ? "" : value);
        if (!match.matches()) {
            // What is no range at all asks for everything.
            return new Range(0, size - 1);
        }
        long first = Long.parseLong(match.group(1));
        long last = match.group(2) == null ? size - 1 : Math.min(size - 1, Long.parseLong(match.group(2)));
        if (first >= size || last < first) {
            throw new ServiceFailure(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
        }
        return new Range(first / PAGE * PAGE, (last / PAGE + 1) * PAGE - 1);
    }

    static long size(String value) {
        if (!value.matches("\\d{1,18}") || Long.parseLong(value) % PAGE != 0 || Long.parseLong(value) > MAX_SIZE) {
            throw ServiceFailure.invalidHeader("x-ms-blob-content-length", value);
        }
        return Long.parseLong(value);
    }

    /** A header that is a number from 0 on, null when it is missing. */
    static Long number(Exchange exchange, String header) {
        String value = exchange.header(header);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw ServiceFailure.invalidHeader(header, value);
        }
        throw ServiceFailure.invalidHeader(header, value);
    }

    /** The conditions on the sequence number. */
    static void checkSequence(Exchange exchange, long current) {
        Long most = condition(exchange, "x-ms-if-sequence-number-le");
        Long below = condition(exchange, "x-ms-if-sequence-number-lt");
        Long exactly = condition(exchange, "x-ms-if-sequence-number-eq");
        if (most != null && current > most || below != null && current >= below || exactly != null && current != exactly) {
            throw new ServiceFailure(412, "SequenceNumberConditionNotMet", "The sequence number condition specified was not met.");
        }
    }

    private static Long condition(Exchange exchange, String header) {
        String value = exchange.header(header);
        if (value != null && value.matches("-\\d+")) {
            throw ServiceFailure.badRequest("InvalidInput", "One of the request inputs is not valid: " + header + ".");
        }
        return number(exchange, header);
    }

    /** The sequence number that a request to set properties gives. */
    static long nextSequence(Exchange exchange, long current) {
        String action = exchange.header("x-ms-sequence-number-action");
        Long given = number(exchange, "x-ms-blob-sequence-number");
        if (action == null && given == null) {
            return current;
        }
        boolean increments = "increment".equals(action);
        if (increments == (given != null)) {
            throw given != null ? ServiceFailure.invalidHeader("x-ms-blob-sequence-number", Long.toString(given))
                : ServiceFailure.missingHeader("x-ms-blob-sequence-number");
        }
        return switch (action == null ? "" : action) {
            case "increment" -> increment(current);
            case "max" -> Math.max(current, given);
            case "update" -> given;
            default -> throw action == null ? ServiceFailure.missingHeader("x-ms-sequence-number-action")
                : ServiceFailure.invalidHeader("x-ms-sequence-number-action", action);
        };
    }

    private static long increment(long current) {
        if (current == Long.MAX_VALUE) {
            throw new ServiceFailure(409, "SequenceNumberIncrementTooLarge",
                "The sequence number increment cannot be performed because it would result in overflow of the sequence number.");
        }
        return current + 1;
    }
}
