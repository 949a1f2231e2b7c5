package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.join;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Values and rows as the text of messages and logs. */
public final class RowText {
    private RowText() {
    }

    /** A value as text; null is an empty text. */
    public static Expression of(Expression value) {
        return MappedColumn.printed(value);
    }

    /** The values of some columns in quotes, separated by commas. */
    public static Expression item(List<Field> fields) {
        List<Expression> item = new ArrayList<>();
        for (Field field : fields) {
            item.add(text(item.isEmpty() ? "\"" : ",\""));
            item.add(Formulas.replace(of(ColumnReference.of(field)), "\"", "\"\""));
            item.add(text("\""));
        }
        return join(item.toArray(Expression[]::new));
    }
}
