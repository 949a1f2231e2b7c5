package io.lazuli.operators;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How texts are written within other notations. */
final class Escapes {
    private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\\w+));");
    /** HTML's names of the characters from U+00A0 on. */
    private static final String LATIN_NAMES =
        "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro "
        + "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil "
        + "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
        + "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml "
        + "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute "
        + "thorn yuml";
    private static final Map<String, String> ENTITIES = entities();

    private Escapes() {
    }

    static String escape(String text, String format) {
        switch (format) {
            case "xml":
                return markup(text).replace("'", "&apos;");
            case "html":
                return entities(markup(text));
            default:
                return quoted(text, format);
        }
    }

    static String unescape(String text, String format) {
        boolean markup = format.equals("xml") || format.equals("html");
        return markup ? ENTITY.matcher(text).replaceAll(Escapes::character) : unquoted(text);
    }

    private static Map<String, String> entities() {
        Map<String, String> entities = new HashMap<>(Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "euro", "\u20ac",
            "ndash", "\u2013", "mdash", "\u2014", "hellip", "\u2026", "trade", "\u2122"));
        char character = '\u00a0';
        for (String name : LATIN_NAMES.split(" ")) {
            entities.put(name, String.valueOf(character++));
        }
        return Map.copyOf(entities);
    }

    private static String markup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String entities(String text) {
        String result = text;
        for (Map.Entry<String, String> entity : ENTITIES.entrySet()) {
            if (entity.getValue().charAt(0) > 127) {
                result = result.replace(entity.getValue(), "&" + entity.getKey() + ";");
            }
        }
        return result;
    }

    private static String character(java.util.regex.MatchResult entity) {
        String text = entity.group();
        if (entity.group(1) != null) {
            text = point(Integer.parseInt(entity.group(1)), text);
        } else if (entity.group(2) != null) {
            text = point(Integer.parseInt(entity.group(2), 16), text);
        } else {
            text = ENTITIES.getOrDefault(entity.group(3), text);
        }
        return Matcher.quoteReplacement(text);
    }

    private static String point(int code, String otherwise) {
        return Character.isValidCodePoint(code) ? Character.toString(code) : otherwise;
    }

    private static String quoted(String text, String format) {
        StringBuilder result = new StringBuilder(text.length() + 8);
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> result.append("\\\"");
                case '\\' -> result.append("\\\\");
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\b' -> result.append("\\b");
                case '\f' -> result.append("\\f");
                case '/' -> result.append(format.equals("java") ? "/" : "\\/");
                case '\'' -> result.append(format.equals("ecmascript") ? "\\'" : "'");
                default -> result.append(c < 32 || c > 126 ? String.format("\\u%04X", (int) c) : String.valueOf(c));
            }
        }
        return result.toString();
    }

    private static String unquoted(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                result.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            boolean unicode = escaped == 'u' && i + 4 < text.length() && text.substring(i + 1, i + 5).matches("[0-9a-fA-F]{4}");
            if (unicode) {
                result.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int plain = "ntrbf".indexOf(escaped);
                result.append(plain < 0 ? escaped : "\n\t\r\b\f".charAt(plain));
            }
        }
        return result.toString();
    }
}
