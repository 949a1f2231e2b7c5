package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.OuterReference;
import io.lazuli.foundation.NearestName;
import io.lazuli.languages.tsql.syntax.SqlExpression.ColumnName;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The columns that names mean at one query level, with the enclosing level ({@code null} for none). */
final class Scope {
    private final Scope outer;
    private final List<Relation> relations;
    private Grouping grouping;

    Scope(Scope outer, List<Relation> relations) {
        this.outer = outer;
        this.relations = List.copyOf(relations);
    }

    /** A table of a FROM clause: the names by which it is known, its columns. */
    record Relation(List<String> names, List<Column> columns) {
        boolean isCalled(List<String> qualifier) {
            if (names.isEmpty() || qualifier.size() > names.size()) {
                return false;
            }
            for (int i = 1; i <= qualifier.size(); i++) {
                String wanted = qualifier.get(qualifier.size() - i);
                if (!wanted.isEmpty() && !wanted.equalsIgnoreCase(names.get(names.size() - i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A column: what the text calls it and the plan's column that holds it. */
    record Column(String name, ColumnReference reference, SqlType type) {
    }

    List<Relation> relations() {
        return relations;
    }

    Scope outer() {
        return outer;
    }

    Scope and(List<Relation> more) {
        List<Relation> all = new ArrayList<>(relations);
        all.addAll(more);
        return new Scope(outer, all);
    }

    /** Tells that the rows seen from inner queries are groups. */
    void groupBy(Grouping grouping) {
        this.grouping = grouping;
    }

    Typed resolve(ColumnName name) {
        List<String> qualifier = name.parts().subList(0, name.parts().size() - 1);
        int level = 0;
        for (Scope scope = this; scope != null; scope = scope.outer) {
            List<Column> found = scope.find(qualifier, name.column());
            if (found.size() > 1) {
                throw failure(SqlError.AMBIGUOUS_COLUMN, name.at(), "Ambiguous column name '%s'.", name.column());
            }
            if (found.size() == 1) {
                return at(level, scope, found.getFirst(), name);
            }
            level++;
        }
        throw unknown(name, qualifier);
    }

    private static Typed at(int level, Scope scope, Column column, ColumnName name) {
        if (level == 0) {
            return new Typed(column.reference(), column.type());
        }
        Expression reference = scope.grouping == null ? column.reference() : scope.grouping.require(column.reference(), name);
        ColumnReference visible = (ColumnReference) reference;
        return new Typed(new OuterReference(level, visible.name(), visible.type()), column.type());
    }

    private List<Column> find(List<String> qualifier, String column) {
        return relations.stream().filter(relation -> qualifier.isEmpty() || relation.isCalled(qualifier))
            .flatMap(relation -> relation.columns().stream()).filter(candidate -> candidate.name().equalsIgnoreCase(column)).toList();
    }

    private RuntimeException unknown(ColumnName name, List<String> qualifier) {
        List<String> known = new ArrayList<>();
        boolean qualifierFound = qualifier.isEmpty();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            for (Relation relation : scope.relations) {
                if (qualifier.isEmpty() || relation.isCalled(qualifier)) {
                    qualifierFound = true;
                    relation.columns().stream().map(Column::name).forEach(known::add);
                }
            }
        }
        if (qualifierFound) {
            return failure(SqlError.INVALID_COLUMN, name.at(), "Invalid column name '%s'.%s", name.column(),
                NearestName.of(name.column(), known).map(nearest -> " Did you mean '" + nearest + "'?").orElse(""));
        }
        return failure(SqlError.UNBOUND_NAME, name.at(), "The multi-part identifier \"%s\" could not be bound.",
            String.join(".", name.parts()));
    }
}
