package io.lazuli.cli.option;

import static io.lazuli.foundation.CommonError.INVALID_ARGUMENT;
import static io.lazuli.foundation.CommonError.IO_ERROR;
import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.pipeline.Caret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** How the commands that evaluate expressions read batches and print values and errors. */
public record Evaluations(PrintWriter out, PrintWriter error, InputStream standardInput) {
    /** How a single result is written. */
    public enum Output { TEXT, JSON }

    /** Prints an answer, {@code {"value": …}} or {@code {"error": …}}, and gives the exit code. */
    public int printAnswer(JsonNode answer) {
        out.println(answer);
        return answer.has("error") ? 1 : 0;
    }

    /** Prints the expression's value, or its error with a caret, and gives the exit code. */
    public int printValue(String expression, Supplier<JsonNode> evaluation) {
        try {
            JsonNode value = evaluation.get();
            out.println(value.isString() ? value.stringValue() : value.toPrettyString());
            return 0;
        } catch (LazuliException failure) {
            String position = failure.place().position().map(place -> " at " + place).orElse("");
            error.println(failure.code().name() + position + ": " + failure.getMessage());
            if (failure.place().line() > 0) {
                error.println(Caret.show(expression, failure.place()));
            }
            return 1;
        }
    }

    /** Answers each line of a file, or of standard input when it is {@code -}. */
    public int answerAll(String batch, Function<String, JsonNode> answer) throws IOException {
        try (BufferedReader lines = open(batch)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    out.println(answer.apply(line));
                }
            }
        }
        out.flush();
        return 0;
    }

    private BufferedReader open(String batch) throws IOException {
        if (batch.equals("-")) {
            return new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8));
        }
        try {
            return new BufferedReader(new InputStreamReader(Files.newInputStream(Path.of(batch)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            throw failure(INVALID_ARGUMENT, "There is no file '%s'", batch);
        } catch (IOException unreadable) {
            throw failure(IO_ERROR, "Cannot read '%s': %s", batch, unreadable.getMessage());
        }
    }
}
