package io.lazuli.datafactory.connector.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.datafactory.connector.ResolvedDataset;
import io.lazuli.datafactory.connector.file.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table that a dataset names: {@code schema} and {@code table}, or the older {@code tableName} such as {@code [dbo].[orders]}. */
public record SqlTableName(String schema, String name) {
    /** Empty when the dataset names none, as one has that is read by a query. */
    public static Optional<SqlTableName> of(ResolvedDataset dataset) {
        Settings properties = new Settings(dataset.typeProperties(), "dataset '" + dataset.name() + "'");
        Optional<String> table = properties.text("table");
        if (table.isPresent()) {
            return Optional.of(new SqlTableName(properties.text("schema").orElse("dbo"), table.get()));
        }
        return properties.text("tableName").map(name -> parse(name, dataset));
    }

    /** As {@link #of}; {@code MISSING_PROPERTY} when the dataset names none. */
    public static SqlTableName required(ResolvedDataset dataset) {
        return of(dataset).orElseThrow(() -> failure(DataFactoryError.MISSING_PROPERTY, dataset.place().member("typeProperties"),
            "Dataset '%s' names no table: it needs 'table' (and 'schema'), or 'tableName'", dataset.name()));
    }

    /** Parts between dots; brackets and quotes may hold dots. A database's name before the schema is left out. */
    private static SqlTableName parse(String text, ResolvedDataset dataset) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char close = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (close != 0) {
                boolean doubled = letter == close && i + 1 < text.length() && text.charAt(i + 1) == close;
                if (letter != close || doubled) {
                    part.append(letter);
                    i += doubled ? 1 : 0;
                } else {
                    close = 0;
                }
            } else if (letter == '[' || letter == '"') {
                close = letter == '[' ? ']' : '"';
            } else if (letter == '.') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(letter);
            }
        }
        parts.add(part.toString().strip());
        if (close != 0 || parts.getLast().isEmpty() || parts.size() > 3) {
            throw failure(DataFactoryError.WRONG_TYPE, dataset.place().member("typeProperties").member("tableName"),
                "'%s' is not a table's name such as dbo.orders or [dbo].[orders]", text);
        }
        String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : "";
        return new SqlTableName(schema.isEmpty() ? "dbo" : schema, parts.getLast());
    }

    /** {@code dbo.load} and {@code [dbo].[load]} alike, in brackets. */
    public static String bracketed(String name) {
        String text = name.strip();
        return text.contains("[") || text.contains("\"") ? text
            : Arrays.stream(text.split("\\.")).map(part -> "[" + part + "]").collect(Collectors.joining("."));
    }

    /** As T-SQL writes it, in brackets. */
    public String quoted() {
        return "[" + schema.replace("]", "]]") + "].[" + name.replace("]", "]]") + "]";
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
