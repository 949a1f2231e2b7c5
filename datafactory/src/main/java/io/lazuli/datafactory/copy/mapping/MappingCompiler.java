package io.lazuli.datafactory.copy.mapping;

import static io.lazuli.datafactory.copy.mapping.Formulas.isNull;
import static io.lazuli.datafactory.copy.mapping.Formulas.not;
import static io.lazuli.datafactory.copy.mapping.Formulas.text;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.expression.Call;
import io.lazuli.algebra.expression.ColumnReference;
import io.lazuli.algebra.expression.Expression;
import io.lazuli.algebra.expression.FieldAccess;
import io.lazuli.algebra.expression.Literal;
import io.lazuli.algebra.operator.ComparisonOperators;
import io.lazuli.algebra.operator.StringOperators;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.DecimalType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.MapType;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.StructType;
import io.lazuli.datafactory.connector.JsonPath;
import io.lazuli.datafactory.copy.failure.CopyFailure;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a source's rows, a translator and a sink's shape into plans. Pure: it reads no data. */
public final class MappingCompiler {
    private final Translator translator;
    private final SourceShape sourceShape;
    private final SinkShape sink;
    private final List<String> notes = new ArrayList<>();

    public MappingCompiler(Translator translator, SourceShape sourceShape, SinkShape sink) {
        this.translator = translator;
        this.sourceShape = sourceShape;
        this.sink = sink;
    }

    /** What the mapping leaves out silently in Azure; known after {@link #compile}. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Maps the rows of the input.
     *
     * @param ownColumns how many of the input's columns are the source's; the others are additional columns
     */
    public MappedRows compile(Plan input, int ownColumns) {
        SourceColumns source = new SourceColumns(input, sourceShape, ownColumns, translator.collection());
        List<MappedColumn> columns = new ArrayList<>();
        if (translator.mappings().isEmpty()) {
            for (NamedValue value : byName(source.rows())) {
                columns.add(mapped(value.value(), new Endpoint(value.name(), null, null, null, null, null, Place.UNKNOWN),
                    new Endpoint(value.name(), null, null, null, null, null, Place.UNKNOWN)));
            }
        } else {
            translator.mappings().forEach(mapping -> columns.add(mapped(source.find(mapping.source()), mapping.source(), mapping.sink())));
        }
        if (columns.isEmpty()) {
            throw CopyFailure.of("UserErrorNoColumnToCopy", "The source has no columns to copy.");
        }
        return new MappedRows(source.rows(), columns);
    }

    private record NamedValue(String name, Expression value) {
    }

    /** The default mapping: every column under its own name; for tabular sinks members of objects as {@code object.member}. */
    private List<NamedValue> byName(Plan rows) {
        List<NamedValue> values = new ArrayList<>();
        boolean flat = sourceShape == SourceShape.DOCUMENTS && !(sink instanceof SinkShape.Documents);
        for (Field field : rows.schema().fields()) {
            if (flat) {
                flatten(field.name(), ColumnReference.of(field), values);
            } else {
                values.add(new NamedValue(field.name(), ColumnReference.of(field)));
            }
        }
        return values;
    }

    private void flatten(String name, Expression value, List<NamedValue> values) {
        boolean complex = complex(value.type());
        if (!complex || translator.complexAsText()) {
            values.add(new NamedValue(name, value));
        } else if (value.type() instanceof StructType struct) {
            struct.fields().forEach(field -> flatten(name + "." + field.name(), FieldAccess.of(value, field.name()), values));
        } else {
            notes.add("Array '" + name + "' is not copied: map it with collectionReference or set mapComplexValuesToString");
        }
    }

    private static boolean complex(DataType type) {
        return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    }

    private MappedColumn mapped(Expression source, Endpoint from, Endpoint to) {
        JsonPath place = place(to);
        if (complex(source.type()) && sourceShape == SourceShape.DOCUMENTS && !(sink instanceof SinkShape.Documents)
            && !translator.complexAsText()) {
            return refused(place, from, source);
        }
        ConversionSettings reading = translator.conversion().with(from.format(), from.culture(), from.place());
        Expression value = source;
        Conversion first = Conversion.sure(source);
        if (from.type() != null && from.type().dataType() != ScalarType.STRING && textual(source.type()) && !decided(to)) {
            first = new Conversions(reading, from.place()).convert(source, from.type().dataType());
            value = first.value();
        }
        ConversionSettings settings = to.format() == null && to.culture() == null ? reading
            : translator.conversion().with(to.format(), to.culture(), to.place());
        DataType target = target(place, value.type(), from, to);
        Conversion second = converted(value, target, settings, to);
        Conversion both = first.certain() ? second
            : new Conversion(second.value(), Formulas.any(List.of(first.failed(), second.failed())), first.reason());
        DataType shown = first.certain() ? target : from.type().dataType();
        MappedColumn column = new MappedColumn(place, from.label(), source, both,
            FailureMessages.of(from.label(), source, shown, both, reading));
        return limited(column, place);
    }

    /** A text without a type of its own: delimited text, or a member whose type varies. */
    private static boolean textual(DataType type) {
        return type == ScalarType.STRING || type == ScalarType.VARIANT;
    }

    /** Whether the sink's own type takes the value at once, so that the source's type in the mapping says nothing more. */
    private boolean decided(Endpoint to) {
        return sink instanceof SinkShape.Table && to.format() == null;
    }

    private MappedColumn refused(JsonPath place, Endpoint from, Expression source) {
        String kind = source.type() instanceof ArrayType ? "JArray" : "JObject";
        String message = CopyFailure.text("UserErrorUnsupportedHierarchicalComplexValue", "The retrieved type of data " + kind
            + " is not supported yet. Please either remove the targeted column '" + from.label()
            + "' or enable skip incompatible row to skip the issue rows.");
        Conversion conversion = new Conversion(Formulas.nothing(ScalarType.STRING), not(isNull(source)), text(""));
        return new MappedColumn(place, from.label(), source, conversion, text(message));
    }

    private JsonPath place(Endpoint to) {
        if (sink instanceof SinkShape.Documents) {
            JsonPath path = to.path() != null ? to.path() : JsonPath.member(to.name() == null ? to.label() : to.name());
            if (path.steps().isEmpty() || !path.steps().stream().allMatch(JsonPath.Member.class::isInstance)) {
                throw CopyFailure.of("UserErrorInvalidColumnMapping", "The sink's path '%s' must name members of objects.", path);
            }
            return path;
        }
        if (to.name() != null) {
            return JsonPath.member(to.name());
        }
        boolean simple = to.path() != null && to.path().steps().size() == 1 && to.path().steps().getFirst() instanceof JsonPath.Member;
        return simple ? to.path() : to.path() != null ? JsonPath.member(to.path().toString()) : numbered(to);
    }

    private JsonPath numbered(Endpoint to) {
        if (sink instanceof SinkShape.Table table && to.ordinal() <= table.columns().size()) {
            return JsonPath.member(table.columns().get(to.ordinal() - 1).name());
        }
        return JsonPath.member(to.label());
    }

    private DataType target(JsonPath place, DataType type, Endpoint from, Endpoint to) {
        if (sink instanceof SinkShape.Table table) {
            return tableColumn(table, ((JsonPath.Member) place.steps().getFirst()).name()).type();
        }
        if (to.type() != null) {
            return to.type() == InterimType.DECIMAL && type instanceof DecimalType ? type : to.type().dataType();
        }
        boolean retyped = from.type() == InterimType.STRING && sourceShape == SourceShape.DOCUMENTS;
        DataType own = retyped || complex(type) && translator.complexAsText() ? ScalarType.STRING : type;
        boolean loose = own == ScalarType.NULL || own == ScalarType.VARIANT && !(sink instanceof SinkShape.Documents);
        return loose ? ScalarType.STRING : own;
    }

    private Conversion converted(Expression value, DataType target, ConversionSettings settings, Endpoint to) {
        Conversion typed = new Conversions(settings, to.place()).convert(value, target);
        Optional<Expression> written = switch (sink) {
            case SinkShape.TextColumns _ -> Optional.of(new TextWriting(settings, to.place()).of(typed.value()));
            case SinkShape.Documents _ -> inDocument(typed.value(), settings, to);
            case SinkShape.Table _, SinkShape.TypedColumns _ -> Optional.empty();
        };
        return written.map(text -> new Conversion(text, typed.failed(), typed.reason())).orElse(typed);
    }

    private static Optional<Expression> inDocument(Expression value, ConversionSettings settings, Endpoint to) {
        return switch (value.type()) {
            case ScalarType scalar -> switch (scalar) {
                case DATE, TIMESTAMP, INSTANT -> Optional.of(settings.dateTimeFormat() == null ? TextWriting.json(value, scalar)
                    : new TextWriting(settings, to.place()).of(value));
                case TIME, UUID, BINARY -> Optional.of(new TextWriting(settings, to.place()).of(value));
                default -> Optional.empty();
            };
            default -> Optional.empty();
        };
    }

    /** Adds what a table's column refuses: nulls, texts that are too long. */
    private MappedColumn limited(MappedColumn column, JsonPath place) {
        if (!(sink instanceof SinkShape.Table table)) {
            return column;
        }
        CreateTable.Column target = tableColumn(table, ((JsonPath.Member) place.steps().getFirst()).name());
        MappedColumn limited = column;
        Expression value = column.conversion().value();
        if (target.type() == ScalarType.STRING && target.maxLength().isPresent()) {
            Expression length = Call.of(StringOperators.LENGTH, value);
            Expression tooLong = Formulas.coalesce(
                Call.of(ComparisonOperators.GREATER, length, Literal.int32(target.maxLength().get())), Literal.FALSE);
            limited = limited.refusing(tooLong, CopyFailure.text("SqlBulkCopyInvalidColumnLength",
                "String or binary data would be truncated in table '" + table.name() + "', column '" + target.name() + "'; it takes "
                    + target.maxLength().get() + " characters."));
        }
        if (!target.nullable() && target.defaultValue().isEmpty() && target.identity().isEmpty()) {
            limited = limited.refusing(isNull(value), CopyFailure.text("SqlOperationFailed", "Cannot insert the value NULL into column '"
                + target.name() + "', table '" + table.name() + "'; column does not allow nulls. INSERT fails."));
        }
        return limited;
    }

    private CreateTable.Column tableColumn(SinkShape.Table table, String name) {
        Optional<CreateTable.Column> exact = table.columns().stream().filter(column -> column.name().equals(name)).findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        Optional<CreateTable.Column> similar =
            table.columns().stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
        if (similar.isPresent()) {
            throw CopyFailure.on("Sink", "SqlColumnNameMismatchByCaseSensitive", String.format("Column '%s' in DataSet '%s' cannot be "
                + "found in physical SQL Database. Column matching is case-sensitive. Column '%s' appears similar. Check the DataSet(s) "
                + "configuration to proceed further.", name, table.dataset(), similar.get().name()), null);
        }
        throw CopyFailure.on("Sink", "UserErrorInvalidColumnName", String.format("The column %s is not found in target side%s",
            name, NearestName.hint(name, table.columns().stream().map(CreateTable.Column::name).toList())), null);
    }
}
