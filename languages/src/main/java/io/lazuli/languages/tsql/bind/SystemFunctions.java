package io.lazuli.languages.tsql.bind;

import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.Cast;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.languages.tsql.bind.FunctionBinder.Function;
import io.lazuli.languages.tsql.syntax.SqlExpression.FunctionCall;
import io.lazuli.languages.tsql.syntax.TsqlParser;
import io.lazuli.languages.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Functions that ask for objects of the database, and the few that fit nowhere else. */
final class SystemFunctions {
    static final Map<String, Function> ALL = Map.of(
        "NEWID", Function.of(0, (call, binder) -> new Typed(Call.of(StringOperators.NEW_UUID), SqlType.UNIQUEIDENTIFIER)),
        "DB_NAME", Function.of(0, (call, binder) -> Typed.nationalText(databaseName(binder.environment().catalog().database()))),
        "OBJECT_ID", Function.of(1, 2, SystemFunctions::objectId),
        "SCHEMA_ID", Function.of(1, SystemFunctions::schemaId),
        "COL_LENGTH", Function.of(2, SystemFunctions::columnLength),
        "ISNUMERIC", Function.of(1, SystemFunctions::isNumeric),
        "DATABASE_PRINCIPAL_ID", Function.of(0, (call, binder) -> Typed.int32(1)));

    private SystemFunctions() {
    }

    static String databaseName(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** A number that is the object's as long as it exists, null when there is none. */
    private static Typed objectId(FunctionCall call, ExpressionBinder binder) {
        if (!(binder.text(call.arguments().getFirst()).constant() instanceof String name)) {
            return notConstant(call, "OBJECT_ID");
        }
        String kind = call.arguments().size() == 1 ? null
            : String.valueOf(binder.text(call.arguments().get(1)).constant()).strip().toUpperCase(java.util.Locale.ROOT);
        List<String> parts = nameParts(name);
        String schema = parts.size() > 1 && !parts.get(parts.size() - 2).isEmpty() ? parts.get(parts.size() - 2) : "dbo";
        Tables tables = new Tables(binder.environment());
        boolean exists = parts.getLast().startsWith("#")
            ? binder.environment().temporaryTable(parts.getLast()).isPresent() : tables.exists(kind, schema, parts.getLast());
        return exists ? Typed.int32(Tables.identifier(schema, parts.getLast())) : Typed.nothing(SqlType.INT);
    }

    private static Typed notConstant(FunctionCall call, String name) {
        throw ExpressionBinder.unsupported(name + " of a name that is not constant", call.at());
    }

    /** The parts of a quoted or plain name; text that is none is one part. */
    static List<String> nameParts(String text) {
        List<String> parts = new ArrayList<>();
        Arrays.stream(text.strip().split("\\.(?=(?:[^\\[\\]]*\\[[^\\]]*\\])*[^\\[\\]]*$)"))
            .map(part -> part.strip().replaceAll("^\\[(.*)\\]$", "$1").replaceAll("^\"(.*)\"$", "$1")).forEach(parts::add);
        return parts;
    }

    private static Typed schemaId(FunctionCall call, ExpressionBinder binder) {
        if (!(binder.text(call.arguments().getFirst()).constant() instanceof String name)) {
            return notConstant(call, "SCHEMA_ID");
        }
        boolean exists = name.equalsIgnoreCase("dbo") || binder.environment().schemas().stream().anyMatch(name::equalsIgnoreCase);
        return exists ? Typed.int32(Tables.identifier("", name)) : Typed.nothing(SqlType.INT);
    }

    private static Typed columnLength(FunctionCall call, ExpressionBinder binder) {
        if (!(binder.text(call.arguments().getFirst()).constant() instanceof String table)
            || !(binder.text(call.arguments().get(1)).constant() instanceof String column)) {
            return notConstant(call, "COL_LENGTH");
        }
        List<String> parts = nameParts(table);
        String schema = parts.size() > 1 ? parts.get(parts.size() - 2) : "dbo";
        return binder.environment().catalog().table(schema, parts.getLast())
            .flatMap(found -> found.columns().stream().filter(candidate -> candidate.name().equalsIgnoreCase(column)).findFirst())
            .map(found -> Typed.int32(Tables.bytes(SqlType.of(TsqlParser.type(found.declaredType()), 1))))
            .orElse(Typed.nothing(SqlType.INT));
    }

    private static Typed isNumeric(FunctionCall call, ExpressionBinder binder) {
        Expression text = binder.text(call.arguments().getFirst()).expression();
        Expression number = new Cast(Expressions.trim(text), ScalarType.FLOAT64, Cast.OnFailure.NULL);
        return new Typed(Expressions.choose(Expressions.isNull(number), Literal.int32(0), Literal.int32(1)), SqlType.INT);
    }

}
