package io.lazuli.algebra.plan;

import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.type.Schema;
import java.util.List;

/** Rows written out; each has one expression per column, of the column's type. A row without columns gives {@code SELECT 1}'s row. */
public record Values(Schema schema, List<List<Expression>> rows) implements Plan {
    public Values {
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Expression> row : rows) {
            for (int i = 0; i < Math.max(row.size(), schema.size()); i++) {
                if (row.size() != schema.size() || !row.get(i).type().equals(schema.fields().get(i).type())) {
                    throw new IllegalArgumentException("Row " + row + " does not have the columns " + schema.fields());
                }
            }
        }
    }

    /** One row without columns: what a query without FROM starts from. */
    public static final Values ONE_ROW = new Values(new Schema(List.of()), List.of(List.of()));

    @Override
    public List<Plan> inputs() {
        return List.of();
    }
}
