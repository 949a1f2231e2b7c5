package io.lazuli.languages.tsql.bind;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.algebra.engine.Catalog;
import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.source.TableName;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.Schema;
import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.languages.tsql.bind.BoundQuery.Column;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The views of the catalog that metadata-driven pipelines read: {@code sys.tables}, {@code INFORMATION_SCHEMA.COLUMNS} and others. */
final class SystemViews {
    private static final List<String> KNOWN = List.of("INFORMATION_SCHEMA.TABLES", "INFORMATION_SCHEMA.COLUMNS",
        "INFORMATION_SCHEMA.SCHEMATA", "INFORMATION_SCHEMA.VIEWS", "INFORMATION_SCHEMA.ROUTINES", "SYS.TABLES", "SYS.VIEWS",
        "SYS.OBJECTS", "SYS.SCHEMAS", "SYS.COLUMNS", "SYS.PROCEDURES");
    private final Environment environment;
    private final Names names;

    SystemViews(Environment environment, Names names) {
        this.environment = environment;
        this.names = names;
    }

    static boolean isView(List<String> name) {
        return name.size() > 1 && List.of("SYS", "INFORMATION_SCHEMA").contains(name.get(name.size() - 2).toUpperCase(Locale.ROOT));
    }

    BoundQuery bind(List<String> name, Place at) {
        String view = (name.get(name.size() - 2) + "." + name.getLast()).toUpperCase(Locale.ROOT);
        Rows rows = new Rows();
        switch (view) {
            case "INFORMATION_SCHEMA.TABLES" -> informationTables(rows);
            case "INFORMATION_SCHEMA.VIEWS" -> environment.views().forEach(each -> rows.add(informationTable(each, "VIEW")));
            case "INFORMATION_SCHEMA.COLUMNS" -> tables().forEach(table -> informationColumns(table, rows));
            case "INFORMATION_SCHEMA.SCHEMATA" -> schemas().forEach(schema -> rows.add(Map.of("SCHEMA_NAME", text(schema))));
            case "INFORMATION_SCHEMA.ROUTINES" -> environment.procedures().forEach(each -> rows.add(ordered(
                "ROUTINE_CATALOG", database(), "ROUTINE_SCHEMA", text(each.schema()), "ROUTINE_NAME", text(each.name()),
                "ROUTINE_TYPE", text("PROCEDURE"))));
            case "SYS.TABLES" -> tables().forEach(table -> rows.add(object(table.name(), "U ", "USER_TABLE")));
            case "SYS.VIEWS" -> environment.views().forEach(each -> rows.add(object(each, "V ", "VIEW")));
            case "SYS.PROCEDURES" -> environment.procedures().forEach(each -> rows.add(object(each, "P ", "SQL_STORED_PROCEDURE")));
            case "SYS.OBJECTS" -> objects(rows);
            case "SYS.SCHEMAS" -> schemas().forEach(schema -> rows.add(ordered("name", text(schema), "schema_id",
                Typed.int32(Tables.identifier("", schema)))));
            case "SYS.COLUMNS" -> tables().forEach(table -> systemColumns(table, rows));
            default -> throw failure(CommonError.NOT_SUPPORTED, at, "The catalog view %s is not supported%s", view,
                NearestName.hint(view, KNOWN));
        }
        return rows.query(view);
    }

    private Stream<Catalog.Table> tables() {
        Catalog catalog = environment.catalog();
        return catalog.tables().stream().filter(name -> !name.schema().equals(Tables.INTERNAL_SCHEMA) && !name.schema().startsWith("#"))
            .flatMap(name -> catalog.table(name.schema(), name.name()).stream());
    }

    private List<String> schemas() {
        return Stream.concat(Stream.of(Tables.DEFAULT_SCHEMA, "sys", "INFORMATION_SCHEMA"),
            Stream.concat(environment.schemas().stream(), tables().map(table -> table.name().schema()))).distinct().toList();
    }

    private Typed database() {
        return text(SystemFunctions.databaseName(environment.catalog().database()));
    }

    private void informationTables(Rows rows) {
        tables().forEach(table -> rows.add(informationTable(table.name(), "BASE TABLE")));
        environment.views().forEach(view -> rows.add(informationTable(view, "VIEW")));
    }

    private Map<String, Typed> informationTable(TableName name, String type) {
        return ordered("TABLE_CATALOG", database(), "TABLE_SCHEMA", text(name.schema()), "TABLE_NAME", text(name.name()),
            "TABLE_TYPE", text(type));
    }

    private void informationColumns(Catalog.Table table, Rows rows) {
        int position = 0;
        for (CreateTable.Column column : table.columns()) {
            SqlType type = Tables.type(column);
            Map<String, Typed> row = ordered("TABLE_CATALOG", database(), "TABLE_SCHEMA", text(table.name().schema()),
                "TABLE_NAME", text(table.name().name()), "COLUMN_NAME", text(column.name()), "ORDINAL_POSITION", Typed.int32(++position));
            row.put("IS_NULLABLE", text(column.nullable() ? "YES" : "NO"));
            row.put("DATA_TYPE", text(type.kind().name().toLowerCase(Locale.ROOT)));
            boolean sized = type.isString() || type.isBinary();
            row.put("CHARACTER_MAXIMUM_LENGTH", sized ? Typed.int32(type.length()) : Typed.nothing(SqlType.INT));
            row.put("NUMERIC_PRECISION", type.isNumber() && !type.isFloat() ? Typed.int32(type.asDecimal().precision())
                : Typed.nothing(SqlType.INT));
            row.put("NUMERIC_SCALE", type.isNumber() && !type.isFloat() ? Typed.int32(type.scale()) : Typed.nothing(SqlType.INT));
            row.put("DATETIME_PRECISION", type.isTemporal() ? Typed.int32(type.scale()) : Typed.nothing(SqlType.INT));
            row.put("COLUMN_DEFAULT", column.defaultValue().map(value -> text("(" + value
                + ")")).orElse(Typed.nothing(SqlType.nvarchar(4000))));
            rows.add(row);
        }
    }

    private static Map<String, Typed> object(TableName name, String type, String description) {
        return ordered("name", text(name.name()), "object_id", Typed.int32(Tables.identifier(name.schema(), name.name())),
            "schema_id", Typed.int32(Tables.identifier("", name.schema())), "type", text(type), "type_desc", text(description));
    }

    private void objects(Rows rows) {
        tables().forEach(table -> rows.add(object(table.name(), "U ", "USER_TABLE")));
        environment.views().forEach(view -> rows.add(object(view, "V ", "VIEW")));
        environment.procedures().forEach(procedure -> rows.add(object(procedure, "P ", "SQL_STORED_PROCEDURE")));
    }

    private static void systemColumns(Catalog.Table table, Rows rows) {
        int position = 0;
        for (CreateTable.Column column : table.columns()) {
            SqlType type = Tables.type(column);
            Map<String, Typed> row = ordered("object_id", Typed.int32(Tables.identifier(table.name().schema(), table.name().name())),
                "name", text(column.name()), "column_id", Typed.int32(++position), "max_length", Typed.int32(Tables.bytes(type)),
                "precision", Typed.int32(type.isNumber() ? type.asDecimal().precision() : 0));
            row.put("scale", Typed.int32(type.scale()));
            row.put("is_nullable", bit(column.nullable()));
            row.put("is_identity", bit(column.identity().isPresent()));
            rows.add(row);
        }
    }

    private static Typed bit(boolean value) {
        return new Typed(value ? io.lazuli.algebra.expression.Literal.TRUE : io.lazuli.algebra.expression.Literal.FALSE, SqlType.BIT);
    }

    private static Typed text(String text) {
        return new Typed(Expressions.string(text), SqlType.nvarchar(4000));
    }

    private static Map<String, Typed> ordered(Object... namesAndValues) {
        Map<String, Typed> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], (Typed) namesAndValues[i + 1]);
        }
        return row;
    }

    /** Rows of one shape, and the shape itself for a view without rows. */
    private final class Rows {
        private final List<Map<String, Typed>> rows = new ArrayList<>();

        void add(Map<String, Typed> row) {
            rows.add(row);
        }

        BoundQuery query(String view) {
            Map<String, Typed> shape = rows.isEmpty() ? emptyShape(view) : rows.getFirst();
            List<Column> columns = new ArrayList<>();
            shape.forEach((name, value) -> columns.add(new Column(name, names.next(name), value.type())));
            Schema schema = new Schema(columns.stream().map(column -> new Field(column.inPlan(), column.type().dataType())).toList());
            List<List<Expression>> values = rows.stream().map(row -> row.values().stream().map(Typed::expression).toList()).toList();
            return new BoundQuery(new Values(schema, values), columns);
        }
    }

    /** What a row of the view would be, by an object that does not exist. */
    private Map<String, Typed> emptyShape(String view) {
        TableName nothing = new TableName("", "", "");
        Rows sample = new Rows();
        CreateTable.Column column = CreateTable.Column.of("", SqlType.INT.dataType());
        Catalog.Table table = new Catalog.Table(nothing, List.of(column), List.of());
        switch (view) {
            case "INFORMATION_SCHEMA.TABLES", "INFORMATION_SCHEMA.VIEWS" -> sample.add(informationTable(nothing, ""));
            case "INFORMATION_SCHEMA.COLUMNS" -> informationColumns(table, sample);
            case "INFORMATION_SCHEMA.ROUTINES" -> sample.add(ordered("ROUTINE_CATALOG", text(""), "ROUTINE_SCHEMA", text(""),
                "ROUTINE_NAME", text(""), "ROUTINE_TYPE", text("")));
            case "SYS.COLUMNS" -> systemColumns(table, sample);
            default -> sample.add(object(nothing, "", ""));
        }
        return sample.rows.getFirst();
    }
}
