package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.Query;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** What a statement sees of the session that runs it. */
public interface Environment {
    /** The session's database. */
    Catalog catalog();

    /** The value of {@code @name} now, or error 137. */
    Typed variable(String name, Place at);

    /** The time at which the statement began, in UTC; null in a column's default, whose time is that of the insert. */
    LocalDateTime now();

    /** The table behind {@code @name} or {@code #name}. */
    Optional<TableName> temporaryTable(String name);

    Optional<View> view(String schema, String name);

    /** Stored procedures, for {@code OBJECT_ID} and the catalog's views. */
    List<TableName> procedures();

    List<TableName> views();

    List<String> schemas();

    /** What the session knows, such as {@code @@ROWCOUNT} or {@code ERROR_MESSAGE()}; names in upper case. */
    Optional<Typed> property(String name);

    /** The value of an expression without columns. */
    Object evaluate(Expression expression);

    /** A view's columns, empty when its query names them, and its query. */
    record View(TableName name, List<String> columns, Query query) {
    }
}
