package io.lazuli.datafactory.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.datafactory.configuration.LazuliConfiguration;
import io.lazuli.engine.duckdb.DuckDbEngine;
import io.lazuli.engine.duckdb.DuckDbSettings;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.Steps;
import io.lazuli.languages.tsql.session.TsqlSession;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSqlDatabaseTest {
    private static final SqlServerAddress ADDRESS = SqlServerAddress.of("tcp:Contoso.database.windows.net,1433", "sales");
    private static final String SCRIPT = """
        INSERT INTO log VALUES ('one');
        DECLARE @n int = (SELECT COUNT(*) FROM log);
        IF @n = 1 INSERT INTO log VALUES ('two') ELSE INSERT INTO log VALUES ('wrong');
        BEGIN TRAN; INSERT INTO log VALUES ('three'); INSERT INTO log VALUES ('four'); COMMIT;
        SELECT COUNT(*) AS n FROM log""";
    @TempDir
    private Path folder;
    private DuckDbEngine engine;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(DuckDbSettings.of(folder));
        database().run(SqlBatch.of("CREATE TABLE log (entry varchar(10))"), Execution.UNWATCHED);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private SqlDatabase database() {
        return new SqlDatabases(() -> engine, LazuliConfiguration.STANDARD, Clock.systemUTC()).local(ADDRESS.key());
    }

    private BatchResult once(String script, String key) {
        return database().run(new SqlBatch(script, Map.of(), Optional.of(key), 100), Execution.UNWATCHED);
    }

    private List<Object> log() {
        return database().run(SqlBatch.of("SELECT entry FROM log"), Execution.UNWATCHED).resultSets().getFirst().rows().stream()
            .map(List::getFirst).toList();
    }

    @Test
    void givesTheStoredResultWhenAScriptRunsAgainWithItsKey() {
        BatchResult first = once(SCRIPT, "run-1");
        assertThat(once(SCRIPT, "run-1")).isEqualTo(first);
        assertThat(log()).containsExactly("one", "two", "three", "four");
    }

    @Test
    void runsAScriptAgainUnderAnotherKey() {
        once("INSERT INTO log VALUES ('one')", "run-1");
        once("INSERT INTO log VALUES ('one')", "run-2");
        assertThat(log()).containsExactly("one", "one");
    }

    @Test
    void runsTheWholeScriptInAnotherAttemptAfterAFailure() {
        String failing = "INSERT INTO log VALUES ('tried'); SELECT 1 / 0";
        assertThatThrownBy(() -> once(failing, "run-1")).hasMessage("Divide by zero error encountered.");
        assertThatThrownBy(() -> once(failing, "run-1")).hasMessage("Divide by zero error encountered.");
        assertThat(log()).containsExactly("tried", "tried");
    }

    /** The process ends after any number of steps: what is committed is not done again, and the rest is done. */
    @Test
    void continuesAnInterruptedScriptAfterItsLastCommittedStep() {
        for (int interruptedAfter = 0; interruptedAfter < 9; interruptedAfter++) {
            String key = "run-" + interruptedAfter;
            database().run(SqlBatch.of("TRUNCATE TABLE log"), Execution.UNWATCHED);
            interrupt(key, interruptedAfter);
            BatchResult result = once(SCRIPT, key);
            assertThat(log()).as("interrupted after %d steps", interruptedAfter).containsExactly("one", "two", "three", "four");
            assertThat(result.resultSets().getFirst().rows()).containsExactly(List.of(4));
        }
    }

    /** Runs the script until so many steps are done, then leaves it as the end of a process would. */
    private void interrupt(String key, int steps) {
        try (Session session = engine.open()) {
            Steps recorded = RecordedSteps.load(session, ADDRESS.key(), key);
            Steps ending = new Steps() {
                private int left = steps;

                @Override
                public Object run(Supplier<Object> work) {
                    if (left-- == 0) {
                        throw new ProcessEnds();
                    }
                    return recorded.run(work);
                }

                @Override
                public boolean isReplaying() {
                    return recorded.isReplaying();
                }

                @Override
                public void save(Session transaction) {
                    recorded.save(transaction);
                }
            };
            TsqlSession sql = new TsqlSession(session, ADDRESS.key(), Clock.systemUTC(), ending, "t", Execution.UNWATCHED, 100);
            sql.run(SCRIPT, Map.of());
        } catch (ProcessEnds expected) {
            assertThat(steps).isGreaterThanOrEqualTo(0);
        }
    }

    private static final class ProcessEnds extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void keepsWhatWasCommittedBeforeAFailure() {
        assertThatThrownBy(() -> database().run(SqlBatch.of("INSERT INTO log VALUES ('kept'); SELECT * FROM nowhere"), Execution.UNWATCHED))
            .hasMessageStartingWith("Invalid object name 'nowhere'");
        assertThat(log()).containsExactly("kept");
    }
}
