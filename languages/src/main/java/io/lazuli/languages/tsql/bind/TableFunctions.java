package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.languages.tsql.bind.BoundQuery.Column;
import io.lazuli.languages.tsql.bind.FromBinder.Source;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;
import java.util.Locale;

/** Functions that stand in FROM: {@code STRING_SPLIT}. */
final class TableFunctions {
    private TableFunctions() {
    }

    static Source bind(Query.TableFunction function, QueryBinder queries, Scope outer) {
        String name = function.name().getLast().toUpperCase(Locale.ROOT);
        if (function.name().size() > 1 || !name.equals("STRING_SPLIT")) {
            throw ExpressionBinder.unsupported("The table function " + String.join(".", function.name()), function.at());
        }
        if (function.arguments().size() != 2) {
            throw failure(SqlError.ARGUMENT_COUNT, function.at(), "The string_split function requires 2 argument(s).");
        }
        ExpressionBinder binder = new ExpressionBinder(queries, new Scope(outer, List.of()), null, null);
        Typed text = binder.text(function.arguments().getFirst());
        Typed separator = binder.text(function.arguments().get(1));
        String parts = queries.names().next("parts");
        String value = queries.names().next("value");
        Plan row = new Project(Values.ONE_ROW, List.of(new NamedExpression(parts,
            Call.of(StringOperators.SPLIT, text.expression(), separator.expression()))));
        Plan plan = new Unnest(row, ColumnReference.of(row.schema().field(parts)), value, false);
        SqlType type = text.type().isNational() ? SqlType.nvarchar(SqlType.MAX) : SqlType.varchar(SqlType.MAX);
        BoundQuery query = new BoundQuery(plan, List.of(new Column(
            function.columns().isEmpty() ? "value" : function.columns().getFirst(), value, type)));
        return FromBinder.relation(List.of(function.alias() == null ? "STRING_SPLIT" : function.alias()), query, queries.names(), outer);
    }

}
