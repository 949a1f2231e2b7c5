package io.lazuli.engine.spark;

import io.lazuli.algebra.engine.Engine;
import io.lazuli.algebra.engine.EngineProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the Spark engine: on all processors of this machine, or on a cluster. */
public final class SparkProvider implements EngineProvider {
    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Engine create(Engine home, Optional<String> master, Path temporaryDirectory) {
        return new SparkEngine(home, new SparkSettings(master.orElse("local[*]"), temporaryDirectory));
    }
}
