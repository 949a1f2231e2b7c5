package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Expressions;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.algebra.expression.WindowCall;
import io.lazuli.algebra.operator.AggregateOperators;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Window;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rows, others assert(expectTrue(age > 0, false, 'age', null, 'no age'), expectUnique(id, false, 'id'), ..., abort: true)}: notes
 * which expectations each row fails.
 *
 * <p>The arguments of an expectation are its expression, whether null passes, its identifier, the rows that it looks at, and a message.
 * With {@code abort} the flow fails at the first row that fails one.
 */
final class AssertTransformation {
    private static final StructType FAILURE =
        new StructType(List.of(new Field("key", ScalarType.STRING), new Field("value", ScalarType.STRING)));
    static final ArrayType FAILURES = new ArrayType(FAILURE);
    /** What {@code assertErrorMessages()} gives where nothing was asserted. */
    static final Expression NO_MESSAGES = new Literal(Map.of(), new MapType(ScalarType.STRING, ScalarType.STRING));

    private final Arguments arguments;
    private final List<FlowStream> others;
    private FlowStream stream;

    private AssertTransformation(Arguments arguments, List<FlowStream> inputs) {
        this.arguments = arguments;
        this.stream = inputs.getFirst();
        this.others = inputs.subList(1, inputs.size()).stream().map(other -> other.apartFrom(stream.plan())).toList();
    }

    /** The messages of a row's failures by identifier. */
    static Expression messages(Expression failures) {
        return Call.of(MapOperators.MAP_FROM_ENTRIES, failures);
    }

    static FlowStream apply(Arguments arguments, List<FlowStream> inputs) {
        AssertTransformation asserts = new AssertTransformation(arguments, inputs);
        arguments.parts("expectTrue", "expectExists", "expectUnique").forEach(asserts::add);
        if (arguments.flag("abort", false)) {
            asserts.abort();
        }
        return asserts.stream;
    }

    private void add(FlowExpression.Call expectation) {
        List<FlowExpression> parts = expectation.arguments();
        if (parts.size() < 3 || parts.size() > 5) {
            throw failure(CommonError.SYNTAX_ERROR, expectation.at(), "Expected %s(expression, ignoreNulls, 'id', filter, message)",
                expectation.name());
        }
        String form = expectation.name() + "(expression, ignoreNulls, 'id', filter, message), whose second value is true or false";
        boolean ignoreNulls = arguments.truth(parts.get(1), expectation, form);
        String id = id(parts.get(2));
        Expression passed = switch (expectation.name()) {
            case "expectTrue" -> Call.of(ComparisonOperators.COALESCE, scope().condition(parts.getFirst()),
                ignoreNulls ? Literal.TRUE : Literal.FALSE);
            case "expectUnique" -> unique(parts.getFirst(), ignoreNulls);
            default -> exists(expectation, parts.getFirst());
        };
        Expression failed = Conditions.not(passed);
        if (parts.size() > 3 && !isNull(parts.get(3))) {
            failed = Conditions.and(failed, Conditions.isTrue(scope().condition(parts.get(3))));
        }
        Expression message = parts.size() > 4 ? scope().bind(parts.get(4)) : Literal.string("");
        stream = note(stream, failed, id, message);
    }

    private String id(FlowExpression part) {
        if (arguments.context().constant(part) instanceof String id) {
            return id;
        }
        throw failure(CommonError.INVALID_ARGUMENT, part.at(), "The identifier of an expectation is a text, not %s", part);
    }

    /** The stream on which rows that failed carry one more failure. */
    static FlowStream note(FlowStream stream, Expression failed, String id, Expression message) {
        Expression text = Call.of(ComparisonOperators.COALESCE, Cast.strict(message, ScalarType.STRING), Literal.string(""));
        Expression one = Call.of(ConversionOperators.ARRAY,
            new Call(ConversionOperators.STRUCTURE, List.of(Literal.string(id), text), FAILURE));
        Literal none = new Literal(List.of(), FAILURES);
        Expression here = Conditions.choose(failed, one, none);
        Expression all = stream.hidden(FlowColumn.FAILURES)
            .<Expression>map(earlier -> Call.of(ArrayOperators.ARRAY_CONCAT,
                Call.of(ComparisonOperators.COALESCE, earlier.reference(), none), here)).orElse(here);
        return stream.withHidden(FlowColumn.FAILURES, all);
    }

    private Scope scope() {
        return Scope.of(arguments.context(), stream);
    }

    private boolean isNull(FlowExpression part) {
        return part instanceof FlowExpression.Constant constant && constant.value() == null
            || part instanceof FlowExpression.Call call && call.name().equals("null") && call.arguments().isEmpty();
    }

    private Expression unique(FlowExpression expression, boolean ignoreNulls) {
        Expression value = scope().bind(expression);
        WindowCall count = new WindowCall(AggregateOperators.COUNT_ROWS, List.of(), List.of(value), List.of(), Optional.empty(),
            ScalarType.INT64);
        String field = FlowStream.freeName("equals", stream.plan());
        stream = stream.over(new Window(stream.plan(), List.of(new NamedExpression(field, count))));
        Expression single = Conditions.equal(FlowStream.reference(stream.plan(), field), Literal.int64(1));
        return ignoreNulls ? Call.of(ComparisonOperators.OR, Conditions.isNull(value), single) : single;
    }

    /** Whether a row of the other stream fits, which is the one that the condition names. */
    private Expression exists(FlowExpression.Call expectation, FlowExpression condition) {
        for (FlowStream other : others) {
            Scope both = Scope.of(arguments.context(), stream, other);
            Expression bound;
            try {
                bound = both.condition(condition);
            } catch (LazuliException e) {
                if (other == others.getLast()) {
                    throw e;
                }
                continue;
            }
            Expression inside = Expressions.replace(bound, part -> part instanceof ColumnReference column
                && stream.plan().schema().find(column.name()).isPresent()
                ? Optional.of(new OuterReference(1, column.name(), column.type())) : Optional.empty());
            return new ExistsSubquery(new Filter(other.plan(), inside));
        }
        throw failure(CommonError.SYNTAX_ERROR, expectation.at(), "'expectExists' needs a second stream: rows, others assert(...)");
    }

    private void abort() {
        Optional<FlowColumn> failures = stream.hidden(FlowColumn.FAILURES);
        if (failures.isPresent()) {
            Expression good = Conditions.equal(Call.of(ArrayOperators.ARRAY_SIZE, failures.get().reference()), Literal.int32(0));
            Expression text = Call.of(StringOperators.CONCAT,
                Literal.string("Assertions of '" + arguments.statement().name() + "' failed: "),
                Call.of(ConversionOperators.JSON_TEXT, failures.get().reference()));
            stream = stream.over(new Filter(stream.plan(), Call.of(ConversionOperators.REQUIRE, good, Literal.TRUE, text)));
        }
    }
}
