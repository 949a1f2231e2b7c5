package io.lazuli.algebra.engine;

import java.nio.file.Path;
import java.util.Optional;

/** Makes an engine that comes with a module of its own, which may be missing: {@link java.util.ServiceLoader} finds it. */
public interface EngineProvider {
    /** What a person calls the engine, such as {@code spark}. */
    String name();

    /**
     * An engine beside another one, whose files and tables it uses and which it does not close.
     *
     * @param master where it runs, in its own words; empty for this process
     * @param temporaryDirectory for rows that the engines hand to each other
     */
    Engine create(Engine home, Optional<String> master, Path temporaryDirectory);
}
