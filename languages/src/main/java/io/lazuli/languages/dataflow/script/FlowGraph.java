package io.lazuli.languages.dataflow.script;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.script.FlowScript.StreamReference;
import io.lazuli.languages.dataflow.syntax.FlowExpression.CachedLookup;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of a script connected by name; each stands after those that it reads.
 *
 * @param consumers how many statements read each stream, by {@link StreamReference#stream()}
 */
public record FlowGraph(FlowScript script, List<Statement> statements, Map<String, Integer> consumers) {
    private static final Set<String> ENDS = Set.of("sink", "output");

    /** What is no error, but most likely not meant. */
    public record Finding(Place at, String message) {
    }

    public FlowGraph {
        statements = List.copyOf(statements);
    }

    /** Connects the statements; an unknown stream, a name used twice and a circle are errors with their place. */
    public static FlowGraph of(FlowScript script) {
        Map<String, Statement> byName = new LinkedHashMap<>();
        for (Statement statement : script.statements()) {
            if (byName.putIfAbsent(statement.name(), statement) != null) {
                throw failure(CommonError.SYNTAX_ERROR, statement.nameAt(), "Two transformations are named '%s'", statement.name());
            }
            requireDistinct(statement);
        }
        Map<String, Integer> consumers = new LinkedHashMap<>();
        script.statements().stream().flatMap(statement -> statement.inputs().stream()).forEach(reference -> {
            require(reference, byName);
            consumers.merge(reference.stream(), 1, Integer::sum);
        });
        return new FlowGraph(script, ordered(byName), consumers);
    }

    private static void requireDistinct(Statement statement) {
        if (new HashSet<>(statement.outputs()).size() < statement.outputs().size()) {
            throw failure(CommonError.SYNTAX_ERROR, statement.nameAt(), "Two outputs of '%s' have one name", statement.name());
        }
    }

    private static void require(StreamReference reference, Map<String, Statement> byName) {
        Statement statement = byName.get(reference.name());
        if (statement == null) {
            throw failure(CommonError.SYNTAX_ERROR, reference.at(), "There is no stream '%s'%s", reference.name(),
                NearestName.hint(reference.name(), byName.keySet()));
        }
        if (ENDS.contains(statement.transformation())) {
            throw failure(CommonError.SYNTAX_ERROR, reference.at(), "'%s' is a %s, which nothing can read", reference.name(),
                statement.transformation());
        }
        List<String> outputs = statement.outputs();
        if (!outputs.isEmpty() && (reference.output().isEmpty() || !outputs.contains(reference.output().get()))) {
            throw failure(CommonError.SYNTAX_ERROR, reference.at(), "'%s' is no output of '%s'; it has %s%s", reference.stream(),
                reference.name(), outputs.stream().map(output -> reference.name() + "@" + output).toList(),
                reference.output().map(output -> NearestName.hint(output, outputs)).orElse(""));
        }
        if (outputs.isEmpty() && reference.output().isPresent()) {
            throw failure(CommonError.SYNTAX_ERROR, reference.at(), "'%s' has no named outputs", reference.name());
        }
    }

    private static List<Statement> ordered(Map<String, Statement> byName) {
        Map<String, Statement> done = new LinkedHashMap<>();
        byName.values().forEach(statement -> visit(statement, byName, done, new LinkedHashSet<>()));
        return new ArrayList<>(done.values());
    }

    /** The statements that a stream or sink needs, one of {@link #streams}. */
    public FlowGraph upTo(String stream) {
        String name = stream.contains("@") ? stream.substring(0, stream.indexOf('@')) : stream;
        Map<String, Statement> byName = new LinkedHashMap<>();
        statements.forEach(statement -> byName.put(statement.name(), statement));
        Map<String, Statement> needed = new LinkedHashMap<>();
        visit(byName.get(name), byName, needed, new LinkedHashSet<>());
        return new FlowGraph(script, new ArrayList<>(needed.values()), consumers);
    }

    private static void visit(Statement statement, Map<String, Statement> byName, Map<String, Statement> done, Set<String> path) {
        if (done.containsKey(statement.name())) {
            return;
        }
        if (!path.add(statement.name())) {
            String circle = path.stream().dropWhile(name -> !name.equals(statement.name())).collect(Collectors.joining(" reads "));
            throw failure(CommonError.SYNTAX_ERROR, statement.nameAt(), "Streams read each other in a circle: %s reads %s", circle,
                statement.name());
        }
        statement.inputs().forEach(input -> visit(byName.get(input.name()), byName, done, path));
        cachedSinks(statement).forEach(lookup -> visit(requireSink(lookup, byName), byName, done, path));
        path.remove(statement.name());
        done.put(statement.name(), statement);
    }

    /** The lookups in what cached sinks hold; their sinks come first. */
    private static List<CachedLookup> cachedSinks(Statement statement) {
        List<CachedLookup> lookups = new ArrayList<>();
        statement.arguments().forEach(argument -> FlowExpressions.forEach(argument, part -> {
            if (part instanceof CachedLookup lookup) {
                lookups.add(lookup);
            }
        }));
        return lookups;
    }

    private static Statement requireSink(CachedLookup lookup, Map<String, Statement> byName) {
        Statement sink = byName.get(lookup.sink());
        if (sink == null || !sink.transformation().equals("sink")) {
            List<String> sinks = byName.values().stream().filter(statement -> statement.transformation().equals("sink"))
                .map(Statement::name).toList();
            throw failure(CommonError.SYNTAX_ERROR, lookup.at(), "There is no cached sink '%s'%s", lookup.sink(),
                NearestName.hint(lookup.sink(), sinks));
        }
        return sink;
    }

    public List<Statement> sinks() {
        return statements.stream().filter(statement -> statement.transformation().equals("sink")).toList();
    }

    public Statement statement(String name) {
        return statements.stream().filter(statement -> statement.name().equals(name)).findFirst().orElseThrow(() ->
            failure(CommonError.NOT_FOUND, "The data flow has no transformation '%s'%s", name, NearestName.hint(name, names())));
    }

    /** The names of all streams and sinks, {@code split@output} for those of several outputs. */
    public List<String> streams() {
        return statements.stream().flatMap(FlowGraph::streams).toList();
    }

    private static Stream<String> streams(Statement statement) {
        return statement.outputs().isEmpty() ? Stream.of(statement.name())
            : statement.outputs().stream().map(output -> statement.name() + "@" + output);
    }

    private Collection<String> names() {
        return statements.stream().map(Statement::name).toList();
    }

    /** Streams that nothing reads, so that their rows go nowhere. */
    public List<Finding> findings() {
        return script.statements().stream().filter(statement -> !ENDS.contains(statement.transformation()))
            .flatMap(statement -> unread(statement).map(stream ->
                new Finding(statement.nameAt(), "Nothing reads the stream '" + stream + "'"))).toList();
    }

    private Stream<String> unread(Statement statement) {
        return streams(statement).filter(stream -> !consumers.containsKey(stream));
    }
}
