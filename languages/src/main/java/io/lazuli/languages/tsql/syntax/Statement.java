package io.lazuli.languages.tsql.syntax;

import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query.CommonTable;
import io.lazuli.languages.tsql.syntax.Query.FromItem;
import io.lazuli.languages.tsql.syntax.Query.Item;
import java.util.List;

/** A statement as the text says it; {@code at} is where it begins. Absent parts are null, absent lists empty. */
public sealed interface Statement {
    Place at();

    record SelectStatement(Query query, Place at) implements Statement {
    }

    /** Exactly one of {@code rows} and {@code execute} is given, or neither for DEFAULT VALUES; {@code output} is the OUTPUT list. */
    record Insert(
        List<CommonTable> with, List<String> table, List<String> columns, List<Item> output, Query rows, Execute execute, Place at)
        implements Statement {
    }

    /** {@code target} is a table's name or an alias of {@code from}. */
    record Update(
        List<CommonTable> with, SqlExpression top, List<String> target, List<Assignment> assignments, List<Item> output,
        List<FromItem> from, SqlExpression where, Place at) implements Statement {
    }

    /** {@code column = value}, {@code @variable = value}; {@code operator} is {@code =} or {@code +=} and the like. */
    record Assignment(String column, String variable, String operator, SqlExpression value, Place at) {
    }

    record Delete(
        List<CommonTable> with, SqlExpression top, List<String> target, List<Item> output, List<FromItem> from, SqlExpression where,
        Place at) implements Statement {
    }

    record Merge(
        List<CommonTable> with, List<String> target, String alias, FromItem source, SqlExpression condition, List<MergeAction> actions,
        List<Item> output, Place at) implements Statement {
    }

    /** A WHEN of a MERGE. */
    record MergeAction(When when, SqlExpression condition, Action action, List<Assignment> assignments, List<String> columns,
        List<SqlExpression> values, Place at) {
        /** Which pairs of rows it is for. */
        public enum When { MATCHED, NOT_MATCHED_BY_TARGET, NOT_MATCHED_BY_SOURCE }

        /** What it does to them. */
        public enum Action { UPDATE, DELETE, INSERT }
    }

    record Truncate(List<String> table, Place at) implements Statement {
    }

    record CreateTable(List<String> table, List<ColumnDefinition> columns, List<String> primaryKey, Place at) implements Statement {
    }

    /** {@code nullable} is null when not said. */
    record ColumnDefinition(
        String name, TypeName type, Boolean nullable, SqlExpression defaultValue, boolean primaryKey, Identity identity, Place at) {
    }

    record Identity(long seed, long step) {
    }

    /** {@code kind} is TABLE, VIEW, PROCEDURE, SCHEMA, TYPE. */
    record Drop(String kind, boolean ifExists, List<List<String>> names, Place at) implements Statement {
    }

    record CreateSchema(String name, Place at) implements Statement {
    }

    record AlterTable(List<String> table, List<TableChange> changes, Place at) implements Statement {
    }

    /** CREATE INDEX and DROP INDEX of an index that only makes queries faster. */
    record Index(List<String> table, Place at) implements Statement {
    }

    /** {@code text} is the whole statement; {@code query} its query. */
    record CreateView(List<String> name, List<String> columns, Query query, String text, Replace replace, Place at)
        implements Statement {
    }

    /** {@code text} is the whole statement; the table has the type's name. */
    record CreateTableType(List<String> name, CreateTable table, String text, Place at) implements Statement {
    }

    record CreateProcedure(
        List<String> name, List<Parameter> parameters, List<Statement> body, String text, Replace replace, Place at)
        implements Statement {
    }

    /** CREATE refuses what exists, ALTER what does not, CREATE OR ALTER neither. */
    enum Replace { CREATE, ALTER, CREATE_OR_ALTER }

    /** {@code table} is for a table-valued parameter, which is READONLY. */
    record Parameter(String name, TypeName type, SqlExpression defaultValue, boolean output, boolean table, Place at) {
    }

    /** {@code returnTo} is the variable of {@code EXEC @x = procedure}. */
    record Execute(String returnTo, List<String> procedure, List<Argument> arguments, Place at) implements Statement {
    }

    /** {@code EXEC (text)}. */
    record ExecuteText(SqlExpression text, Place at) implements Statement {
    }

    /** {@code name} is null for a positional argument; {@code value} null for DEFAULT. */
    record Argument(String name, SqlExpression value, boolean output) {
    }

    record Declare(List<Declaration> variables, Place at) implements Statement {
    }

    /** {@code type} is null for a table variable, whose columns are given instead; it may name a type of tables. */
    record Declaration(String name, TypeName type, SqlExpression value, CreateTable table, Place at) {
    }

    /** {@code operator} is {@code =}, {@code +=}, {@code -=} and the like. */
    record SetVariable(String name, String operator, SqlExpression value, Place at) implements Statement {
    }

    /** A SET that changes nothing here, such as NOCOUNT; {@code name} in upper case. */
    record SetOption(String name, String value, Place at) implements Statement {
    }

    record Print(SqlExpression text, Place at) implements Statement {
    }

    record If(SqlExpression condition, Statement then, Statement otherwise, Place at) implements Statement {
    }

    record While(SqlExpression condition, Statement body, Place at) implements Statement {
    }

    record Block(List<Statement> statements, Place at) implements Statement {
    }

    record Return(SqlExpression value, Place at) implements Statement {
    }

    record Break(Place at) implements Statement {
    }

    record Continue(Place at) implements Statement {
    }

    record TryCatch(Block attempt, Block handler, Place at) implements Statement {
    }

    /** All null for a bare THROW. */
    record Throw(SqlExpression number, SqlExpression message, SqlExpression state, Place at) implements Statement {
    }

    record Raise(SqlExpression message, SqlExpression severity, SqlExpression state, List<SqlExpression> arguments, Place at)
        implements Statement {
    }

    record BeginTransaction(String name, Place at) implements Statement {
    }

    record CommitTransaction(Place at) implements Statement {
    }

    record RollbackTransaction(String name, Place at) implements Statement {
    }

    /** {@code WAITFOR DELAY}. */
    record WaitFor(SqlExpression delay, Place at) implements Statement {
    }
}
