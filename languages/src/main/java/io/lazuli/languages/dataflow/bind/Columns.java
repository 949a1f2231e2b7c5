package io.lazuli.languages.dataflow.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.function.FlowFunction;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.scope.InputColumn;
import io.lazuli.languages.dataflow.scope.PatternMatch;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.List;
import java.util.Locale;

/** Looks up the columns that expressions name. */
record Columns(ExpressionScope scope) {
    private static final List<String> SPREADING = List.of("columns", "origincolumns");

    Expression find(FlowExpression.Column column) {
        if (column.stream() == null && scope.pattern().isPresent() && scope.pattern().get().inCondition()) {
            Expression property = property(scope.pattern().get(), column.name());
            if (property != null) {
                return property;
            }
        }
        List<InputColumn> found = scope.columns().stream().filter(candidate -> candidate.name().equals(column.name())
            && (column.stream() == null || candidate.stream().equals(column.stream()))).toList();
        if (found.isEmpty()) {
            throw missing(column);
        }
        return found.getFirst().value();
    }

    private static Expression property(PatternMatch match, String name) {
        InputColumn column = match.column();
        return switch (name) {
            case "name" -> Literal.string(column.name());
            case "type" -> Literal.string(FlowTypes.name(column.type()).replaceFirst("\\(.*", column.type().isNumeric() ? "" : "$0"));
            case "stream" -> Literal.string(column.stream());
            case "origin" -> Literal.string(column.origin());
            case "position" -> Literal.int32(match.position());
            default -> null;
        };
    }

    private RuntimeException missing(FlowExpression.Column column) {
        List<String> streams = scope.columns().stream().map(InputColumn::stream).distinct().toList();
        if (column.stream() != null && !streams.contains(column.stream())) {
            return failure(CommonError.NOT_FOUND, column.at(), "Stream '%s' is not an input here; there are %s%s", column.stream(), streams,
                NearestName.hint(column.stream(), streams));
        }
        List<String> names = scope.columns().stream()
            .filter(candidate -> column.stream() == null || candidate.stream().equals(column.stream())).map(InputColumn::name).toList();
        String there = names.isEmpty() ? "there are no columns here" : names.size() > 30 ? "there are " + names.size() + " others"
            : "there are " + names;
        return failure(AlgebraError.COLUMN_NOT_FOUND, column.at(), "Column '%s' is not found; %s%s", column.name(), there,
            NearestName.hint(column.name(), names));
    }

    Expression patternVariable(FlowExpression.PatternVariable variable) {
        PatternMatch match = scope.pattern().orElseThrow(() -> failure(CommonError.INVALID_ARGUMENT, variable.at(),
            "'$%s' stands within a column pattern, each(match(...), ...)", variable.name()));
        return variable.name().equals("$") ? match.value() : match.levelName();
    }

    /** Whether an expression stands for several columns, as an array of texts where their types differ. */
    static boolean areSeveral(FlowExpression expression) {
        return expression instanceof FlowExpression.Call call && SPREADING.contains(call.name().toLowerCase(Locale.ROOT));
    }

    /** Functions of any number of arguments take those that {@code columns()} stands for one by one. */
    List<FlowExpression> expanded(FlowFunction function, List<FlowExpression> arguments) {
        return function.most() < Integer.MAX_VALUE ? arguments
            : arguments.stream().flatMap(argument -> expanded(argument).stream()).toList();
    }

    /** {@code columns()} as columns, and {@code toString(columns())} as a call for each. */
    private List<FlowExpression> expanded(FlowExpression argument) {
        if (!(argument instanceof FlowExpression.Call call)) {
            return List.of(argument);
        }
        if (SPREADING.contains(call.name().toLowerCase(Locale.ROOT))) {
            return all(call);
        }
        List<FlowExpression> first = call.arguments().size() == 1 ? expanded(call.arguments().getFirst()) : List.of();
        return first.size() == 1 && first.getFirst() == call.arguments().getFirst() || call.arguments().size() != 1 ? List.of(argument)
            : first.stream().map(one -> (FlowExpression) new FlowExpression.Call(call.name(), List.of(one), call.at())).toList();
    }

    private List<FlowExpression> all(FlowExpression.Call call) {
        String stream = call.arguments().isEmpty() ? null
            : call.arguments().getFirst() instanceof FlowExpression.Constant(String name, var _) ? name : null;
        if (stream == null && !call.arguments().isEmpty()) {
            throw failure(CommonError.INVALID_ARGUMENT, call.at(), "%s takes a stream's name written out", call.name());
        }
        boolean byOrigin = call.name().equalsIgnoreCase("originColumns");
        List<InputColumn> columns = stream == null ? scope.columns() : byOrigin
            ? scope.columns().stream().filter(column -> stream.equals(column.origin())).toList() : scope.columns(stream);
        return columns.stream()
            .map(column -> (FlowExpression) new FlowExpression.Column(column.stream(), column.name(), call.at())).toList();
    }
}
