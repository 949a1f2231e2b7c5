package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code inferDriftedColumnTypes: true}: columns of texts in the first type that all their values fit. */
final class DriftedTypes {
    private static final List<String> TYPES = List.of("integer", "long", "double", "boolean", "date", "timestamp");

    private DriftedTypes() {
    }

    /** One look at the rows tells for each column and type whether a value would be lost. */
    static List<Expression> inferred(Arguments arguments, Plan rows, List<Expression> columns) {
        List<String> types = types(arguments);
        List<List<Expression>> candidates = columns.stream().map(column -> types.stream()
            .map(type -> converted(arguments, column, type)).toList()).toList();
        List<NamedExpression> counts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            counts.add(count("n" + i, columns.get(i)));
            for (int j = 0; j < types.size(); j++) {
                counts.add(count("n" + i + "_" + j, candidates.get(i).get(j)));
            }
        }
        if (counts.isEmpty()) {
            return columns;
        }
        List<Object> found = arguments.context().services().rows(new Aggregate(rows, List.of(), counts)).getFirst();
        List<Expression> inferred = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int first = i * (types.size() + 1);
            Object all = found.get(first);
            int type = 0;
            while (type < types.size() && !found.get(first + 1 + type).equals(all)) {
                type++;
            }
            inferred.add(type == types.size() || all.equals(0L) ? columns.get(i) : candidates.get(i).get(type));
        }
        return inferred;
    }

    /** {@code preferredIntegralType} and {@code preferredFractionalType} say how numbers are tried; fractions are doubles. */
    private static List<String> types(Arguments arguments) {
        boolean longs = arguments.choice("preferredIntegralType", "integer", "integer", "long").equals("long");
        arguments.choice("preferredFractionalType", "double", "double", "decimal");
        if (arguments.flag("fixDecimalPrecision", false)) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(),
                "fixDecimalPrecision of source '%s' is not supported: fractions are doubles", arguments.statement().name());
        }
        return longs ? TYPES.subList(1, TYPES.size()) : TYPES;
    }

    private static NamedExpression count(String name, Expression value) {
        return new NamedExpression(name, AggregateCall.of(AggregateOperators.COUNT, value));
    }

    private static Expression converted(Arguments arguments, Expression column, String type) {
        List<String> formats = switch (type) {
            case "timestamp" -> arguments.texts("timestampFormats");
            case "date" -> arguments.texts("dateFormats");
            default -> List.of();
        };
        Expression value = DeclaredColumns.value(arguments.context(), column,
            new TypeName.Member("", new TypeName.Scalar(type, -1, -1), Optional.empty(), Place.UNKNOWN), formats);
        return value.type().isInteger() ? Conditions.choose(Call.of(StringOperators.MATCHES, column, Literal.string("[+-]?[0-9]+")), value,
            new Literal(null, value.type())) : value;
    }
}
