package io.lazuli.languages.dataflow.transform;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.dataflow.script.FlowScript.Statement;
import io.lazuli.languages.dataflow.script.TransformationForms;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Assignment;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Call;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Declaration;
import io.lazuli.languages.dataflow.syntax.FlowExpression.Option;
import io.lazuli.languages.dataflow.syntax.TypeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The arguments of a statement by what they are. */
public record Arguments(Statement statement, FlowContext context) {
    /** Names without colons, but for those that XML has itself; empty for none. */
    private static final Pattern PREFIX = Pattern.compile("(?!(?i:xml|xmlns)$)([\\p{L}_][\\p{L}\\p{M}\\p{N}._-]*)?");

    /** The value of an option, not evaluated. */
    public Optional<FlowExpression> option(String name) {
        return each(Option.class).filter(option -> option.name().equals(name)).map(Option::value).findFirst();
    }

    /** The value of an option that may not depend on rows. */
    public Optional<Object> value(String name) {
        return option(name).map(context::constant);
    }

    public boolean flag(String name, boolean otherwise) {
        return option(name).map(expression -> switch (context.constant(expression)) {
            case Boolean truth -> truth;
            case String text when text.equals("true") || text.equals("false") -> text.equals("true");
            case null, default -> throw failure(CommonError.INVALID_ARGUMENT, expression.at(), "Option '%s' is true or false, not %s",
                name, expression);
        }).orElse(otherwise);
    }

    /** An argument that is true or false; {@code part} is what it belongs to, and {@code expected} how that is written. */
    boolean truth(FlowExpression argument, FlowExpression part, String expected) {
        if (context.constant(argument) instanceof Boolean truth) {
            return truth;
        }
        throw failure(CommonError.INVALID_ARGUMENT, argument.at(), "Expected %s, found %s", expected, part);
    }

    public Optional<String> text(String name) {
        return value(name).map(Object::toString);
    }

    /** A name or path; one that is empty, as editors leave it, counts as missing. */
    public Optional<String> name(String name) {
        return text(name).filter(text -> !text.isBlank());
    }

    /** An option that is one of a few words. */
    public String choice(String name, String otherwise, String... known) {
        String word = text(name).orElse(otherwise);
        if (Stream.of(known).noneMatch(word::equals)) {
            throw failure(CommonError.INVALID_ARGUMENT, option(name).map(FlowExpression::at).orElse(statement.at()),
                "Option '%s' is one of %s, not '%s'%s", name, List.of(known), word, NearestName.hint(word, List.of(known)));
        }
        return word;
    }

    public Optional<Long> number(String name) {
        return option(name).map(expression ->
            OptionValues.number(context.constant(expression)).map(Number::longValue).orElseThrow(() ->
                failure(CommonError.INVALID_ARGUMENT, expression.at(), "Option '%s' is a number, not %s", name, expression)));
    }

    /** The value of an option in each row of a stream: an expression over its columns, or a text that names one. */
    public Optional<Expression> rowValue(String name, FlowStream stream) {
        return option(name).map(expression -> {
            Optional<FlowColumn> named = expression instanceof FlowExpression.Constant(Object text, var _)
                ? stream.visible().stream().filter(column -> column.name().equals(text)).findFirst() : Optional.empty();
            return named.<Expression>map(FlowColumn::reference).orElseGet(() -> Scope.of(context, stream).bind(expression));
        });
    }

    /** {@code namespacePrefixes: ['urn:a' -> 'a']}: prefixes by the URIs of XML namespaces. */
    public Map<String, String> namespacePrefixes() {
        Map<String, String> prefixes = new LinkedHashMap<>();
        option("namespacePrefixes").ifPresent(given -> {
            if (!(context.constant(given) instanceof Map<?, ?> values)) {
                throw failure(CommonError.INVALID_ARGUMENT, given.at(),
                    "namespacePrefixes names URIs and their prefixes, as in ['urn:a' -> 'a']");
            }
            values.forEach((uri, prefix) -> prefixes.put(String.valueOf(uri), prefix == null ? "" : prefix.toString()));
            prefixes.values().stream().filter(prefix -> !PREFIX.matcher(prefix).matches()).findFirst().ifPresent(wrong -> {
                throw failure(CommonError.INVALID_ARGUMENT, given.at(), "'%s' is no prefix of XML names", wrong);
            });
        });
        return prefixes;
    }

    /** The texts of an option that is an array; a single text counts as one. */
    public List<String> texts(String name) {
        return value(name).map(value -> value instanceof List<?> list ? list.stream().map(String::valueOf).toList()
            : List.of(value.toString())).orElse(List.of());
    }

    /** The first part of that name, such as {@code groupBy(...)}. */
    Optional<Call> part(String name) {
        return parts(name).findFirst();
    }

    Stream<Call> parts(String... names) {
        return each(Call.class).filter(call -> List.of(names).contains(call.name()));
    }

    /** Everything but options and parts with a meaning here: conditions, or columns to be made. */
    List<FlowExpression> free() {
        Set<String> parts = TransformationForms.all().get(statement.transformation()).parts();
        return statement.arguments().stream().filter(argument -> !(argument instanceof Option)
            && !(argument instanceof Call call && (parts.contains(call.name()) || call.name().equals("partitionBy")))).toList();
    }

    /** The only condition of a transformation that has one. */
    FlowExpression condition() {
        List<FlowExpression> conditions = free();
        if (conditions.size() != 1) {
            throw failure(CommonError.SYNTAX_ERROR, statement.at(), "'%s' takes one condition, not %d", statement.transformation(),
                conditions.size());
        }
        return conditions.getFirst();
    }

    Stream<Assignment> assignments() {
        return each(Assignment.class);
    }

    /** The columns of {@code output(name as type, ...)}, none when it is missing. */
    public List<TypeName.Member> declared(String part) {
        return part(part).map(call -> call.arguments().stream().map(argument -> {
            if (argument instanceof Declaration declaration) {
                return declaration.member();
            }
            throw failure(CommonError.SYNTAX_ERROR, argument.at(), "Expected a column such as 'name as string', found %s", argument);
        }).toList()).orElse(List.of());
    }

    private <T extends FlowExpression> Stream<T> each(Class<T> type) {
        return statement.arguments().stream().filter(type::isInstance).map(type::cast);
    }
}
