package io.lazuli.algebra.operator;

import static io.lazuli.algebra.operator.Operator.Kind.SCALAR;
import static io.lazuli.algebra.type.ScalarType.BINARY;
import static io.lazuli.algebra.type.ScalarType.BOOLEAN;
import static io.lazuli.algebra.type.ScalarType.FLOAT64;
import static io.lazuli.algebra.type.ScalarType.INT32;
import static io.lazuli.algebra.type.ScalarType.STRING;
import static io.lazuli.algebra.type.ScalarType.UUID;

import io.lazuli.algebra.type.ArrayType;
import java.util.List;

/** Texts. Characters are Unicode code points and are counted from 1. Cases are told apart unless the operator says otherwise. */
public final class StringOperators {
    public static final Operator LENGTH =
        new Operator("length", SCALAR, "The number of characters.", TypeRules.exactly(INT32, STRING));
    public static final Operator CONCAT =
        new Operator("concat", SCALAR, "The texts one after another; null when any is null.", TypeRules.strings(STRING, 1));
    public static final Operator UPPER = text("upper", "The text in upper case, each character by itself, so that their number stays.");
    public static final Operator LOWER = text("lower", "The text in lower case, each character by itself, so that their number stays.");
    public static final Operator REVERSE = text("reverse", "The characters in reverse order.");
    public static final Operator SUBSTRING = new Operator("substring", SCALAR,
        "So many characters (third) from a position (second); positions before the first count but hold nothing; a negative number fails.",
        TypeRules.exactly(STRING, STRING, INT32, INT32));
    public static final Operator POSITION = new Operator("position", SCALAR,
        "Where the first text first occurs in the second, 0 when it does not; an empty text is at 1.",
        TypeRules.exactly(INT32, STRING, STRING));
    public static final Operator REPLACE = new Operator("replace", SCALAR,
        "The first text with each occurrence of the second replaced by the third; an empty second text changes nothing.",
        TypeRules.exactly(STRING, STRING, STRING, STRING));
    public static final Operator REPLACE_IGNORING_CASE = new Operator("replace_ignoring_case", SCALAR,
        "As replace, finding the second text in any case.", TypeRules.exactly(STRING, STRING, STRING, STRING));
    public static final Operator TRIM_START = new Operator("trim_start", SCALAR,
        "The first text without what it begins with of the characters in the second.", TypeRules.exactly(STRING, STRING, STRING));
    public static final Operator TRIM_END = new Operator("trim_end", SCALAR,
        "The first text without what it ends with of the characters in the second.", TypeRules.exactly(STRING, STRING, STRING));
    public static final Operator REPEAT = new Operator("repeat", SCALAR,
        "The text so many times; null for a negative number.", TypeRules.exactly(STRING, STRING, INT32));
    public static final Operator CODE_OF = new Operator("code_of", SCALAR,
        "The code point of the first character, null for an empty text.", TypeRules.exactly(INT32, STRING));
    public static final Operator CHARACTER_OF = new Operator("character_of", SCALAR,
        "The character of a code point, null for a number that is none.", TypeRules.exactly(STRING, INT32));
    public static final Operator MATCHES = new Operator("matches", SCALAR,
        "Whether the whole text, line breaks included, matches a regular expression in the syntax that RE2 and Java share.",
        TypeRules.exactly(BOOLEAN, STRING, STRING));
    public static final Operator MATCH_POSITION = new Operator("match_position", SCALAR,
        "Where the first match of a regular expression, as in matches, begins in the text, 0 when there is none.",
        TypeRules.exactly(INT32, STRING, STRING));
    public static final Operator GROUP_THOUSANDS = text("group_thousands",
        "A plain decimal number with commas between the thousands of its whole part.");
    public static final Operator SPLIT = new Operator("split", SCALAR,
        "The parts of the first text between occurrences of the second.", TypeRules.exactly(new ArrayType(STRING), STRING, STRING));
    public static final Operator FLOAT_TEXT = new Operator("float_text", SCALAR,
        "The number as C's %g prints it: six significant digits, an exponent of three digits where the number is large or small.",
        TypeRules.exactly(STRING, FLOAT64));
    public static final Operator NEW_UUID =
        new Operator("new_uuid", SCALAR, "A random UUID, another for each row.", arguments -> arguments.isEmpty() ? UUID : null);
    public static final Operator ENCODE_UTF8 =
        new Operator("encode_utf8", SCALAR, "The text's bytes in UTF-8.", TypeRules.exactly(BINARY, STRING));
    public static final Operator MD5 = new Operator("md5", SCALAR, "The MD5 hash.", TypeRules.exactly(BINARY, BINARY));
    public static final Operator SHA1 = new Operator("sha1", SCALAR, "The SHA-1 hash.", TypeRules.exactly(BINARY, BINARY));
    public static final Operator SHA256 = new Operator("sha256", SCALAR, "The SHA-256 hash.", TypeRules.exactly(BINARY, BINARY));
    public static final Operator HEX =
        new Operator("hex", SCALAR, "The bytes as upper-case hexadecimal digits.", TypeRules.exactly(STRING, BINARY));
    public static final Operator LOWER_HEX =
        new Operator("lower_hex", SCALAR, "The bytes as lower-case hexadecimal digits.", TypeRules.exactly(STRING, BINARY));

    static final List<Operator> ALL = List.of(LENGTH, CONCAT, UPPER, LOWER, REVERSE, SUBSTRING, POSITION, REPLACE, REPLACE_IGNORING_CASE,
        TRIM_START, TRIM_END, REPEAT, CODE_OF, CHARACTER_OF, MATCHES, MATCH_POSITION, GROUP_THOUSANDS, SPLIT, FLOAT_TEXT, NEW_UUID,
        ENCODE_UTF8, MD5, SHA1, SHA256, HEX, LOWER_HEX);

    private StringOperators() {
    }

    private static Operator text(String name, String meaning) {
        return new Operator(name, SCALAR, meaning, TypeRules.exactly(STRING, STRING));
    }
}
