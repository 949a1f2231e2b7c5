package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.AggregateCall;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.plan.Aggregate;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code enableCdc: true, waterMarkColumn: 'changed'} of a table: the rows whose column is beyond what the last run saw. The first run
 * reads all, or with {@code skipInitialLoad: true} none.
 */
final class NewRows {
    private NewRows() {
    }

    /** The rows of a source of a database that are new, which the checkpoint notes. */
    static Plan of(Arguments source, Plan rows, Checkpoint checkpoint, Function<Plan, List<List<Object>>> query) {
        String name = source.statement().name();
        Expression mark = ColumnReference.of(column(source, rows));
        Optional<Expression> last = checkpoint.last(name).map(text -> new Cast(Literal.string(text), mark.type(), Cast.OnFailure.FAIL));
        Plan greatest = new Aggregate(rows, List.of(), List.of(new NamedExpression("mark",
            AggregateCall.of(AggregateOperators.MAX, mark))));
        Expression found = ColumnReference.of(greatest.schema().fields().getFirst());
        Expression next = last.<Expression>map(before -> new Case(List.of(new Case.Branch(
            Call.of(ComparisonOperators.GREATER, found, before), found)), before)).orElse(found);
        Object newest = query.apply(new Project(greatest, List.of(new NamedExpression("mark",
            Cast.strict(next, ScalarType.STRING))))).getFirst().getFirst();
        if (newest == null) {
            return rows;
        }
        checkpoint.note(name, newest.toString());
        Expression upTo = Call.of(ComparisonOperators.LESS_OR_EQUAL, mark, Cast.strict(Literal.string(newest.toString()), mark.type()));
        if (last.isPresent()) {
            return new Filter(rows, Call.of(ComparisonOperators.AND, Call.of(ComparisonOperators.GREATER, mark, last.get()), upTo));
        }
        boolean none = source.flag("skipInitialLoad", false);
        return new Filter(rows, none ? Literal.FALSE : Call.of(ComparisonOperators.OR, Call.of(ComparisonOperators.IS_NULL, mark), upTo));
    }

    private static Field column(Arguments source, Plan rows) {
        String column = source.text("waterMarkColumn").or(() -> source.text("incrementalColumn")).filter(name -> !name.isBlank())
            .orElseThrow(() -> failure(CommonError.NOT_SUPPORTED, source.statement().at(), "enableCdc of source '%s' without "
                + "waterMarkColumn (native change data capture) is not supported", source.statement().name()));
        List<String> names = rows.schema().names();
        return rows.schema().fields().stream().filter(field -> field.name().equalsIgnoreCase(column)).findFirst().orElseThrow(() ->
            failure(AlgebraError.COLUMN_NOT_FOUND, source.statement().at(), "waterMarkColumn '%s' is not in the source; it has %s%s",
                column, names, NearestName.hint(column, names)));
    }
}
