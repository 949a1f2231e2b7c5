package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.AlgebraError;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.JavaImplementedOperators;
import io.lazuli.algebra.operator.MathOperators;
import io.lazuli.algebra.operator.Operator;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.Place;
import io.lazuli.languages.dataflow.function.FlowTypes;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code matchType: 'fuzzy', ignoreSpaces: true, similarityThreshold: 80, similarityColumn: 'score'}: texts that are alike count as equal.
 *
 * <p>How alike two texts are, from 0 to 100, is the Jaccard similarity of their pairs of neighbouring characters, in lower case. All
 * equations of the condition must reach the threshold; the score is their mean.
 */
record FuzzyMatch(double threshold, boolean ignoreSpaces, Optional<String> scoreColumn, Place at) {
    private static final double DEFAULT = 80;
    private static final double LEAST = 60;
    /** Names that occur and that no page of Microsoft's explains. */
    private static final List<String> UNKNOWN = List.of("weight", "ignoreCase", "allowCaseInsensitive", "ratioThreshold");

    /** Empty for a statement that matches exactly. */
    static Optional<FuzzyMatch> of(Arguments arguments) {
        UNKNOWN.stream().flatMap(name -> arguments.option(name).map(value -> Map.entry(name, value)).stream()).findFirst()
            .ifPresent(given -> {
                throw failure(CommonError.NOT_SUPPORTED, given.getValue().at(), "%s of '%s' is not supported; the options of a fuzzy match "
                    + "are ignoreSpaces, similarityThreshold and similarityColumn", given.getKey(), arguments.statement().name());
            });
        if (!arguments.choice("matchType", "exact", "exact", "fuzzy").equals("fuzzy")) {
            if (arguments.flag("ignoreSpaces", false)) {
                throw failure(CommonError.INVALID_ARGUMENT, arguments.statement().at(), "ignoreSpaces is for matchType: 'fuzzy'");
            }
            return Optional.empty();
        }
        double threshold = arguments.value("similarityThreshold")
            .map(value -> value instanceof Number number ? number.doubleValue() : -1.0).orElse(DEFAULT);
        if (threshold < LEAST || threshold > 100) {
            throw failure(CommonError.INVALID_ARGUMENT, arguments.option("similarityThreshold").map(FlowExpression::at)
                .orElse(arguments.statement().at()), "similarityThreshold is a number from 60 to 100");
        }
        return Optional.of(new FuzzyMatch(threshold, arguments.flag("ignoreSpaces", false),
            arguments.text("similarityColumn").or(() -> arguments.text("similarityScore")).filter(name -> !name.isBlank()),
            arguments.statement().at()));
    }

    /** The condition with likeness in place of equality. */
    Expression condition(Expression exact) {
        Expression all = null;
        for (Call equation : equations(exact)) {
            Expression left = plain(equation.arguments().get(0));
            Expression right = plain(equation.arguments().get(1));
            // Few pairs have lengths that allow the likeness at all, and the engine finds those without looking into the texts.
            Expression both = Conditions.and(Conditions.and(reaches(left, right), reaches(right, left)),
                Call.of(ComparisonOperators.GREATER_OR_EQUAL, likeness(left, right), number(threshold / 100)));
            all = all == null ? both : Conditions.and(all, both);
        }
        return all;
    }

    /** The pairs of a text outnumber its characters by one; of two texts the pairs in common are at most those of the shorter one. */
    private Expression reaches(Expression longer, Expression shorter) {
        return Call.of(ComparisonOperators.GREATER_OR_EQUAL, pairs(shorter), product(pairs(longer), threshold / 100 - 1e-9));
    }

    private static Expression pairs(Expression text) {
        return Call.of(MathOperators.ADD, Cast.strict(Call.of(StringOperators.LENGTH, text), ScalarType.FLOAT64), number(1));
    }

    private static Expression product(Expression value, double factor) {
        return Call.of(MathOperators.MULTIPLY, value, number(factor));
    }

    /** How alike the texts of a pair of rows are; null where one is null. */
    Expression score(Expression exact) {
        List<Call> equations = equations(exact);
        Expression sum = null;
        for (Call equation : equations) {
            Expression likeness = likeness(plain(equation.arguments().get(0)), plain(equation.arguments().get(1)));
            sum = sum == null ? likeness : Call.of(MathOperators.ADD, sum, likeness);
        }
        return product(sum, 100.0 / equations.size());
    }

    private static Expression likeness(Expression left, Expression right) {
        Operator likeness = JavaImplementedOperators.named("bigram_similarity");
        return Call.of(likeness, left, right);
    }

    private static Literal number(double value) {
        return new Literal(value, ScalarType.FLOAT64);
    }

    private Expression plain(Expression text) {
        Expression bare = ignoreSpaces ? Call.of(StringOperators.REPLACE, text, Literal.string(" "), Literal.string("")) : text;
        return Call.of(JavaImplementedOperators.named("lower_case"), bare);
    }

    private List<Call> equations(Expression condition) {
        List<Call> equations = new ArrayList<>();
        collect(condition, equations);
        return equations;
    }

    private void collect(Expression condition, List<Call> equations) {
        if (condition instanceof Call call && call.operator() == ComparisonOperators.AND) {
            call.arguments().forEach(part -> collect(part, equations));
        } else if (condition instanceof Call call && call.operator() == ComparisonOperators.EQUAL) {
            call.arguments().stream().filter(side -> side.type() != ScalarType.STRING).findFirst().ifPresent(side -> {
                throw failure(AlgebraError.TYPE_MISMATCH, at, "Fuzzy matching compares strings, not %s", FlowTypes.described(side.type()));
            });
            equations.add(call);
        } else {
            throw failure(CommonError.INVALID_ARGUMENT, at, "The condition of a fuzzy match is equations, such as left@name == right@name");
        }
    }
}
