package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.choose;
import static io.lazuli.datafactory.copy.mapping.Formulas.isNull;
import static io.lazuli.datafactory.copy.mapping.Formulas.join;
import static io.lazuli.datafactory.copy.mapping.Formulas.not;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.operator.ConversionOperators;
import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.foundation.Place;
import java.util.List;

/**
 * A column of the sink.
 *
 * @param sink the column's name, or the path within the sink's documents
 * @param label the source's name in messages
 * @param source the value as the source has it
 * @param conversion the value in the sink's type
 * @param message the whole message of a failed conversion
 */
record MappedColumn(JsonPath sink, String label, Expression source, Conversion conversion, Expression message) {
    String name() {
        return ((JsonPath.Member) sink.steps().getFirst()).name();
    }

    /** The value; the query fails where it cannot be converted. */
    Expression strict() {
        if (conversion.certain()) {
            return conversion.value();
        }
        return Call.of(ConversionOperators.REQUIRE, not(conversion.failed()), conversion.value(), message);
    }

    /** This column with one more reason to fail: where {@code wrong} is true. */
    MappedColumn refusing(Expression wrong, String why) {
        Expression failed = conversion.certain() ? wrong : Formulas.any(List.of(conversion.failed(), wrong));
        Expression full = conversion.certain() ? text(why) : choose(conversion.failed(), message, text(why));
        return new MappedColumn(sink, label, source, new Conversion(conversion.value(), failed, conversion.reason()), full);
    }

    /** The value as text, for messages and logs. */
    static Expression printed(Expression value) {
        Expression plain = new TextWriting(ConversionSettings.DEFAULT, Place.UNKNOWN).of(value);
        return choose(isNull(plain), text(""), plain);
    }

    static Expression quoted(Expression value) {
        return join(text("'"), printed(value), text("'"));
    }
}
