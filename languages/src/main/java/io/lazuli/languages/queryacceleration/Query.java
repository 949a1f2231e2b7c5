package io.lazuli.languages.queryacceleration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A SELECT over a blob.
 *
 * @param columns empty for {@code *}
 * @param path into JSON documents, after {@code BlobStorage[*]}
 * @param splitSize what {@code sys.split} is given; then there is nothing else
 */
public record Query(List<Column> columns, List<Node.Step> path, Optional<Node> condition, OptionalLong limit, OptionalLong splitSize) {
    /** An expression and the name that {@code AS} gives it. */
    record Column(Node expression, Optional<String> name) {
    }

    /** Reads a query; {@code SYNTAX_ERROR} with its place when it is none. */
    public static Query parse(String text) {
        return new QueryParser(Lexer.tokens(text)).query();
    }
}
