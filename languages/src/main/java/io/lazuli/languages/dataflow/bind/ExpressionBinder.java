package io.lazuli.languages.dataflow.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Lambda;
import io.lazuli.algebra.expression.LambdaVariable;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ArrayOperators;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.algebra.operator.MapOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.function.ArrayFunctions;
import io.lazuli.languages.dataflow.function.Conversions;
import io.lazuli.languages.dataflow.function.FlowFunction;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.function.FunctionTable;
import io.lazuli.languages.dataflow.scope.ExpressionScope;
import io.lazuli.languages.dataflow.syntax.ExpressionParser;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Gives an expression its meaning in a scope.
 *
 * <p>Unknown functions and columns fail with {@code NOT_FOUND} and {@code COLUMN_NOT_FOUND}, values that do not fit with
 * {@code TYPE_MISMATCH}, all with the place within the text and the nearest name. The result's type is
 * {@link ScalarType#NULL} for a bare null.
 */
public final class ExpressionBinder {
    private static final Map<String, String> OPERATORS = Map.ofEntries(Map.entry("+", "add"), Map.entry("-", "minus"),
        Map.entry("*", "multiply"), Map.entry("/", "divide"), Map.entry("%", "mod"), Map.entry("==", "equals"),
        Map.entry("!=", "notEquals"), Map.entry("===", "nullSafeEquals"), Map.entry("<=>", "equalsIgnoreCase"),
        Map.entry(">", "greater"), Map.entry(">=", "greaterOrEqual"), Map.entry("<", "lesser"), Map.entry("<=", "lesserOrEqual"),
        Map.entry("&&", "and"), Map.entry("||", "or"), Map.entry("^", "bitwiseXor"), Map.entry("&", "bitwiseAnd"),
        Map.entry("|", "bitwiseOr"));

    private final ExpressionScope scope;
    private final LambdaFrames frames;
    private final Columns columns;

    public ExpressionBinder(ExpressionScope scope) {
        this(scope, LambdaFrames.NONE);
    }

    ExpressionBinder(ExpressionScope scope, LambdaFrames frames) {
        this.scope = scope;
        this.frames = frames;
        this.columns = new Columns(scope);
    }

    /** Parses and binds a text. */
    public static Expression bind(String text, ExpressionScope scope) {
        return new ExpressionBinder(scope).bind(ExpressionParser.parse(text));
    }

    ExpressionScope scope() {
        return scope;
    }

    LambdaFrames frames() {
        return frames;
    }

    /** Binds an argument of a lambda, in which more names have a value. */
    Expression within(FlowExpression expression, Map<String, Expression> variables) {
        return new ExpressionBinder(scope, frames.with(variables)).bind(expression);
    }

    public Expression bind(FlowExpression expression) {
        return switch (expression) {
            case FlowExpression.Constant constant -> constant(constant);
            case FlowExpression.Interpolation text -> interpolation(text);
            case FlowExpression.Column column -> columns.find(column);
            case FlowExpression.Parameter parameter -> named(scope.parameters(), parameter.name(), "Parameter '$", parameter.at());
            case FlowExpression.Local local -> named(scope.locals(), local.name(), "Local ':", local.at());
            case FlowExpression.PatternVariable variable -> columns.patternVariable(variable);
            case FlowExpression.LambdaItem item -> frames.find(item);
            case FlowExpression.Call call -> call(call.name(), call.arguments(), call.at());
            case FlowExpression.Unary unary -> call(unary.operator().equals("!") ? "not" : "negate", List.of(unary.operand()), unary.at());
            case FlowExpression.Binary binary ->
                function(OPERATORS.get(binary.operator()), binary.operator(), List.of(binary.left(), binary.right()), binary.at());
            case FlowExpression.CachedLookup lookup -> cached(lookup);
            case FlowExpression.Member member -> member(bind(member.value()), member);
            case FlowExpression.Index index -> function("at", "[ ]", List.of(index.value(), index.index()), index.at());
            case FlowExpression.TypeHint hint ->
                located(hint.at(), () -> Conversions.convert(bind(hint.value()), FlowTypes.of(hint.type())));
            case FlowExpression.ArrayOrMap array -> array.isMap() ? map(array) : call("array", array.elements(), array.at());
            case FlowExpression.Structure structure -> structure(structure);
            case FlowExpression.Assignment wrong -> throw misplaced("An assignment (=)", wrong.at(), "; the operator that compares is ==");
            case FlowExpression.Option wrong -> throw misplaced("An option ('" + wrong.name() + ":')", wrong.at(), "");
            case FlowExpression.Declaration wrong -> throw misplaced("A declaration (as)", wrong.at(), "");
            case FlowExpression.Pair wrong -> throw misplaced("A pair (->)", wrong.at(), "");
        };
    }

    private static LazuliException misplaced(String what, Place at, String advice) {
        return failure(CommonError.SYNTAX_ERROR, at, "%s stands where a value is expected%s", what, advice);
    }

    private static Expression constant(FlowExpression.Constant constant) {
        return switch (constant.value()) {
            case null -> Literal.NULL;
            case Boolean truth -> truth ? Literal.TRUE : Literal.FALSE;
            case String text -> Literal.string(text);
            case Byte number -> new Literal(number, ScalarType.INT8);
            case Short number -> new Literal(number, ScalarType.INT16);
            case Integer number -> Literal.int32(number);
            case Long number -> Literal.int64(number);
            case Float number -> new Literal(number, ScalarType.FLOAT32);
            case Double number -> new Literal(number, ScalarType.FLOAT64);
            case BigDecimal number -> new Literal(number, decimal(number, constant.at()));
            default -> throw new IllegalStateException("A constant of " + constant.value().getClass());
        };
    }

    private static DataType decimal(BigDecimal number, Place at) {
        if (number.precision() > DecimalType.MAX_PRECISION) {
            throw failure(CommonError.SYNTAX_ERROR, at, "%s has more than %d digits", number, DecimalType.MAX_PRECISION);
        }
        return new DecimalType(number.precision(), 0);
    }

    private Expression interpolation(FlowExpression.Interpolation text) {
        return Call.of(StringOperators.CONCAT, text.parts().stream().map(part -> Conversions.toText(bind(part))).toList());
    }

    private static Expression named(Map<String, Expression> known, String name, String what, Place at) {
        Expression value = known.get(name);
        if (value == null) {
            throw failure(CommonError.NOT_FOUND, at, "%s%s' is not known%s", what, name, NearestName.hint(name, known.keySet()));
        }
        return value;
    }

    private Expression call(String name, List<FlowExpression> arguments, Place at) {
        return function(name, name, arguments, at);
    }

    private Expression function(String name, String shownName, List<FlowExpression> written, Place at) {
        FlowFunction function = FunctionTable.find(name);
        if (function == null) {
            throw failure(CommonError.NOT_FOUND, at, "Function '%s' is not known%s", name, FunctionTable.hint(name));
        }
        if (function.name().equals("array") && written.size() == 1 && Columns.areSeveral(written.getFirst())) {
            return bind(written.getFirst());
        }
        List<FlowExpression> arguments = columns.expanded(function, written.stream().flatMap(ExpressionBinder::arrows).toList());
        if (arguments.size() < function.required() || arguments.size() > function.most()) {
            throw failure(CommonError.INVALID_ARGUMENT, at, "%s has %d argument%s; it is called as %s", function.name(), arguments.size(),
                arguments.size() == 1 ? "" : "s", function.signature());
        }
        return located(at, () -> function.body().bind(new BoundCall(this, shownName, arguments, at)));
    }

    /** {@code isDate('12/18' -> 'MM/dd')}: in calls an arrow parts arguments as a comma does. */
    private static Stream<FlowExpression> arrows(FlowExpression argument) {
        return argument instanceof FlowExpression.Pair pair ? Stream.concat(arrows(pair.key()), arrows(pair.value())) : Stream.of(argument);
    }

    /** Failures without a place get this one. */
    private static Expression located(Place at, Supplier<Expression> work) {
        try {
            return work.get();
        } catch (LazuliException e) {
            throw e.place().line() == 0 ? e.at(at) : e;
        }
    }

    private Expression cached(FlowExpression.CachedLookup lookup) {
        if (scope.caches() == null) {
            throw failure(CommonError.NOT_SUPPORTED, lookup.at(), "%s#%s: there are no cached sinks here", lookup.sink(), lookup.form());
        }
        return scope.caches().rows(lookup.sink(), lookup.form(), lookup.keys().stream().map(this::bind).toList(), lookup.at());
    }

    /** A field of a structure, of each structure in an array, or the value of a map's key. */
    private Expression member(Expression value, FlowExpression.Member member) {
        return switch (value.type()) {
            case StructType struct -> {
                List<String> names = struct.fields().stream().map(Field::name).toList();
                if (!names.contains(member.name())) {
                    throw failure(AlgebraError.COLUMN_NOT_FOUND, member.at(), "'%s' is not in the structure %s%s", member.name(),
                        FlowTypes.name(struct), NearestName.hint(member.name(), names));
                }
                yield FieldAccess.of(value, member.name());
            }
            case ArrayType array -> {
                LambdaVariable item = new LambdaVariable("member~" + frames.depth(), array.element());
                yield Call.of(ArrayOperators.ARRAY_TRANSFORM, value, new Lambda(List.of(item), member(item, member)));
            }
            case MapType map when map.key() == ScalarType.STRING ->
                Call.of(MapOperators.MAP_VALUE, value, Literal.string(member.name()));
            case ScalarType.NULL -> value;
            default -> throw failure(AlgebraError.TYPE_MISMATCH, member.at(), "'.%s' is taken of %s, which has no parts", member.name(),
                FlowTypes.described(value.type()));
        };
    }

    private Expression map(FlowExpression.ArrayOrMap map) {
        List<FlowExpression> keys = new ArrayList<>();
        List<FlowExpression> values = new ArrayList<>();
        for (FlowExpression element : map.elements()) {
            if (!(element instanceof FlowExpression.Pair pair)) {
                throw failure(CommonError.SYNTAX_ERROR, element.at(), "Each element of a map is a key -> value");
            }
            keys.add(pair.key());
            values.add(pair.value());
        }
        return Call.of(MapOperators.MAP, call("array", keys, map.at()), call("array", values, map.at()));
    }

    private Expression structure(FlowExpression.Structure structure) {
        if (structure.members().isEmpty()) {
            throw failure(CommonError.SYNTAX_ERROR, structure.at(), "A structure is written @(name = value, ...); this one has no parts");
        }
        List<Field> fields = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (FlowExpression member : structure.members()) {
            if (!(member instanceof FlowExpression.Assignment(FlowExpression.Column(String stream, String name, Place _),
                FlowExpression value, Place at)) || stream != null) {
                throw failure(member instanceof FlowExpression.Call ? CommonError.NOT_SUPPORTED : CommonError.SYNTAX_ERROR, member.at(),
                    "A structure is written @(name = value, ...); '%s' is no name = value", member);
            }
            if (fields.stream().anyMatch(field -> field.name().equals(name))) {
                throw failure(AlgebraError.DUPLICATE_COLUMN, at, "'%s' is twice in the structure", name);
            }
            Expression bound = bind(value);
            fields.add(new Field(name, bound.type()));
            values.add(bound);
        }
        return new Call(ConversionOperators.STRUCTURE, values, new StructType(fields));
    }

    /** An array of expressions; for callers that made them. */
    static Expression arrayOf(List<Expression> values) {
        return ArrayFunctions.of(values);
    }
}
