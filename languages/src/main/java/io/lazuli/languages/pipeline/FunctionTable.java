package io.lazuli.languages.pipeline;

import io.lazuli.languages.pipeline.SystemFunctions.SystemFunction;
import io.lazuli.languages.pipeline.function.BuiltInFunctions;
import io.lazuli.languages.pipeline.function.PipelineFunction;
import io.lazuli.languages.pipeline.function.Signature;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every function that an expression can call, by name; names ignore case. */
public final class FunctionTable {
    private static final Map<String, PipelineFunction> BUILT_IN = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static final Map<String, SystemFunction> SYSTEM = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        BuiltInFunctions.all().forEach(function -> BUILT_IN.put(function.signature().name(), function));
        SystemFunctions.all().forEach(function -> SYSTEM.put(function.signature().name(), function));
    }

    private FunctionTable() {
    }

    /** The signatures of all functions, sorted by name. */
    public static List<Signature> signatures() {
        return Stream.concat(BUILT_IN.values().stream().map(PipelineFunction::signature),
            SYSTEM.values().stream().map(SystemFunction::signature))
            .sorted((left, right) -> left.name().compareToIgnoreCase(right.name()))
            .toList();
    }

    public static Optional<Signature> signature(String name) {
        return builtIn(name).map(PipelineFunction::signature).or(() -> system(name).map(SystemFunction::signature));
    }

    static Collection<String> names() {
        return Stream.concat(BUILT_IN.keySet().stream(), SYSTEM.keySet().stream()).toList();
    }

    static Optional<PipelineFunction> builtIn(String name) {
        return Optional.ofNullable(BUILT_IN.get(name));
    }

    static Optional<SystemFunction> system(String name) {
        return Optional.ofNullable(SYSTEM.get(name));
    }
}
