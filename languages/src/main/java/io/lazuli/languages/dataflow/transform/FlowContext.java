package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.DateOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all transformations of one run share: the parameters' values, the cached sinks, and the world outside. */
public final class FlowContext {
    private final FlowServices services;
    private final Map<String, Expression> parameters;
    private final RowParameters rowParameters;
    private final Optional<Literal> started;
    private final Map<String, CachedRows> caches = new HashMap<>();
    private final List<LazuliException> warnings = new ArrayList<>();

    /** Values of all parameters that the script declares; the time is that at which a row is computed. */
    public FlowContext(FlowServices services, Map<String, Expression> parameters) {
        this(services, parameters, new RowParameters(Map.of()), Optional.empty());
    }

    public FlowContext(FlowServices services, ParameterValues parameters) {
        this(services, parameters.constants(), new RowParameters(parameters.ofRows()), Optional.empty());
    }

    /** The same, with the time at which the flow started for all its rows. */
    public FlowContext(FlowServices services, ParameterValues parameters, Instant started) {
        this(services, parameters.constants(), new RowParameters(parameters.ofRows()), Optional.of(new Literal(
            LocalDateTime.ofInstant(started.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC), ScalarType.TIMESTAMP)));
    }

    private FlowContext(FlowServices services, Map<String, Expression> parameters, RowParameters rowParameters,
        Optional<Literal> started) {
        this.services = services;
        this.parameters = Map.copyOf(parameters);
        this.rowParameters = rowParameters;
        this.started = started;
    }

    /** The expression with the start of the flow in the place of the current time. */
    Expression atStart(Expression expression) {
        return started.isEmpty() ? expression : Expressions.replace(expression, part ->
            part instanceof Call call && call.operator() == DateOperators.NOW ? Optional.of(started.get()) : Optional.empty());
    }

    /** A cached sink's rows and the columns by which lookups find them. */
    record CachedRows(Plan rows, List<String> keys) {
    }

    public FlowServices services() {
        return services;
    }

    Map<String, Expression> parameters() {
        return parameters;
    }

    RowParameters rowParameters() {
        return rowParameters;
    }

    void warn(LazuliException warning) {
        warnings.add(warning);
    }

    List<LazuliException> warnings() {
        return warnings;
    }

    void cache(String sink, CachedRows rows) {
        caches.put(sink, rows);
    }

    CachedRows cached(String sink, Place at) {
        CachedRows rows = caches.get(sink);
        if (rows == null) {
            throw failure(CommonError.INVALID_ARGUMENT, at, "There is no cached sink '%s'%s", sink,
                NearestName.hint(sink, caches.keySet()));
        }
        return rows;
    }

    /** The same world with the parameters of a flowlet. */
    FlowContext with(ParameterValues others) {
        FlowContext context = new FlowContext(services, others.constants(), new RowParameters(others.ofRows()), started);
        context.caches.putAll(caches);
        return context;
    }

    /** The value of an expression that depends on no row. */
    public Object constant(FlowExpression expression) {
        return expression instanceof FlowExpression.Constant(Object value, Place _) ? value
            : constants(List.of(Scope.withoutColumns(this).bind(expression))).getFirst();
    }

    /** The values of expressions over no columns. */
    List<Object> constants(List<? extends Expression> expressions) {
        if (expressions.isEmpty() || expressions.stream().allMatch(Literal.class::isInstance)) {
            return new ArrayList<Object>(expressions.stream().map(literal -> ((Literal) literal).value()).toList());
        }
        List<NamedExpression> columns = new ArrayList<>();
        expressions.forEach(expression -> columns.add(new NamedExpression("c" + columns.size(), expression)));
        return services.rows(new Project(Values.ONE_ROW, columns)).getFirst();
    }
}
