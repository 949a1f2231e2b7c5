package io.lazuli.datafactory.connector;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into a document, as mappings write it: {@code $['a']['b'][0]}, {@code $.a.b}, {@code ['b']}, {@code a.b}.
 *
 * @param absolute whether it starts at the document ({@code $}) and not at an element of the collection
 */
public record JsonPath(boolean absolute, List<Step> steps) {
    /** One step down. */
    public sealed interface Step {
    }

    /** To the member of an object. */
    public record Member(String name) implements Step {
    }

    /** To the element of an array, counted from 0. */
    public record Element(int index) implements Step {
    }

    /** To every element of an array: {@code [*]}. */
    public record Each() implements Step {
    }

    public JsonPath {
        steps = List.copyOf(steps);
    }

    public static JsonPath parse(String text, Place place) {
        return new Parser(text.strip(), place).path();
    }

    /** A column of the document by its name. */
    public static JsonPath member(String name) {
        return new JsonPath(true, List.of(new Member(name)));
    }

    /** This path without a last {@code [*]}. */
    public JsonPath collection() {
        return !steps.isEmpty() && steps.getLast() instanceof Each ? new JsonPath(absolute, steps.subList(0, steps.size() - 1)) : this;
    }

    /** What follows {@code prefix[*]} when this path starts so, as a path from the element; else this path. */
    public JsonPath relativeTo(JsonPath prefix) {
        int length = prefix.steps.size();
        boolean within = absolute && steps.size() > length && steps.subList(0, length).equals(prefix.steps)
            && steps.get(length) instanceof Each;
        return within ? new JsonPath(false, steps.subList(length + 1, steps.size())) : this;
    }

    private static final class Parser {
        private final String text;
        private final Place place;
        private final List<Step> steps = new ArrayList<>();
        private int position;

        Parser(String text, Place place) {
            this.text = text;
            this.place = place;
        }

        JsonPath path() {
            boolean absolute = text.startsWith("$");
            position = absolute ? 1 : 0;
            if (!absolute && position < text.length() && text.charAt(position) != '[' && text.charAt(position) != '.') {
                name();
            }
            while (position < text.length()) {
                if (text.charAt(position) == '.') {
                    position++;
                    name();
                } else if (text.charAt(position) == '[') {
                    position++;
                    bracket();
                } else {
                    throw wrong("'.' or '['");
                }
            }
            return new JsonPath(absolute, steps);
        }

        private void name() {
            int start = position;
            while (position < text.length() && text.charAt(position) != '.' && text.charAt(position) != '[') {
                position++;
            }
            if (start == position) {
                throw wrong("a name");
            }
            steps.add(new Member(text.substring(start, position)));
        }

        private void bracket() {
            char first = position < text.length() ? text.charAt(position) : 0;
            if (first == '\'' || first == '"') {
                quoted(first);
            } else {
                int end = text.indexOf(']', position);
                String inside = end < 0 ? "" : text.substring(position, end).strip();
                if (!inside.equals("*") && !inside.matches("\\d{1,9}")) {
                    throw wrong("a quoted name, a number or '*', then ']'");
                }
                steps.add(inside.equals("*") ? new Each() : new Element(Integer.parseInt(inside)));
                position = end + 1;
            }
        }

        private void quoted(char quote) {
            StringBuilder name = new StringBuilder();
            position++;
            while (position < text.length() && text.charAt(position) != quote) {
                if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                    position++;
                }
                name.append(text.charAt(position++));
            }
            if (!text.startsWith(quote + "]", position)) {
                throw wrong(quote + "]");
            }
            position += 2;
            steps.add(new Member(name.toString()));
        }

        private RuntimeException wrong(String expected) {
            return failure(CommonError.SYNTAX_ERROR, place.within(1, position + 1), "Path \"%s\" needs %s at column %d",
                text, expected, position + 1);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(absolute ? "$" : "");
        for (Step step : steps) {
            text.append(switch (step) {
                case Member member -> "['" + member.name().replace("\\", "\\\\").replace("'", "\\'") + "']";
                case Element element -> "[" + element.index() + "]";
                case Each _ -> "[*]";
            });
        }
        return text.toString();
    }
}
