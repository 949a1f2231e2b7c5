package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.plan.SortKey;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.bind.ExpressionBinder;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.languages.dataflow.scope.PatternMatch;
import io.lazuli.languages.dataflow.scope.RowContext;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpressions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Binds the expressions of one transformation to the columns of its inputs. */
final class Scope {
    private static final Set<String> BY_NAME = Set.of("byname", "bynames", "byorigin", "byorigins", "bypath", "hascolumn", "haspath");

    private final FlowContext context;
    private final List<FlowColumn> columns;
    private final ExpressionScope names;
    private final boolean ofRows;

    private Scope(FlowContext context, List<FlowColumn> columns, ExpressionScope names, boolean ofRows) {
        this.context = context;
        this.columns = columns;
        this.names = names;
        this.ofRows = ofRows;
    }

    /** Sees the columns of all these streams. */
    static Scope of(FlowContext context, FlowStream... streams) {
        List<FlowColumn> all = new ArrayList<>();
        for (FlowStream stream : streams) {
            all.addAll(stream.columns());
        }
        return of(context, all);
    }

    static Scope of(FlowContext context, List<FlowColumn> all) {
        return of(context, all, true);
    }

    private static Scope of(FlowContext context, List<FlowColumn> all, boolean ofRows) {
        List<FlowColumn> visible = all.stream().filter(column -> !column.isHidden()).toList();
        ExpressionScope names = ExpressionScope.EMPTY.withParameters(context.parameters())
            .withColumns(visible.stream().map(column -> input(column, visible)).toList())
            .withCaches(new CacheLookups(context)).withRowState(new RowNotes(all));
        return new Scope(context, visible, names, ofRows);
    }

    /** For what is known before there are rows; parameters over columns fail here. */
    static Scope withoutColumns(FlowContext context) {
        return of(context, List.of(), false);
    }

    private Scope with(ExpressionScope others) {
        return new Scope(context, columns, others, ofRows);
    }

    private static InputColumn input(FlowColumn column, List<FlowColumn> visible) {
        String origin = column.streams().isEmpty() ? "" : column.streams().getFirst();
        return new InputColumn(column.name(), stream(column, visible), column.streams(), origin, column.drifted(), column.reference());
    }

    /** The latest stream that no other column of that name came through. */
    private static String stream(FlowColumn column, List<FlowColumn> visible) {
        Set<String> own = new LinkedHashSet<>(column.streams());
        visible.stream().filter(other -> other != column && other.name().equals(column.name()))
            .forEach(other -> own.removeAll(other.streams()));
        List<String> left = new ArrayList<>(own.isEmpty() ? column.streams() : own);
        return left.isEmpty() ? "" : left.getLast();
    }

    FlowContext context() {
        return context;
    }

    Scope withLocal(String name, Expression value) {
        return with(names.withLocal(name, value));
    }

    /** {@code $$} is the value, in expressions; the column has a position from 1. */
    Scope matching(FlowColumn column, int position, Expression value, Expression levelName, boolean inCondition) {
        return with(names.withPattern(new PatternMatch(input(column, columns), position, value, levelName, inCondition)));
    }

    Scope grouped() {
        return with(names.withRows(RowContext.GROUP));
    }

    Scope windowed(List<Expression> partitionBy, List<SortKey> orderBy, Optional<WindowCall.Frame> frame) {
        return with(names.withRows(new RowContext.Window(partitionBy, orderBy, frame)));
    }

    Expression bind(FlowExpression expression) {
        return context.atStart(new ExpressionBinder(names).bind(FlowExpressions.replace(expression, this::known)));
    }

    private Optional<FlowExpression> known(FlowExpression expression) {
        if (expression instanceof FlowExpression.Structure structure && structure.members().stream().anyMatch(Scope::isPattern)) {
            return Optional.of(FlowExpressions.replace(withoutPatterns(structure), this::known));
        }
        if (expression instanceof FlowExpression.Parameter parameter && context.rowParameters().has(parameter.name())) {
            return Optional.of(ofRow(parameter));
        }
        if (expression instanceof FlowExpression.Call call && context.services().functions().containsKey(call.name())) {
            return Optional.of(FlowExpressions.replace(context.services().functions().get(call.name()).applied(call), this::known));
        }
        return expression instanceof FlowExpression.Call call && BY_NAME.contains(call.name().toLowerCase(Locale.ROOT))
            ? withNames(call) : qualified(expression);
    }

    /** A parameter's expression here; null where a column is missing. */
    private FlowExpression ofRow(FlowExpression.Parameter parameter) {
        FlowExpression.TypeHint value = context.rowParameters().value(parameter.name());
        if (!ofRows) {
            throw failure(CommonError.INVALID_ARGUMENT, parameter.at(), "Parameter '$%s' depends on columns, and there are none here: %s",
                parameter.name(), value.value());
        }
        FlowExpression here = FlowExpressions.replace(value, part -> part instanceof FlowExpression.Parameter ? Optional.empty()
            : known(part));
        Optional<LazuliException> missing = FlowExpressions.columns(here).stream().flatMap(column -> wrong(column).stream()).findFirst();
        if (missing.isPresent()) {
            context.rowParameters().missing(parameter, missing.get());
            return new FlowExpression.TypeHint(new FlowExpression.Constant(null, parameter.at()), value.type(), parameter.at());
        }
        context.rowParameters().found(parameter.name());
        wrong(here).ifPresent(e -> {
            throw failure(e.code(), parameter.at(), "Parameter '$%s' is %s: %s", parameter.name(), value.value(), e.getMessage(), e);
        });
        return here;
    }

    private Optional<LazuliException> wrong(FlowExpression expression) {
        try {
            new ExpressionBinder(names).bind(expression);
            return Optional.empty();
        } catch (LazuliException e) {
            return Optional.of(e);
        }
    }

    private static boolean isPattern(FlowExpression member) {
        return member instanceof FlowExpression.Call call && call.name().equals("each");
    }

    /** {@code @(each(match(...), name = value))} with all its parts written out. */
    private FlowExpression withoutPatterns(FlowExpression.Structure structure) {
        return new FlowExpression.Structure(structure.members().stream().flatMap(member -> isPattern(member)
            ? ColumnPattern.of((FlowExpression.Call) member).members(columns, this).stream() : Stream.of(member)).toList(),
            structure.at());
    }

    /** The expression that means a column. */
    FlowExpression written(FlowColumn column, Place at) {
        String stream = stream(column, columns);
        return new Column(stream.isEmpty() ? null : stream, column.name(), at);
    }

    /** Names of columns that depend on parameters only are known before any row is read: {@code byNames(split($columns, ','))}. */
    private Optional<FlowExpression> withNames(FlowExpression.Call call) {
        FlowExpression names = call.arguments().isEmpty() ? null : call.arguments().getFirst();
        if (!(names instanceof FlowExpression.Call) || !dependsOnParametersOnly(names)) {
            return Optional.empty();
        }
        Object value = context.constant(names);
        FlowExpression written = value instanceof List<?> list ? new FlowExpression.ArrayOrMap(list.stream()
            .map(name -> (FlowExpression) new FlowExpression.Constant(name, names.at())).toList(), names.at())
            : new FlowExpression.Constant(value, names.at());
        List<FlowExpression> arguments = new ArrayList<>(call.arguments());
        arguments.set(0, written);
        return Optional.of(new FlowExpression.Call(call.name(), arguments, call.at()));
    }

    private boolean dependsOnParametersOnly(FlowExpression expression) {
        boolean[] only = {true};
        FlowExpressions.forEach(expression, part -> only[0] &= !(part instanceof Column || part instanceof FlowExpression.PatternVariable
            || isOfRows(part) || part instanceof FlowExpression.Local || part instanceof FlowExpression.LambdaItem
            || part instanceof FlowExpression.CachedLookup));
        return only[0];
    }

    private boolean isOfRows(FlowExpression part) {
        return part instanceof FlowExpression.Parameter parameter && context.rowParameters().has(parameter.name());
    }

    /**
     * A column by any of the streams that it came through, by the one that the binder knows; of several the one that left it
     * last, and of those the first, as for names without stream.
     */
    private Optional<FlowExpression> qualified(FlowExpression expression) {
        if (!(expression instanceof Column column) || column.stream() == null) {
            return Optional.empty();
        }
        List<FlowColumn> named = columns.stream()
            .filter(candidate -> candidate.name().equals(column.name()) && candidate.streams().contains(column.stream())).toList();
        if (named.isEmpty() && column.stream().contains("@")) {
            // Scripts keep the name of an output that a transformation once had.
            return qualified(new Column(column.stream().substring(0, column.stream().indexOf('@')), column.name(), column.at()));
        }
        Optional<FlowColumn> nearest = named.stream().min(Comparator.comparingInt(candidate -> distance(candidate, column.stream())));
        return nearest.map(candidate -> new Column(stream(candidate, columns), column.name(), column.at()));
    }

    /** Through how many streams a column went after one. */
    private static int distance(FlowColumn column, String stream) {
        return column.streams().size() - column.streams().indexOf(stream);
    }

    Expression condition(FlowExpression expression) {
        Expression bound = bind(expression);
        if (bound.type() != ScalarType.BOOLEAN && bound.type() != ScalarType.NULL) {
            throw failure(AlgebraError.TYPE_MISMATCH, expression.at(), "A condition is true or false; this one is %s",
                FlowTypes.described(bound.type()));
        }
        return Cast.strict(bound, ScalarType.BOOLEAN);
    }

    /** The column that an expression is, if it is nothing else. */
    Optional<FlowColumn> column(Expression bound) {
        return columns.stream().filter(column -> column.reference().equals(bound)).findFirst();
    }
}
