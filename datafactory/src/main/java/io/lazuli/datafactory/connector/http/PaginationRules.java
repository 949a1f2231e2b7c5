package io.lazuli.datafactory.connector.http;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How a REST source gets from one page to the next.
 *
 * @param next what the next request takes from the last response
 * @param ranges numbers that requests count through, in place of {@code {name}} in URL, headers and body
 * @param ends the conditions on a response after which no other follows
 * @param maximum how many requests at most
 * @param links whether a {@code Link} header with {@code rel="next"} is followed (RFC 5988)
 */
record PaginationRules(List<Next> next, List<Range> ranges, List<End> ends, Optional<Long> maximum, boolean links) {
    private static final Pattern NAMED = Pattern.compile("(AbsoluteUrl|QueryParameters|Headers)(?:\\.(.+)|\\['(.+)'\\])?");
    private static final Pattern RANGE = Pattern.compile("RANGE:(-?\\d+):(-?\\d*):(-?\\d+)", Pattern.CASE_INSENSITIVE);

    /** Where a value goes. */
    enum Target { ABSOLUTE_URL, QUERY_PARAMETER, HEADER }

    /** Where a value comes from: a response header, a path in the body, or the text itself. */
    sealed interface Origin {
    }

    record ResponseHeader(String name) implements Origin {
    }

    record Body(JsonPath path) implements Origin {
    }

    record Constant(String text) implements Origin {
    }

    record Next(Target target, String name, Origin origin) {
    }

    /** From {@code first} by {@code step} to {@code last}, without end when that is null. */
    record Range(String variable, long first, Long last, long step) {
        Optional<Long> at(long request) {
            long value = first + request * step;
            boolean beyond = last != null && (step < 0 ? value < last : value > last);
            return beyond ? Optional.empty() : Optional.of(value);
        }
    }

    /** When a value is {@code Empty}, {@code Exist}, {@code NonExist}, or equals a constant. */
    record End(Origin origin, String condition, Place place) {
    }

    /** Reads the rules, null for none: then only links are followed. */
    static PaginationRules of(JsonNode json, Place place) {
        Map<String, String> rules = new LinkedHashMap<>();
        if (json != null && json.isObject()) {
            json.properties().forEach(rule -> rules.put(rule.getKey(), rule.getValue().asString("")));
        }
        List<Next> next = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        Optional<Long> maximum = Optional.empty();
        Optional<Boolean> links = Optional.empty();
        for (Map.Entry<String, String> rule : rules.entrySet()) {
            Place at = place.member(rule.getKey());
            if (rule.getKey().equalsIgnoreCase("supportRFC5988")) {
                links = Optional.of(rule.getValue().equalsIgnoreCase("true"));
            } else if (rule.getKey().equalsIgnoreCase("MaxRequestNumber")) {
                maximum = rule.getValue().isBlank() ? Optional.empty() : Optional.of(number(rule.getValue(), at));
            } else if (rule.getKey().regionMatches(true, 0, "EndCondition:", 0, 13)) {
                ends.add(new End(origin(rule.getKey().substring(13), at), rule.getValue(), at));
            } else {
                add(rule.getKey(), rule.getValue(), next, ranges, at);
            }
        }
        boolean alone = next.isEmpty() && ranges.isEmpty() && ends.isEmpty();
        return new PaginationRules(next, ranges, ends, maximum, links.orElse(rules.isEmpty()) && alone);
    }

    private static void add(String key, String value, List<Next> next, List<Range> ranges, Place place) {
        Matcher target = NAMED.matcher(key);
        String name = target.matches() ? target.group(2) == null ? target.group(3) : target.group(2) : null;
        if (!target.matches() || name == null && !key.equals("AbsoluteUrl")) {
            throw failure(CommonError.INVALID_ARGUMENT, place, "'%s' is no pagination rule; expected AbsoluteUrl, QueryParameters.name, "
                + "Headers.name, EndCondition:..., MaxRequestNumber or supportRFC5988", key);
        }
        Matcher range = RANGE.matcher(value);
        if (range.matches()) {
            Long last = range.group(2).isEmpty() ? null : Long.valueOf(range.group(2));
            String variable = name != null && name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
            ranges.add(new Range(variable, number(range.group(1), place), last, number(range.group(3), place)));
            if (ranges.getLast().step() == 0 || variable == null) {
                throw failure(CommonError.INVALID_ARGUMENT, place, "The range '%s' needs a variable and a step other than 0", value);
            }
            return;
        }
        Target where = switch (target.group(1)) {
            case "AbsoluteUrl" -> Target.ABSOLUTE_URL;
            case "QueryParameters" -> Target.QUERY_PARAMETER;
            default -> Target.HEADER;
        };
        next.add(new Next(where, name, origin(value, place)));
    }

    private static Origin origin(String text, Place place) {
        if (text.startsWith("$")) {
            return new Body(JsonPath.parse(text, place));
        }
        Matcher header = Pattern.compile("headers(?:\\.(.+)|\\['(.+)'\\])", Pattern.CASE_INSENSITIVE).matcher(text);
        return header.matches() ? new ResponseHeader(header.group(1) == null ? header.group(2) : header.group(1)) : new Constant(text);
    }

    private static long number(String text, Place place) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw failure(CommonError.INVALID_ARGUMENT, place, "'%s' is not a whole number", text, e);
        }
    }

    /** Whether a response is the last one by a condition. */
    boolean ends(HttpReply reply, JsonNode body) {
        return ends.stream().anyMatch(end -> {
            Optional<JsonNode> value = value(end.origin(), reply, body);
            String condition = end.condition();
            if (condition.regionMatches(true, 0, "Const:", 0, 6)) {
                return value.filter(found -> found.asString("").equals(condition.substring(6))).isPresent();
            }
            return switch (condition.toLowerCase(Locale.ROOT)) {
                case "empty" -> value.filter(PaginationRules::isEmpty).isPresent();
                case "exist" -> value.isPresent();
                case "nonexist" -> value.isEmpty();
                default -> throw failure(CommonError.INVALID_ARGUMENT, end.place(),
                    "'%s' is no end condition; expected Empty, Exist, NonExist or Const:value", condition);
            };
        });
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isContainer() && value.isEmpty() || value.isString() && value.asString().isEmpty();
    }

    /** A value of the response; empty when there is none or it is null or an empty text. */
    static Optional<String> text(Origin origin, HttpReply reply, JsonNode body) {
        return value(origin, reply, body).filter(value -> !value.isNull())
            .map(value -> value.isContainer() ? value.toString() : value.asString()).filter(text -> !text.isEmpty());
    }

    private static Optional<JsonNode> value(Origin origin, HttpReply reply, JsonNode body) {
        return switch (origin) {
            case ResponseHeader header -> reply.header(header.name()).map(value -> RestJson.JSON.getNodeFactory().stringNode(value));
            case Body path -> RestJson.find(body, path.path());
            case Constant constant -> Optional.of(RestJson.JSON.getNodeFactory().stringNode(constant.text()));
        };
    }
}
