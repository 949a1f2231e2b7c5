package io.lazuli.cli.option;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.EngineProvider;
import io.lazuli.foundation.CommonError;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Which engine runs data flows. Copies, lookups and SQL scripts always run on DuckDB, where the tables are. */
public final class EngineOptions {
    @Option(names = "--engine", description = "Runs data flows on duckdb (default) or spark.")
    private Name engine = Name.DUCKDB;

    @Option(names = "--master", paramLabel = "URL",
        description = "Where Spark runs, such as spark://host:7077 (default: local[*], all processors of this machine).")
    private String master;

    /** The engines by the names that people give them. */
    enum Name { DUCKDB, SPARK }

    /** Whether data flows run on another engine than all else does. */
    public boolean isOther() {
        if (engine == Name.DUCKDB && master != null) {
            throw failure(CommonError.INVALID_ARGUMENT, "--master goes with --engine spark");
        }
        return engine != Name.DUCKDB;
    }

    /** The engine for data flows, given the one that has files and tables. */
    public UnaryOperator<Engine> ofFlows(Path temporaryDirectory) {
        if (!isOther()) {
            return home -> home;
        }
        EngineProvider found = provider(engine.name().toLowerCase(Locale.ROOT));
        return home -> found.create(home, Optional.ofNullable(master), temporaryDirectory);
    }

    private static EngineProvider provider(String name) {
        return ServiceLoader.load(EngineProvider.class).stream().map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(name)).findFirst().orElseThrow(() -> failure(CommonError.NOT_FOUND,
                "The engine '%s' is not on the class path; './lazuli' builds it when it is started with '--engine %s', and "
                    + "'mvn -P%s -pl engine-%s -am -DskipTests package' does the same", name, name, name, name));
    }
}
