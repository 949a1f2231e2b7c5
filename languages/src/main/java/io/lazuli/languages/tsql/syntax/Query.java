package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.SqlExpression.OrderItem;
import java.util.List;

/** A query expression with what belongs to the whole of it; {@code offset} and {@code fetch} are null when absent. */
public record Query(
    List<CommonTable> with, Body body, List<OrderItem> orderBy, SqlExpression offset, SqlExpression fetch, Place at) {
    /** A table of a WITH clause; without column names those of its query hold. */
    public record CommonTable(String name, List<String> columns, Query query, Place at) {
    }

    /** A SELECT, or several combined. */
    public sealed interface Body {
        Place at();
    }

    /** {@code UNION}, {@code INTERSECT}, {@code EXCEPT}. */
    public record Combined(Body left, Body right, String kind, boolean all, Place at) implements Body {
    }

    /** {@code (query)} as an operand. */
    public record Nested(Query query, Place at) implements Body {
    }

    /** {@code into} is the new table's name or null; {@code from} is empty without FROM. */
    public record Select(
        boolean distinct, SqlExpression top, boolean withTies, List<Item> items, List<String> into, List<FromItem> from,
        SqlExpression where, List<SqlExpression> groupBy, SqlExpression having, Place at)
        implements Body {
    }

    /** {@code (VALUES …)} standing where a query may. */
    public record ValueRows(List<List<SqlExpression>> rows, Place at) implements Body {
    }

    /** A column of a select list; {@code assignTo} is a variable for {@code @x = value}, else null; {@code alias} null for none. */
    public record Item(SqlExpression value, String alias, String assignTo) {
    }

    /** What stands in a FROM clause. */
    public sealed interface FromItem {
        Place at();
    }

    /** A table, view, common table or table variable; {@code alias} null for none. */
    public record NamedTable(List<String> name, String alias, Place at) implements FromItem {
    }

    public record DerivedTable(Query query, String alias, List<String> columns, Place at) implements FromItem {
    }

    public record TableFunction(List<String> name, List<SqlExpression> arguments, String alias, List<String> columns, Place at)
        implements FromItem {
    }

    /** {@code INNER}, {@code LEFT}, {@code RIGHT}, {@code FULL} with a condition, {@code CROSS} with null. */
    public record JoinedTables(FromItem left, FromItem right, String kind, SqlExpression condition, Place at) implements FromItem {
    }

    public record AppliedTable(FromItem left, FromItem right, boolean outer, Place at) implements FromItem {
    }
}
