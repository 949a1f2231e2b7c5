package io.lazuli.languages.dataflow.syntax;

import io.lazuli.languages.dataflow.syntax.FlowExpression.ArrayOrMap;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Binary;
import io.lazuli.languages.dataflow.syntax.FlowExpression.CachedLookup;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Column;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Constant;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Declaration;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Index;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Interpolation;
import io.lazuli.languages.dataflow.syntax.FlowExpression.LambdaItem;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Local;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Member;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Option;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Pair;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Parameter;
import io.lazuli.languages.dataflow.syntax.FlowExpression.PatternVariable;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Structure;
import io.lazuli.languages.dataflow.syntax.FlowExpression.TypeHint;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Walks over expressions. */
public final class FlowExpressions {
    private FlowExpressions() {
    }

    /** Gives the expression and all its parts, outermost first. */
    public static void forEach(FlowExpression expression, Consumer<FlowExpression> visitor) {
        replace(expression, part -> {
            visitor.accept(part);
            return Optional.empty();
        });
    }

    /** The columns that an expression names; the names of a structure's parts are none. */
    public static List<Column> columns(FlowExpression expression) {
        List<Column> columns = new ArrayList<>();
        replace(expression, part -> {
            if (part instanceof Assignment assignment) {
                columns.addAll(columns(assignment.value()));
                return Optional.of(assignment);
            }
            if (part instanceof Column column) {
                columns.add(column);
            }
            return Optional.empty();
        });
        return columns;
    }

    /** The expression in which the outermost parts that the function answers for are replaced by its answers. */
    public static FlowExpression replace(FlowExpression expression, Function<FlowExpression, Optional<FlowExpression>> replacement) {
        return replacement.apply(expression).orElseGet(() -> rebuilt(expression, part -> replace(part, replacement)));
    }

    private static FlowExpression rebuilt(FlowExpression expression, Function<FlowExpression, FlowExpression> part) {
        return switch (expression) {
            case Constant _, Column _, Parameter _, PatternVariable _, Local _, LambdaItem _, Declaration _ -> expression;
            case Interpolation text -> new Interpolation(all(text.parts(), part), text.at());
            case Call call -> new Call(call.name(), all(call.arguments(), part), call.at());
            case CachedLookup lookup -> new CachedLookup(lookup.sink(), lookup.form(), all(lookup.keys(), part), lookup.at());
            case Unary unary -> new Unary(unary.operator(), part.apply(unary.operand()), unary.at());
            case Binary binary -> new Binary(binary.operator(), part.apply(binary.left()), part.apply(binary.right()), binary.at());
            case Member member -> new Member(part.apply(member.value()), member.name(), member.at());
            case Index index -> new Index(part.apply(index.value()), part.apply(index.index()), index.at());
            case TypeHint hint -> new TypeHint(part.apply(hint.value()), hint.type(), hint.at());
            case ArrayOrMap array -> new ArrayOrMap(all(array.elements(), part), array.at());
            case Structure structure -> new Structure(all(structure.members(), part), structure.at());
            case Assignment assignment ->
                new Assignment(part.apply(assignment.target()), part.apply(assignment.value()), assignment.at());
            case Option option -> new Option(option.name(), part.apply(option.value()), option.at());
            case Pair pair -> new Pair(part.apply(pair.key()), part.apply(pair.value()), pair.at());
        };
    }

    private static List<FlowExpression> all(List<FlowExpression> parts, Function<FlowExpression, FlowExpression> part) {
        return parts.stream().map(part).toList();
    }
}
