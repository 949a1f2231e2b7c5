package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.source.TableName;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlError;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds tables by the names that statements give them. */
public final class Tables {
    /** Where tables without a schema in their name are. */
    public static final String DEFAULT_SCHEMA = "dbo";
    /** Tables of this program itself, which no catalog view shows. */
    public static final String INTERNAL_SCHEMA = "lazuli_internal";
    private final Environment environment;

    public Tables(Environment environment) {
        this.environment = environment;
    }

    /** The table's full name, whether it exists or not. */
    public TableName name(List<String> parts, Place at) {
        String last = parts.getLast();
        if (last.startsWith("@") || last.startsWith("#")) {
            return environment.temporaryTable(last).orElseThrow(() -> last.startsWith("@")
                ? failure(SqlError.UNDECLARED_VARIABLE, at, "Must declare the table variable \"%s\".", last)
                : FromBinder.unknownTable(parts, at, ""));
        }
        requireOwnDatabase(parts, at);
        return new TableName(environment.catalog().database(), schema(parts), last);
    }

    static String schema(List<String> parts) {
        return parts.size() > 1 && !parts.get(parts.size() - 2).isEmpty() ? parts.get(parts.size() - 2) : DEFAULT_SCHEMA;
    }

    private void requireOwnDatabase(List<String> parts, Place at) {
        String own = SystemFunctions.databaseName(environment.catalog().database());
        if (parts.size() > 3 || parts.size() == 3 && !parts.getFirst().equalsIgnoreCase(own)) {
            throw failure(CommonError.NOT_SUPPORTED, at, "The table %s of another database is not supported; this database is '%s'",
                String.join(".", parts), own);
        }
    }

    public Catalog.Table require(List<String> parts, Place at) {
        TableName name = name(parts, at);
        return environment.catalog().table(name.schema(), name.name()).orElseThrow(() -> FromBinder.unknownTable(parts, at, hint(name)));
    }

    private String hint(TableName wanted) {
        List<String> known = environment.catalog().tables().stream().filter(table -> table.schema().equalsIgnoreCase(wanted.schema()))
            .map(TableName::name).toList();
        return NearestName.of(wanted.name(), known).map(nearest -> " Did you mean '" + wanted.schema() + "." + nearest + "'?").orElse("");
    }

    Environment.View view(List<String> parts) {
        return parts.getLast().startsWith("@") || parts.getLast().startsWith("#") ? null
            : environment.view(schema(parts), parts.getLast()).orElse(null);
    }

    /** {@code kind} as OBJECT_ID takes it: U, V, P or null for any. */
    boolean exists(String kind, String schema, String name) {
        boolean table = environment.catalog().table(schema, name).isPresent();
        boolean view = environment.view(schema, name).isPresent();
        boolean procedure = environment.procedures().stream()
            .anyMatch(each -> each.schema().equalsIgnoreCase(schema) && each.name().equalsIgnoreCase(name));
        return switch (kind == null ? "" : kind) {
            case "" -> table || view || procedure;
            case "U" -> table;
            case "V" -> view;
            case "P" -> procedure;
            default -> false;
        };
    }

    static SqlType type(CreateTable.Column column) {
        return declared(column).filter(type -> type.dataType().getClass() == column.type().getClass()
            && (!type.isNumber() || type.dataType().equals(column.type()))).orElseGet(() -> SqlType.of(column.type()));
    }

    private static Optional<SqlType> declared(CreateTable.Column column) {
        try {
            SqlType type = SqlType.of(TsqlParser.type(column.declaredType()), 1);
            return type.dataType().equals(column.type()) ? Optional.of(type) : Optional.empty();
        } catch (LazuliException anotherLanguages) {
            // The column was made by another language: its algebra type says what it is.
            return Optional.empty();
        }
    }

    /** The column's value as its T-SQL type carries it. */
    static Expression carried(Expression column, SqlType type) {
        return Cast.strict(column, type.dataType());
    }

    /** A number that stands for an object's name, the same in every session. */
    static int identifier(String schema, String name) {
        int hash = (schema + "." + name).toLowerCase(Locale.ROOT).hashCode() & Integer.MAX_VALUE;
        return Math.max(1, hash);
    }

    static int bytes(SqlType type) {
        return switch (type.kind()) {
            case NCHAR, NVARCHAR -> type.length() == SqlType.MAX ? -1 : type.length() * 2;
            case CHAR, VARCHAR, BINARY, VARBINARY -> type.length();
            case BIT, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, REAL, SMALLDATETIME, SMALLMONEY -> 4;
            case DATE -> 3;
            case TIME -> 5;
            case DATETIMEOFFSET -> 10;
            case UNIQUEIDENTIFIER -> 16;
            case DECIMAL -> type.precision() <= 9 ? 5 : type.precision() <= 19 ? 9 : type.precision() <= 28 ? 13 : 17;
            default -> 8;
        };
    }
}
