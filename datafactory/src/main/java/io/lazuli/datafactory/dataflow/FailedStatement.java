package io.lazuli.datafactory.dataflow;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.engine.Execution;
import io.lazuli.algebra.engine.Session;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.source.RowCursor;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.ErrorCode;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.script.FlowGraph;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.transform.CompiledFlow;
import io.lazuli.languages.dataflow.transform.CompiledFlow.SinkRows;
import io.lazuli.languages.dataflow.transform.FlowColumn;
import io.lazuli.languages.dataflow.transform.FlowStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the transformation whose values fail. An engine knows none of them and says only what failed: the streams before the sink are
 * computed again, one after the other, until one fails alike.
 */
final class FailedStatement {
    private static final Set<ErrorCode> OF_VALUES =
        Set.of(AlgebraError.CONVERSION_FAILED, AlgebraError.DIVISION_BY_ZERO, CommonError.INVALID_ARGUMENT);

    private final FlowGraph graph;
    private final CompiledFlow compiled;
    private final Session session;
    private final Execution execution;

    FailedStatement(FlowGraph graph, CompiledFlow compiled, Session session, Execution execution) {
        this.graph = graph;
        this.compiled = compiled;
        this.session = session;
        this.execution = execution;
    }

    /**
     * The failure at its expression in the script, or at the sink when no transformation before it fails alone. What is wrong in a file
     * has its place there, and becomes one of the source.
     */
    LazuliException located(SinkRows sink, LazuliException failure) {
        boolean placed = failure.place().line() > 0 || failure.place().file() != null;
        if (failure.code() != AlgebraError.MALFORMED_DATA && (placed || !OF_VALUES.contains(failure.code()))) {
            return failure;
        }
        try (LimitedSearch limited = new LimitedSearch(execution)) {
            return graph.statements().stream().filter(before(sink.arguments().statement())::contains)
                .flatMap(statement -> streams(statement).flatMap(stream -> at(statement, stream, failure, limited).stream())).findFirst()
                .orElseGet(() -> new LazuliException(failure.code(), sink.arguments().statement().at(), failure.getMessage(), failure));
        }
    }

    private Set<Statement> before(Statement statement) {
        Set<Statement> all = new HashSet<>();
        List<Statement> open = new ArrayList<>(List.of(statement));
        while (!open.isEmpty()) {
            open.removeLast().inputs().stream().map(input -> graph.statement(input.name())).filter(all::add).forEach(open::add);
        }
        return all;
    }

    private Stream<FlowStream> streams(Statement statement) {
        Stream<String> names = statement.outputs().isEmpty() ? Stream.of(statement.name())
            : statement.outputs().stream().map(output -> statement.name() + "@" + output);
        return names.map(compiled.streams()::get).filter(stream -> stream != null && !stream.visible().isEmpty());
    }

    private Optional<LazuliException> at(Statement statement, FlowStream stream, LazuliException failure, Execution limited) {
        if (!failsAlike(stream, stream.visible(), failure, limited)) {
            return Optional.empty();
        }
        for (FlowColumn column : stream.visible()) {
            Optional<Place> place = statement.arguments().stream().filter(Assignment.class::isInstance).map(Assignment.class::cast)
                .filter(made -> made.target() instanceof Column target && target.name().equals(column.name()))
                .map(made -> made.value().at()).findFirst();
            if (place.isPresent() && failsAlike(stream, List.of(column), failure, limited)) {
                return Optional.of(new LazuliException(failure.code(), place.get(), "Column '%s' of %s '%s': %s".formatted(column.name(),
                    statement.transformation(), statement.name(), failure.getMessage()), failure));
            }
        }
        return Optional.of(new LazuliException(failure.code(), statement.at(), "%s '%s': %s".formatted(statement.transformation(),
            statement.name(), failure.getMessage()), failure));
    }

    /** Whether these columns of all rows cannot be computed, for the same reason. */
    private boolean failsAlike(FlowStream stream, List<FlowColumn> columns, LazuliException failure, Execution limited) {
        List<NamedExpression> counts = columns.stream().map(column ->
            new NamedExpression(column.field(), AggregateCall.of(AggregateOperators.COUNT, column.reference()))).toList();
        try (RowCursor rows = session.query(new Aggregate(stream.plan(), List.of(), counts), limited)) {
            rows.next();
            return false;
        } catch (LazuliException other) {
            return other.code() == failure.code() && other.getMessage().equals(failure.getMessage());
        }
    }
}
