package io.lazuli.languages.pipeline.function;

import static io.lazuli.languages.pipeline.function.ExpressionError.INVALID_VALUE;
import static io.lazuli.languages.pipeline.function.Kind.OBJECT;
import static io.lazuli.languages.pipeline.function.Kind.STRING;
import static io.lazuli.languages.pipeline.function.Kind.TEXT_OR_CONTENT;
import static io.lazuli.languages.pipeline.function.PipelineFunction.function;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Base64, data URIs and percent encoding of URIs. Binary results are content objects. */
final class EncodingFunctions {
    private static final String DATA_URI_OF_HELLO = "'data:text/plain;charset=utf-8;base64,aGVsbG8='";

    private EncodingFunctions() {
    }

    static List<PipelineFunction> all() {
        return List.of(
            encode("base64", "Encodes a text in Base64.", "@base64('hello')", "\"aGVsbG8=\"", a -> Values.string(base64(bytes(a)))),
            decode("base64ToBinary", "Gives the bytes that a Base64 text encodes.", "@base64ToBinary('aGVsbG8=')",
                "\"0110000101000111010101100111001101100010010001110011100000111101\"", OBJECT, a -> binary(unbase64(a, a.string(0)))),
            decode("base64ToString", "Gives the text that a Base64 text encodes.", "@base64ToString('aGVsbG8=')", "\"hello\"", STRING,
                a -> utf8(unbase64(a, a.string(0)))),
            function(Category.CONVERSION, "binary", "Gives the bytes of a text.")
                .takes("value", TEXT_OR_CONTENT).example("@binary('hello')", "\"0110100001100101011011000110110001101111\"")
                .gives(OBJECT, a -> binary(bytes(a))),
            encode("dataUri", "Encodes a text as a data URI.", "@dataUri('hello')", "\"data:text/plain;charset=utf-8;base64,aGVsbG8=\"",
                EncodingFunctions::dataUri),
            decode("dataUriToBinary", "Gives the bytes that a data URI holds.", "@dataUriToBinary(" + DATA_URI_OF_HELLO + ")",
                "{\"$content-type\":\"text/plain;charset=utf-8\",\"$content\":\"aGVsbG8=\"}", OBJECT, a -> content(a).toJson()),
            decode("dataUriToString", "Gives the text that a data URI holds.", "@dataUriToString(" + DATA_URI_OF_HELLO + ")", "\"hello\"",
                STRING, EncodingFunctions::dataUriText),
            decode("decodeBase64", "Gives the text that a Base64 text encodes, as base64ToString does.", "@decodeBase64('aGVsbG8=')",
                "\"hello\"", STRING, a -> utf8(unbase64(a, a.string(0)))),
            decode("decodeDataUri", "Gives the bytes that a data URI holds, as dataUriToBinary does.",
                "@decodeDataUri(" + DATA_URI_OF_HELLO + ")",
                "{\"$content-type\":\"text/plain;charset=utf-8\",\"$content\":\"aGVsbG8=\"}", OBJECT, a -> content(a).toJson()),
            decode("decodeUriComponent", "Replaces escapes such as %2F by their characters.",
                "@decodeUriComponent('https%3A%2F%2Fcontoso.com')",
                "\"https://contoso.com\"", STRING, a -> utf8(PercentEncoding.decode(a.string(0)))),
            encode("encodeUriComponent", "Escapes what has a meaning in URIs, as uriComponent does.",
                "@encodeUriComponent('https://contoso.com')",
                "\"https%3A%2F%2Fcontoso.com\"", a -> Values.string(PercentEncoding.encode(a.text(0)))),
            encode("uriComponent", "Escapes what has a meaning in URIs: all but letters, digits and - _ . ~",
                "@uriComponent('https://contoso.com')",
                "\"https%3A%2F%2Fcontoso.com\"", a -> Values.string(PercentEncoding.encode(a.text(0)))),
            decode("uriComponentToBinary", "Gives the bytes of a text with escapes such as %2F.", "@uriComponentToBinary('a%2Fb')",
                "{\"$content-type\":\"application/octet-stream\",\"$content\":\"YS9i\"}", OBJECT,
                    a -> binary(PercentEncoding.decode(a.string(0)))),
            decode("uriComponentToString", "Replaces escapes such as %2F by their characters.",
                "@uriComponentToString('https%3A%2F%2Fcontoso.com')",
                "\"https://contoso.com\"", STRING, a -> utf8(PercentEncoding.decode(a.string(0)))));
    }

    private static PipelineFunction encode(String name, String documentation, String example, String result,
                                           Function<Arguments, JsonNode> body) {
        return function(Category.CONVERSION, name, documentation)
            .takes("value", TEXT_OR_CONTENT).example(example, result).gives(STRING, body);
    }

    private static PipelineFunction decode(String name, String documentation, String example, String result, Kind kind,
                                           Function<Arguments, JsonNode> body) {
        return function(Category.CONVERSION, name, documentation).takes("value", STRING).example(example, result).gives(kind, body);
    }

    private static byte[] bytes(Arguments arguments) {
        JsonNode value = arguments.value(0);
        return value.isString() ? value.stringValue().getBytes(StandardCharsets.UTF_8)
            : Content.of(value).map(Content::bytes).orElseGet(() -> arguments.text(0).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] unbase64(Arguments arguments, String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException wrong) {
            throw arguments.failure(0, INVALID_VALUE, "needs text in Base64, not '%s'", text);
        }
    }

    private static JsonNode binary(byte[] bytes) {
        return new Content(Content.BINARY, bytes).toJson();
    }

    private static JsonNode utf8(byte[] bytes) {
        return Values.string(new String(bytes, StandardCharsets.UTF_8));
    }

    private static JsonNode dataUri(Arguments arguments) {
        String type = arguments.value(0).isString() ? "text/plain;charset=utf-8"
            : Content.of(arguments.value(0)).map(Content::type).orElse(Content.BINARY);
        return Values.string("data:" + type + ";base64," + base64(bytes(arguments)));
    }

    private static JsonNode dataUriText(Arguments arguments) {
        Content content = content(arguments);
        int charset = content.type().toLowerCase(Locale.ROOT).indexOf("charset=");
        String name = charset < 0 ? "utf-8" : content.type().substring(charset + "charset=".length()).split(";", 2)[0].replace("\"",
            "").strip();
        try {
            return Values.string(new String(content.bytes(), Charset.forName(name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw arguments.failure(0, INVALID_VALUE, "does not know the character set '%s'", name);
        }
    }

    /** {@code data:[type][;base64],data}. */
    private static Content content(Arguments arguments) {
        String uri = arguments.string(0);
        int comma = uri.indexOf(',');
        if (!uri.regionMatches(true, 0, "data:", 0, "data:".length()) || comma < 0) {
            throw arguments.failure(0, INVALID_VALUE, "needs a data URI such as 'data:text/plain;base64,aGVsbG8=', not '%s'", uri);
        }
        String header = uri.substring("data:".length(), comma);
        boolean base64 = header.toLowerCase(Locale.ROOT).endsWith(";base64");
        String type = base64 ? header.substring(0, header.length() - ";base64".length()) : header;
        byte[] bytes = base64 ? unbase64(arguments, uri.substring(comma + 1)) : PercentEncoding.decode(uri.substring(comma + 1));
        return new Content(type.isEmpty() ? "text/plain;charset=US-ASCII" : type, bytes);
    }
}
