package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import java.util.List;

/** An expression or condition as the text says it; {@code at} is where it begins. Absent parts are null. */
public sealed interface SqlExpression {
    Place at();

    /** How a constant was written. */
    enum ConstantKind { NULL, INTEGER, DECIMAL, FLOAT, MONEY, STRING, NATIONAL_STRING, BINARY }

    /** A constant; {@code text} without quotes or prefix. */
    record Constant(ConstantKind kind, String text, Place at) implements SqlExpression {
    }

    /** {@code column}, {@code alias.column}, {@code schema.table.column}. */
    record ColumnName(List<String> parts, Place at) implements SqlExpression {
        public String column() {
            return parts.getLast();
        }
    }

    /** {@code *} or {@code alias.*} in a select list. */
    record Star(List<String> qualifier, Place at) implements SqlExpression {
    }

    /** {@code @name} or {@code @@name}, with its signs. */
    record Variable(String name, Place at) implements SqlExpression {
    }

    /** {@code -x}, {@code +x}, {@code ~x}. */
    record Unary(String operator, SqlExpression operand, Place at) implements SqlExpression {
    }

    /** {@code + - * / % & | ^}. */
    record Binary(String operator, SqlExpression left, SqlExpression right, Place at) implements SqlExpression {
    }

    /** {@code = <> < <= > >=}. */
    record Comparison(String operator, SqlExpression left, SqlExpression right, Place at) implements SqlExpression {
    }

    record And(SqlExpression left, SqlExpression right, Place at) implements SqlExpression {
    }

    record Or(SqlExpression left, SqlExpression right, Place at) implements SqlExpression {
    }

    record Not(SqlExpression condition, Place at) implements SqlExpression {
    }

    record IsNull(SqlExpression value, boolean negated, Place at) implements SqlExpression {
    }

    record Between(SqlExpression value, SqlExpression low, SqlExpression high, boolean negated, Place at) implements SqlExpression {
    }

    record InList(SqlExpression value, List<SqlExpression> items, boolean negated, Place at) implements SqlExpression {
    }

    record InQuery(SqlExpression value, Query query, boolean negated, Place at) implements SqlExpression {
    }

    record Exists(Query query, Place at) implements SqlExpression {
    }

    record Like(SqlExpression value, SqlExpression pattern, SqlExpression escape, boolean negated, Place at) implements SqlExpression {
    }

    /** {@code input} is null for the form with conditions. */
    record Case(SqlExpression input, List<Branch> branches, SqlExpression otherwise, Place at) implements SqlExpression {
    }

    /** A {@code WHEN} of a CASE. */
    record Branch(SqlExpression when, SqlExpression then) {
    }

    /** A call; {@code star} for {@code COUNT(*)}, {@code withinGroup} for {@code STRING_AGG}, {@code over} null when there is none. */
    record FunctionCall(
        List<String> name, List<SqlExpression> arguments, boolean distinct, boolean star, List<OrderItem> withinGroup, Over over, Place at)
        implements SqlExpression {
    }

    /** {@code OVER (PARTITION BY … ORDER BY … frame)}. */
    record Over(List<SqlExpression> partitionBy, List<OrderItem> orderBy, Frame frame, Place at) {
    }

    /** Bounds count rows: negative before, positive after, 0 the current row, null without end. */
    record Frame(boolean rows, Long start, Long end) {
    }

    record OrderItem(SqlExpression expression, boolean ascending) {
    }

    /** {@code CAST}, {@code CONVERT} and their {@code TRY_} forms. */
    record Conversion(SqlExpression value, TypeName type, SqlExpression style, boolean orNull, Place at) implements SqlExpression {
    }

    record Subquery(Query query, Place at) implements SqlExpression {
    }

    record AtTimeZone(SqlExpression value, SqlExpression zone, Place at) implements SqlExpression {
    }

    /** {@code collation} is its name as written. */
    record Collate(SqlExpression value, String collation, Place at) implements SqlExpression {
    }
}
