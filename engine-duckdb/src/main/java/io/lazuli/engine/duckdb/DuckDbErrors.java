package io.lazuli.engine.duckdb;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.engine.duckdb.render.RaisedErrors;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What DuckDB's error texts mean; the first rule whose pattern is found decides. */
final class DuckDbErrors {
    private static final List<Rule> RULES = List.of(
        rule("Invalid Input Error: java\\.[\\w.]+(?:Exception|Error): ([^\\n]*)", CommonError.INVALID_ARGUMENT, "$1"),
        rule("Invalid Input Error: java\\.[\\w.]*?(\\w+(?:Exception|Error))\\n", CommonError.INVALID_ARGUMENT, "$1"),
        rule("INTERRUPT", CommonError.CANCELLED, "The query was cancelled"),
        rule("Could not set lock on file \"([^\"]*)\"", CommonError.IN_USE, "Another process has the database file $1 open"),
        rule("The map key list does not align", CommonError.INVALID_ARGUMENT, "A map needs as many values as keys"),
        rule("Map keys must be unique", CommonError.INVALID_ARGUMENT, "A key occurs twice in a map"),
        rule("Map keys can not be NULL", CommonError.INVALID_ARGUMENT, "A key of a map is null"),
        rule("[Dd]ivision by zero", AlgebraError.DIVISION_BY_ZERO, "Division by zero"),
        rule("Table with name \"?([^\\s\"]+)\"? does not exist", AlgebraError.TABLE_NOT_FOUND, "Table '$1' does not exist"),
        rule("Table with name \"?([^\\s\"]+)\"? already exists", AlgebraError.TABLE_EXISTS, "Table '$1' already exists"),
        rule("NOT NULL constraint failed: ([^\\n]*)", AlgebraError.CONSTRAINT_VIOLATED, "Column $1 does not take null"),
        rule("Duplicate key \"([^\\n]*?)\"(?: violates| already)", AlgebraError.CONSTRAINT_VIOLATED,
            "The key ($1) occurs twice, which the table's primary key forbids"),
        rule("Constraint Error: ([^\\n]*)", AlgebraError.CONSTRAINT_VIOLATED, "$1"),
        rule("More than one row returned by a subquery", CommonError.INVALID_ARGUMENT, "A subquery used as a value gave more than one row"),
        rule("Could not convert string '([\\s\\S]*?)' to (\\w+[^\\n]*)", AlgebraError.CONVERSION_FAILED, "'$1' is no $2"),
        rule("Conversion Error: ([^\\n]*)", AlgebraError.CONVERSION_FAILED, "$1"),
        rule("Out of Range Error: ([^\\n]*)", AlgebraError.CONVERSION_FAILED, "$1"),
        rule("Could not convert ([^\\n]*)", AlgebraError.CONVERSION_FAILED, "Cannot convert $1"),
        rule("Out of Memory Error: ([^\\n]*)", CommonError.OUT_OF_MEMORY, "$1"),
        rule("No space left on device|disk is full|max_temp_directory_size", CommonError.DISK_FULL, "The disk is full"),
        rule("(?s)CSV Error on Line: (\\d+)\\s*(.*)", AlgebraError.MALFORMED_DATA, "Line $1: $2"),
        rule("(?s)Malformed JSON in file \"([^\"]*)\"[^\\n]*?(?:in (?:line|record/value|array element) (\\d+))?: ([^\\n]*)",
            AlgebraError.MALFORMED_DATA, "$1: malformed JSON at record $2: $3"),
        rule("JSON transform error in file \"([^\"]*)\", in [^\\d]*(\\d+): ([^\\n]*)", AlgebraError.MALFORMED_DATA, "$1, record $2: $3"),
        rule("No magic bytes found at end of file '([^'\\n]*)'", AlgebraError.MALFORMED_DATA, "$1 is no Parquet file"),
        rule("(?:Invalid Input|IO|Serialization) Error: ([^\\n]*(?:[Pp]arquet|JSON|json|CSV|gzip|GZIP)[^\\n]*)",
            AlgebraError.MALFORMED_DATA, "$1"),
        rule("No files found that match the pattern \"([^\"]*)\"", CommonError.NOT_FOUND, "File $1 does not exist"),
        rule("IO Error: ([^\\n]*)", CommonError.IO_ERROR, "$1"),
        rule("Not implemented Error: ([^\\n]*)", CommonError.NOT_SUPPORTED, "$1"));

    private record Rule(Pattern pattern, ErrorCode code, String message) {
    }

    private DuckDbErrors() {
    }

    private static Rule rule(String pattern, ErrorCode code, String message) {
        return new Rule(Pattern.compile(pattern), code, message);
    }

    /** The failure that a person reads; {@code names} replaces the engine's names of files and databases by the user's. */
    static RuntimeException translate(Exception failure, UnaryOperator<String> names) {
        if (failure instanceof LazuliException known) {
            return known;
        }
        String text = String.valueOf(failure.getMessage());
        LazuliException raised = RaisedErrors.find(text, failure);
        if (raised != null) {
            return raised;
        }
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern.matcher(text);
            if (matcher.find()) {
                return new LazuliException(rule.code, null, names.apply(fill(rule.message, matcher)), failure);
            }
        }
        return new LazuliException(AlgebraError.ENGINE_FAILED, null, "DuckDB: " + names.apply(text), failure);
    }

    private static String fill(String message, Matcher matcher) {
        String text = message;
        for (int i = 1; i <= matcher.groupCount(); i++) {
            text = text.replace("$" + i, matcher.group(i) == null ? "" : matcher.group(i).strip());
        }
        return text;
    }
}
