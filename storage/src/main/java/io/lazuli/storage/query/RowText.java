package io.lazuli.storage.query;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Rows as text: delimited, or a JSON object each, in which a value that is missing is left out. */
final class RowText implements RowWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final double WHOLE_NUMBERS = 1e15;

    private final Writer out;
    private final QueryFormat.Output format;
    private final List<BlobQuery.Column> columns;

    /** Writes text in UTF-8; a JSON format or delimited text. */
    RowText(OutputStream out, QueryFormat.Output format, List<BlobQuery.Column> columns) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.format = format;
        this.columns = columns;
    }

    @Override
    public void row(BlobQuery.Rows rows) throws IOException {
        switch (format) {
            case QueryFormat.Delimited delimited -> {
                for (int i = 0; i < columns.size(); i++) {
                    Object value = rows.value(i);
                    field(delimited, i, value == null ? "" : columns.get(i).json() ? unwrapped((String) value) : text(value));
                }
                out.write(delimited.recordSeparator());
            }
            case QueryFormat.Json json -> {
                object(rows);
                out.write(json.recordSeparator());
            }
            case QueryFormat.Arrow _ -> throw new IllegalStateException("Arrow's format is no text");
        }
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    /** The names of the columns; an empty blob has none. */
    void header() throws IOException {
        if (format instanceof QueryFormat.Delimited delimited && !columns.isEmpty()) {
            for (int i = 0; i < columns.size(); i++) {
                field(delimited, i, columns.get(i).name());
            }
            out.write(delimited.recordSeparator());
        }
    }

    private void field(QueryFormat.Delimited delimited, int index, String text) throws IOException {
        if (index > 0) {
            out.write(delimited.columnSeparator());
        }
        String quote = delimited.quote();
        boolean special = text.contains(delimited.columnSeparator()) || text.contains(delimited.recordSeparator()) || text.contains(quote)
            || text.contains("\n") || text.contains("\r");
        if (!special) {
            out.write(text);
            return;
        }
        String escape = delimited.escape().isEmpty() ? quote : delimited.escape();
        String escaped = escape.equals(quote) ? text : text.replace(escape, escape + escape);
        out.write(quote + escaped.replace(quote, escape + quote) + quote);
    }

    /** A JSON text's own characters, other JSON as it is. */
    static String unwrapped(String json) {
        return json.startsWith("\"") ? JSON.readValue(json, String.class) : json.equals("null") ? "" : json;
    }

    private void object(BlobQuery.Rows rows) throws IOException {
        out.write('{');
        boolean first = true;
        for (int i = 0; i < columns.size(); i++) {
            Object value = rows.value(i);
            if (value != null) {
                out.write(first ? "" : ",");
                first = false;
                out.write(JSON.writeValueAsString(columns.get(i).name()));
                out.write(':');
                boolean bare = columns.get(i).json() || value instanceof Boolean || value instanceof Number && isNumber(value);
                out.write(bare ? text(value) : JSON.writeValueAsString(text(value)));
            }
        }
        out.write('}');
    }

    private static boolean isNumber(Object value) {
        return !(value instanceof Double number) || Double.isFinite(number);
    }

    /** A value as people write it; times in UTC. */
    static String text(Object value) {
        return switch (value) {
            case Double number when number == Math.rint(number) && Math.abs(number) < WHOLE_NUMBERS -> Long.toString(number.longValue());
            case Float number when number == Math.rint(number) && Math.abs(number) < WHOLE_NUMBERS -> Long.toString(number.longValue());
            case LocalDateTime time -> TIME.format(time);
            case Instant time -> TIME.format(time.atOffset(ZoneOffset.UTC));
            default -> value.toString();
        };
    }
}
