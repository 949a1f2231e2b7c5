package io.lazuli.engine.duckdb.file;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.source.DelimitedFormat;
import io.lazuli.algebra.source.FileFormat;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.algebra.type.DataType;
import io.lazuli.engine.duckdb.format.FormatWriter;
import io.lazuli.foundation.CommonError;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;

/**
 * Delimited text as Azure writes it: values are quoted when they contain what would end them or are empty, or always; a null is the null
 * text without quotes.
 */
public final class DelimitedWriter implements FormatWriter {
    private final List<String> head;

    /** Lines that are written as they are, before names of columns and rows. */
    public DelimitedWriter(List<String> head) {
        this.head = head;
    }

    @Override
    public void write(RowCursor rows, FileFormat format, Path file) {
        DelimitedFormat delimited = (DelimitedFormat) format;
        try (Writer writer = TextFile.create(file, delimited.encoding(), delimited.compression())) {
            Rows written = new Rows(writer, delimited);
            written.lines(head);
            written.write(rows);
        } catch (CharacterCodingException e) {
            throw failure(CommonError.INVALID_ARGUMENT, "%s: a value has a character that the encoding %s lacks", file.getFileName(),
                delimited.encoding(), e);
        } catch (IOException e) {
            throw failure(CommonError.IO_ERROR, "%s cannot be written: %s", file, e.getMessage(), e);
        }
    }

    private static final class Rows {
        private final Writer writer;
        private final DelimitedFormat format;
        private final String rowDelimiter;
        private final char quote;
        private final char escape;
        private final boolean quotes;

        Rows(Writer writer, DelimitedFormat format) {
            this.writer = writer;
            this.format = format;
            this.rowDelimiter = format.rowDelimiter().isEmpty() ? "\r\n" : format.rowDelimiter();
            this.quotes = !format.quote().isEmpty() && !format.delimiter().isEmpty();
            this.quote = quotes ? format.quote().charAt(0) : 0;
            this.escape = format.escape().isEmpty() ? 0 : format.escape().charAt(0);
        }

        void lines(List<String> lines) throws IOException {
            for (String line : lines) {
                writer.write(line);
                writer.write(rowDelimiter);
            }
        }

        void write(RowCursor rows) throws IOException {
            List<String> names = rows.schema().names();
            List<DataType> types = rows.schema().fields().stream().map(field -> field.type()).toList();
            if (format.header()) {
                for (int i = 0; i < names.size(); i++) {
                    separate(i);
                    value(names.get(i));
                }
                writer.write(rowDelimiter);
            }
            while (rows.next()) {
                for (int i = 0; i < types.size(); i++) {
                    separate(i);
                    Object value = rows.value(i);
                    if (value == null) {
                        missing();
                    } else {
                        value(ValueText.of(value, types.get(i)));
                    }
                }
                writer.write(rowDelimiter);
            }
        }

        private void separate(int column) throws IOException {
            if (column > 0) {
                writer.write(format.delimiter());
            }
        }

        private void missing() throws IOException {
            if (quotes && format.quoteAll()) {
                quoted(format.nullValue());
            } else {
                writer.write(format.nullValue());
            }
        }

        private void value(String text) throws IOException {
            if (quotes && (format.quoteAll() || needsQuotes(text))) {
                quoted(text);
            } else if (!quotes && escape != 0 && !format.delimiter().isEmpty()) {
                writer.write(escaped(text));
            } else {
                writer.write(text);
            }
        }

        /** The first character of a longer delimiter is enough: at the end of a value it would take part in the next delimiter. */
        private boolean needsQuotes(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == quote || c == '\n' || c == '\r' || c == format.delimiter().charAt(0) || c == rowDelimiter.charAt(0)) {
                    return true;
                }
            }
            return text.isEmpty();
        }

        private void quoted(String text) throws IOException {
            writer.write(quote);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == quote || c == escape && escape != 0) {
                    writer.write(escape == 0 ? quote : escape);
                }
                writer.write(c);
            }
            writer.write(quote);
        }

        /** Without quotes the escape character stands before delimiters and before itself. */
        private String escaped(String text) {
            String own = String.valueOf(escape);
            return text.replace(own, own + own).replace(format.delimiter(), own + format.delimiter());
        }
    }
}
