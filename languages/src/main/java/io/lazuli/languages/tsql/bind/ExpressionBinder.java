package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Case;
import io.lazuli.algebra.expression.ExistsSubquery;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.InSubquery;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.expression.ScalarSubquery;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Project;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query;
import io.lazuli.languages.tsql.syntax.SqlExpression;
import io.lazuli.languages.tsql.syntax.SqlExpression.Binary;
import io.lazuli.languages.tsql.syntax.SqlExpression.Collate;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.syntax.SqlExpression.Constant;
import io.lazuli.languages.tsql.syntax.SqlExpression.Conversion;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.SqlExpression.Subquery;
import io.lazuli.languages.tsql.syntax.SqlExpression.Unary;
import io.lazuli.languages.tsql.syntax.SqlExpression.Variable;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import io.lazuli.languages.tsql.type.TypeRules;
import java.util.ArrayList;
import java.util.List;

/** Gives expressions of the text their meaning at one place of a query. */
final class ExpressionBinder {
    private final QueryBinder queries;
    private final Scope scope;
    private final Grouping grouping;
    private final Windows windows;

    /** {@code grouping} and {@code windows} are null where aggregates and window functions cannot stand. */
    ExpressionBinder(QueryBinder queries, Scope scope, Grouping grouping, Windows windows) {
        this.queries = queries;
        this.scope = scope;
        this.grouping = grouping;
        this.windows = windows;
    }

    Environment environment() {
        return queries.environment();
    }

    Names names() {
        return queries.names();
    }

    Grouping grouping() {
        return grouping;
    }

    Windows windows() {
        return windows;
    }

    /** This place as it was before grouping: within an aggregate's arguments. */
    ExpressionBinder overRows() {
        return new ExpressionBinder(queries, scope, null, null);
    }

    /** A value; a group's key stands for itself. */
    Typed value(SqlExpression expression) {
        if (grouping != null && !(expression instanceof Constant) && !(expression instanceof Variable)
            && !SyntaxWalk.hasAggregateOrWindow(expression)) {
            Typed key = groupKey(expression);
            if (key != null) {
                return key;
            }
        }
        return switch (expression) {
            case Constant constant -> ConstantBinder.bind(constant);
            case ColumnName name -> column(name);
            case Variable variable -> variable(variable);
            case Unary unary -> Arithmetic.unary(unary.operator(), value(unary.operand()), unary.at());
            case Binary binary -> Arithmetic.binary(binary.operator(), value(binary.left()), value(binary.right()), binary.at());
            case SqlExpression.Case choice -> choice(choice);
            case FunctionCall call -> FunctionBinder.bind(call, this);
            case Conversion conversion -> ConversionBinder.bind(conversion, this);
            case Subquery subquery -> scalar(subquery);
            case Collate collate -> collate(collate);
            case SqlExpression.AtTimeZone zone -> throw unsupported("AT TIME ZONE", zone.at());
            case SqlExpression.Star star -> throw failure(SqlError.SYNTAX, star.at(), "Incorrect syntax near '*'.");
            case SqlExpression.Comparison _, SqlExpression.And _, SqlExpression.Or _, SqlExpression.Not _, SqlExpression.IsNull _,
                SqlExpression.Between _, SqlExpression.InList _, SqlExpression.InQuery _, SqlExpression.Exists _, SqlExpression.Like _ ->
                throw failure(SqlError.SYNTAX, expression.at(), "Incorrect syntax: a condition stands where a value is expected.");
        };
    }

    private Typed groupKey(SqlExpression expression) {
        if (expression instanceof Subquery || expression instanceof ColumnName) {
            return null;
        }
        if (!SyntaxWalk.isValue(expression) || SyntaxWalk.hasSubquery(expression)) {
            return null;
        }
        Typed overRows = overRows().value(expression);
        Expression key = grouping.find(overRows.expression());
        return key == null ? null : new Typed(key, overRows.type());
    }

    private Typed column(ColumnName name) {
        Typed column = scope.resolve(name);
        if (grouping == null || column.expression() instanceof io.lazuli.algebra.expression.OuterReference) {
            return column;
        }
        return new Typed(grouping.require(column.expression(), name), column.type());
    }

    private Typed variable(Variable variable) {
        if (variable.name().startsWith("@@")) {
            return environment().property(variable.name().toUpperCase(java.util.Locale.ROOT))
                .orElseThrow(() -> unsupported(variable.name(), variable.at()));
        }
        return environment().variable(variable.name(), variable.at());
    }

    private Typed collate(Collate collate) {
        String name = collate.collation().toUpperCase(java.util.Locale.ROOT);
        if (!name.equals("DATABASE_DEFAULT") && !name.contains("_CI_")) {
            throw unsupported("COLLATE " + collate.collation(), collate.at());
        }
        return value(collate.value());
    }

    private Typed choice(SqlExpression.Case choice) {
        List<Expression> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (SqlExpression.Branch branch : choice.branches()) {
            conditions.add(choice.input() == null ? condition(branch.when())
                : Predicates.compare("=", value(choice.input()), value(branch.when()), choice.at()));
            values.add(value(branch.then()));
        }
        values.add(choice.otherwise() == null ? Typed.nothing(SqlType.NULL) : value(choice.otherwise()));
        return choose(conditions, values, choice.at());
    }

    /** The value of the first condition that holds, else the last; all become one type. */
    Typed choose(List<Expression> conditions, List<Typed> values, Place at) {
        SqlType type = commonType(values);
        List<Expression> converted = values.stream().map(value -> Conversions.implicit(value, type, at).expression()).toList();
        List<Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new Case.Branch(conditions.get(i), converted.get(i)));
        }
        return new Typed(new Case(branches, converted.getLast()), type);
    }

    /** The type that all have in common; an untyped null alone is an int. */
    static SqlType commonType(List<Typed> values) {
        SqlType type = values.stream().map(Typed::type).reduce(SqlType.NULL, TypeRules::common);
        return type.equals(SqlType.NULL) ? SqlType.INT : type;
    }

    private Typed scalar(Subquery subquery) {
        BoundQuery query = inner(subquery.query());
        requireOneColumn(query, subquery.at());
        return new Typed(new ScalarSubquery(query.shown()), query.columns().getFirst().type());
    }

    private BoundQuery inner(Query query) {
        if (grouping != null) {
            scope.groupBy(grouping);
        }
        return queries.bind(query, scope);
    }

    private static void requireOneColumn(BoundQuery query, Place at) {
        if (query.columns().size() != 1) {
            throw failure(SqlError.SUBQUERY_COLUMNS, at,
                "Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.");
        }
    }

    Expression condition(SqlExpression expression) {
        return switch (expression) {
            case SqlExpression.Comparison comparison ->
                Predicates.compare(comparison.operator(), value(comparison.left()), value(comparison.right()), comparison.at());
            case SqlExpression.And and -> Expressions.and(condition(and.left()), condition(and.right()));
            case SqlExpression.Or or -> Predicates.or(condition(or.left()), condition(or.right()));
            case SqlExpression.Not not -> Expressions.not(condition(not.condition()));
            case SqlExpression.IsNull test -> Predicates.negatedIf(test.negated(), Expressions.isNull(value(test.value()).expression()));
            case SqlExpression.Between between -> between(between);
            case SqlExpression.InList in -> inList(in);
            case SqlExpression.InQuery in -> inQuery(in);
            case SqlExpression.Exists exists -> new ExistsSubquery(inner(exists.query()).plan());
            case SqlExpression.Like like -> Predicates.negatedIf(like.negated(), LikePattern.bind(value(like.value()),
                value(like.pattern()),
                like.escape() == null ? null : value(like.escape()), like.at()));
            default -> throw failure(SqlError.NOT_A_CONDITION, expression.at(),
                "An expression of non-boolean type specified in a context where a condition is expected.");
        };
    }

    private Expression between(SqlExpression.Between between) {
        Typed value = value(between.value());
        Expression low = Predicates.compare(">=", value, value(between.low()), between.at());
        Expression high = Predicates.compare("<=", value, value(between.high()), between.at());
        return Predicates.negatedIf(between.negated(), Expressions.and(low, high));
    }

    private Expression inList(SqlExpression.InList in) {
        Typed value = value(in.value());
        Expression any = in.items().stream().map(item -> Predicates.compare("=", value, value(item), in.at()))
            .reduce(Predicates::or).orElse(Literal.FALSE);
        return Predicates.negatedIf(in.negated(), any);
    }

    private Expression inQuery(SqlExpression.InQuery in) {
        Typed value = value(in.value());
        BoundQuery query = inner(in.query());
        requireOneColumn(query, in.at());
        BoundQuery.Column column = query.columns().getFirst();
        SqlType type = commonType(List.of(value, new Typed(column.reference(), column.type())));
        Expression item = Conversions.implicit(new Typed(column.reference(), column.type()), type, in.at()).expression();
        Project keys = new Project(query.plan(), List.of(new NamedExpression(names().next("in"), Expressions.key(item))));
        Expression left = Expressions.key(Conversions.implicit(value, type, in.at()).expression());
        return Predicates.negatedIf(in.negated(), new InSubquery(left, keys));
    }

    /** A text argument; numbers and dates become texts. */
    Typed text(SqlExpression expression) {
        Typed value = value(expression);
        return value.isString() ? value : Conversions.implicit(value, SqlType.varchar(value.type().textLength()), expression.at());
    }

    Typed integer(SqlExpression expression) {
        return Conversions.implicit(value(expression), SqlType.INT, expression.at());
    }

    static RuntimeException unsupported(String construct, Place at) {
        return failure(CommonError.NOT_SUPPORTED, at, "%s is not supported", construct);
    }

}
