package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.operator.CollectingOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.Limit;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.function.Coercion;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.scope.CachedSinks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code sink#lookup(key)}, {@code sink#mlookup(key)}, {@code sink#output()}, {@code sink#outputs()} as subqueries on the cached rows. */
final class CacheLookups implements CachedSinks {
    private final FlowContext context;

    CacheLookups(FlowContext context) {
        this.context = context;
    }

    @Override
    public Expression rows(String sink, String form, List<Expression> keys, Place at) {
        FlowContext.CachedRows cached = context.cached(sink, at);
        boolean byKey = form.equals("lookup") || form.equals("mlookup");
        if (byKey && keys.size() != cached.keys().size()) {
            throw failure(CommonError.INVALID_ARGUMENT, at, "The cached sink '%s' has %d key column(s) %s; %d value(s) are given", sink,
                cached.keys().size(), cached.keys(), keys.size());
        }
        Plan rows = byKey ? matching(cached, keys) : cached.rows();
        StructType type = new StructType(cached.rows().schema().fields());
        Expression row = new Call(ConversionOperators.STRUCTURE,
            type.fields().stream().<Expression>map(ColumnReference::of).toList(), type);
        if (form.equals("lookup") || form.equals("output")) {
            return new ScalarSubquery(new Limit(new Project(rows, List.of(new NamedExpression("row", row))), 0, 1));
        }
        return new ScalarSubquery(new Aggregate(rows, List.of(),
            List.of(new NamedExpression("rows", AggregateCall.of(CollectingOperators.COLLECT, row)))));
    }

    private static Plan matching(FlowContext.CachedRows cached, List<Expression> keys) {
        Stream.Builder<Expression> conditions = Stream.builder();
        for (int i = 0; i < keys.size(); i++) {
            Expression column = FlowStream.reference(cached.rows(), cached.keys().get(i));
            Expression key = Expressions.replace(keys.get(i), part -> part instanceof ColumnReference reference
                ? Optional.of(new OuterReference(1, reference.name(), reference.type())) : Optional.empty());
            DataType common = FlowTypes.common(column.type(), key.type());
            conditions.add(common == null ? Conditions.equal(column, Cast.orNull(key, column.type()))
                : Conditions.equal(Coercion.widen(column, common), Coercion.widen(key, common)));
        }
        return new Filter(cached.rows(), conditions.build().reduce(Conditions::and).orElseThrow());
    }
}
