package io.lazuli.datafactory.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.SqlFailures;
import io.lazuli.languages.tsql.session.Steps;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the cases under {@code languages/src/test/resources/tsql} on DuckDB.
 *
 * <p>A file is one database. A case is a script, a line {@code ----}, and what it gives: rows with {@code |} between values, {@code n
 * row(s)}, messages after {@code >}, or {@code error NUMBER line:column message}. An empty line ends it.
 */
class TsqlCasesTest {
    private static final Path CASES = Path.of("../languages/src/test/resources/tsql");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-02-29T13:14:15.123456Z"), ZoneOffset.UTC);
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> givesWhatSqlServerGives() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.sorted().toList()) {
                tests.add(dynamicTest(file.getFileName().toString(), () -> check(file)));
            }
        }
        return tests.stream();
    }

    private void check(Path file) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (DuckDbEngine engine = new DuckDbEngine(DuckDbSettings.of(folder)); Session session = new CheckedSession(engine.open())) {
            for (String text : Files.readString(file).split("\n\\s*\n")) {
                String[] parts = text.strip().split("(?m)^----$", 2);
                if (parts.length == 2) {
                    String actual = run(session, file.getFileName().toString().replace(".test", ""), parts[0].strip());
                    if (!actual.equals(parts[1].strip())) {
                        wrong.add(parts[0].strip() + "\n  expected: " + parts[1].strip() + "\n  actual:   " + actual);
                    }
                }
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    private static String run(Session session, String database, String script) {
        try (TsqlSession sql = new TsqlSession(session, "server/" + database, CLOCK, Steps.UNRECORDED, "t", Execution.UNWATCHED, 1000)) {
            return sql.run(script, Map.of()).results().stream().map(TsqlCasesTest::shown).filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        } catch (LazuliException failure) {
            return "error " + SqlFailures.error(failure).number() + " " + failure.place().position().orElse("?") + " "
                + failure.getMessage();
        }
    }

    private static String shown(BatchResult.Result result) {
        return switch (result) {
            case BatchResult.AffectedRows rows -> rows.count() + " row(s)";
            case BatchResult.Message message -> "> " + message.text();
            case BatchResult.ResultSet set -> set.rows().isEmpty() ? "(no rows)" : set.rows().stream()
                .map(row -> row.stream().map(TsqlCasesTest::shown).collect(Collectors.joining("|")))
                .collect(Collectors.joining("\n"));
        };
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
            default -> value.toString();
        };
    }
}
