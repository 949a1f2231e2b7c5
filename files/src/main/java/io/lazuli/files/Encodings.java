package io.lazuli.files;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of Azure's {@code encodingName} as Java charsets.
 *
 * <p>As in .NET, UTF-16 and UTF-32 without more are little-endian, and a byte order mark at the start of a file wins over the name.
 */
public final class Encodings {
    private static final Map<String, String> CHARSETS = charsets();

    private Encodings() {
    }

    /** The charset of an {@code encodingName}, whatever its case; {@code INVALID_ARGUMENT} with the nearest name for an unknown one. */
    public static Charset charset(String encodingName) {
        String name = encodingName.toUpperCase(Locale.ROOT);
        if (name.equals("UTF-7")) {
            throw failure(CommonError.NOT_SUPPORTED, "Encoding UTF-7 is not supported; convert the file to UTF-8");
        }
        String charset = CHARSETS.get(name);
        if (charset == null) {
            throw failure(CommonError.INVALID_ARGUMENT, "Unknown encoding '%s'%s", encodingName, NearestName.hint(encodingName, names()));
        }
        return Charset.forName(charset);
    }

    /** Azure's names of the encodings, in upper case. */
    public static List<String> names() {
        return List.copyOf(CHARSETS.keySet());
    }

    /**
     * Text of a stream; a byte order mark decides the encoding and is no part of the text. Bytes that are no text in the
     * encoding fail with {@code MALFORMED_DATA}, the file's name and the byte's position. Closing the reader closes the stream.
     */
    public static Reader reader(InputStream bytes, Charset encoding, String file) throws IOException {
        return StrictReader.open(bytes, encoding, file);
    }

    /**
     * A writer of text, which closes the stream. UTF-16 and UTF-32 begin with a byte order mark; UTF-8 does not, so that tools which
     * know nothing of marks read it. A character that the encoding lacks fails with
     * {@link java.nio.charset.UnmappableCharacterException}.
     */
    public static Writer writer(OutputStream bytes, Charset encoding) throws IOException {
        Writer writer = new OutputStreamWriter(bytes, encoding.newEncoder().onUnmappableCharacter(CodingErrorAction.REPORT)
            .onMalformedInput(CodingErrorAction.REPORT));
        if (encoding.name().startsWith("UTF-") && !encoding.equals(StandardCharsets.UTF_8)) {
            writer.write('\uFEFF');
        }
        return writer;
    }

    private static Map<String, String> charsets() {
        Map<String, String> charsets = new LinkedHashMap<>();
        charsets.put("UTF-8", "UTF-8");
        charsets.put("UTF-8 WITHOUT BOM", "UTF-8");
        charsets.put("UTF-16", "UTF-16LE");
        charsets.put("UTF-16LE", "UTF-16LE");
        charsets.put("UTF-16BE", "UTF-16BE");
        charsets.put("UTF-32", "UTF-32LE");
        charsets.put("UTF-32LE", "UTF-32LE");
        charsets.put("UTF-32BE", "UTF-32BE");
        charsets.put("US-ASCII", "US-ASCII");
        charsets.put("BIG5", "Big5");
        charsets.put("SHIFT-JIS", "windows-31j");
        charsets.put("SHIFT_JIS", "windows-31j");
        charsets.put("JOHAB", "x-Johab");
        charsets.put("CP875", "x-IBM875");
        charsets.put("CP866", "IBM866");
        charsets.put("IBM00858", "IBM00858");
        charsets.put("IBM737", "x-IBM737");
        charsets.put("ISO-8859-13", "ISO-8859-13");
        charsets.put("WINDOWS-874", "x-windows-874");
        List.of("EUC-JP", "EUC-KR", "GB2312", "GB18030", "ISO-2022-JP", "ISO-2022-KR").forEach(name -> charsets.put(name, name));
        for (String page : List.of("037", "273", "437", "500", "775", "850", "852", "855", "857", "860", "861", "863", "864", "865", "869",
            "870")) {
            charsets.put("IBM" + page, "IBM" + page);
        }
        for (int page = 1140; page <= 1149; page++) {
            charsets.put("IBM0" + page, "IBM0" + page);
        }
        for (int part : new int[]{1, 2, 3, 4, 5, 6, 7, 8, 9, 15}) {
            charsets.put("ISO-8859-" + part, "ISO-8859-" + part);
        }
        for (int page = 1250; page <= 1258; page++) {
            charsets.put("WINDOWS-" + page, "windows-" + page);
        }
        return charsets;
    }
}
