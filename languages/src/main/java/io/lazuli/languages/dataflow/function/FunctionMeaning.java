package io.lazuli.languages.dataflow.function;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a function gives, for people. Kept in {@code meanings.txt}: {@code name: sentence | example}, one a line. */
public record FunctionMeaning(String sentence, Optional<String> example) {
    static final Map<String, FunctionMeaning> ALL = read();

    private static Map<String, FunctionMeaning> read() {
        Map<String, FunctionMeaning> meanings = new LinkedHashMap<>();
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
            FunctionMeaning.class.getResourceAsStream("meanings.txt"), StandardCharsets.UTF_8))) {
            file.lines().forEach(line -> {
                int colon = line.indexOf(": ");
                String[] parts = line.substring(colon + 2).split(" \\| ", 2);
                meanings.put(line.substring(0, colon),
                    new FunctionMeaning(parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return meanings;
    }
}
