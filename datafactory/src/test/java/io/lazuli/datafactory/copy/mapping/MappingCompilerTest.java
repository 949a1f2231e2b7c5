package io.lazuli.datafactory.copy.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.algebra.engine.CreateTable;
import io.lazuli.algebra.plan.Filter;
import io.lazuli.algebra.plan.NamedExpression;
import io.lazuli.algebra.plan.Plan;
import io.lazuli.algebra.plan.Project;
import io.lazuli.algebra.plan.Unnest;
import io.lazuli.algebra.plan.Values;
import io.lazuli.algebra.type.ArrayType;
import io.lazuli.algebra.type.DataType;
import io.lazuli.algebra.type.Field;
import io.lazuli.algebra.type.ScalarType;
import io.lazuli.algebra.type.Schema;
import io.lazuli.algebra.type.StructType;
import io.lazuli.foundation.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MappingCompilerTest {
    private static final SinkShape TYPED = new SinkShape.TypedColumns();
    private static final SinkShape DOCUMENTS = new SinkShape.Documents();
    private static final StructType LINE = new StructType(List.of(field("prod", ScalarType.STRING), field("price", ScalarType.INT64)));
    private static final Plan ORDERS = rows(field("number", ScalarType.STRING), field("orders", new ArrayType(LINE)),
        field("city", new ArrayType(new StructType(List.of(field("name", ScalarType.STRING))))));

    @Test
    void defaultMappingKeepsEveryColumnUnderItsName() {
        MappedRows mapped = compile(null, rows(field("a", ScalarType.STRING), field("b", ScalarType.INT32)), TYPED);
        assertThat(columns(mapped)).containsExactly("a := a", "b := b");
        assertThat(mapped.mayFail()).isFalse();
    }

    @Test
    void explicitMappingChoosesRenamesAndOrders() {
        assertThat(columns(compile("""
            {"mappings": [{"source": {"name": "b"}, "sink": {"name": "x"}}, {"source": {"ordinal": 1}, "sink": {"name": "y"}}]}""",
            rows(field("a", ScalarType.STRING), field("b", ScalarType.INT32)), TYPED))).containsExactly("x := b", "y := a");
    }

    @Test
    void columnThatTheSourceLacksFailsInAzuresWords() {
        assertThatThrownBy(() -> compile("{\"mappings\": [{\"source\": {\"name\": \"C2\"}, \"sink\": {\"name\": \"x\"}}]}",
            rows(field("c2", ScalarType.STRING)), TYPED)).hasMessageContaining("ErrorCode=UserErrorInvalidColumnMappingColumnNotFound")
            .hasMessageContaining("Column 'C2' specified in column mapping cannot be found in source data.");
    }

    @Test
    void collectionReferenceGivesARowForEachElement() {
        MappedRows mapped = documents("""
            {"mappings": [{"source": {"path": "$['number']"}, "sink": {"name": "orderNumber"}},
              {"source": {"path": "['prod']"}, "sink": {"name": "order_pd"}},
              {"source": {"path": "$['city'][0]['name']"}, "sink": {"name": "city"}}], "collectionReference": "$['orders']"}""", TYPED);
        assertThat(columns(mapped)).containsExactly("orderNumber := number", "order_pd := collection element.prod",
            "city := element_at(city, 0).name");
        assertThat(((Project) mapped.all()).input()).isInstanceOfSatisfying(Unnest.class, unnest -> {
            assertThat(unnest.array()).hasToString("orders");
            assertThat(unnest.outer()).isFalse();
        });
    }

    @Test
    void memberThatNoDocumentHasIsNull() {
        assertThat(columns(documents("{\"mappings\": [{\"source\": {\"path\": \"$.x.y\"}, \"sink\": {\"name\": \"x\"}}]}", TYPED)))
            .containsExactly("x := null");
    }

    @Test
    void defaultMappingOfDocumentsToColumnsFlattensObjectsAndNotesArrays() {
        Plan rows = rows(field("id", ScalarType.INT64), field("at", LINE), field("tags", new ArrayType(ScalarType.STRING)));
        MappingCompiler compiler = new MappingCompiler(Translator.DEFAULT, SourceShape.DOCUMENTS, TYPED);
        assertThat(columns(compiler.compile(rows, 3))).containsExactly("id := id", "at.prod := at.prod", "at.price := at.price");
        assertThat(compiler.notes()).singleElement().asString().contains("'tags'");
    }

    @Test
    void complexValuesBecomeTextWhenAskedTo() {
        assertThat(columns(documents("{\"mapComplexValuesToString\": true}", TYPED)).get(1)).contains("json_text(orders)");
    }

    @Test
    void complexValueIsRefusedRowByRowOtherwise() {
        MappedRows mapped = documents("{\"mappings\": [{\"source\": {\"path\": \"$.orders\"}, \"sink\": {\"name\": \"o\"}}]}", TYPED);
        assertThat(columns(mapped).getFirst()).contains("UserErrorUnsupportedHierarchicalComplexValue").contains("JArray");
        assertThat(mapped.mayFail()).isTrue();
    }

    @Test
    void pathsOfTheSinkBuildNestedDocuments() {
        MappedRows mapped = compile("""
            {"mappings": [{"source": {"name": "a"}, "sink": {"path": "$['x']['y']"}},
              {"source": {"name": "b"}, "sink": {"path": "$.x.z"}}]}""",
            rows(field("a", ScalarType.STRING), field("b", ScalarType.INT32)), DOCUMENTS);
        assertThat(mapped.all().schema().fields()).map(Field::toString).containsExactly("x struct<y:string,z:int32>");
    }

    @Test
    void tableColumnsDecideTheTypes() {
        MappedRows mapped = compile(null, rows(field("id", ScalarType.STRING)), table(CreateTable.Column.of("id", ScalarType.INT32)));
        assertThat(mapped.all().schema().fields().getFirst().type()).isEqualTo(ScalarType.INT32);
        assertThat(columns(mapped).getFirst()).contains("UserErrorInvalidDataValue");
        assertThat(((Project) mapped.compatible()).input()).isInstanceOf(Filter.class);
    }

    @Test
    void columnThatTheTableLacksFails() {
        SinkShape table = table(CreateTable.Column.of("Id", ScalarType.STRING));
        assertThatThrownBy(() -> compile(null, rows(field("Prop_0", ScalarType.STRING)), table))
            .hasMessageContaining("ErrorCode=UserErrorInvalidColumnName")
            .hasMessageContaining("The column Prop_0 is not found in target side");
        assertThatThrownBy(() -> compile(null, rows(field("id", ScalarType.STRING)), table))
            .hasMessageContaining("ErrorCode=SqlColumnNameMismatchByCaseSensitive").hasMessageContaining("Column 'Id' appears similar");
    }

    @Test
    void sameSinkColumnTwiceFails() {
        assertThatThrownBy(() -> compile("""
            {"mappings": [{"source": {"name": "a"}, "sink": {"name": "x"}}, {"source": {"name": "a"}, "sink": {"name": "x"}}]}""",
            rows(field("a", ScalarType.STRING)), TYPED).all()).hasMessageContaining("Duplicate column 'x'");
    }

    @Test
    void conversionThatTheMatrixLacksIsRefused() {
        assertThatThrownBy(() -> compile(null, rows(field("g", ScalarType.UUID)), table(CreateTable.Column.of("g", ScalarType.INT32))))
            .hasMessage("A copy does not convert Guid to Int32");
    }

    private static SinkShape table(CreateTable.Column... columns) {
        return new SinkShape.Table("dbo.t", "sinkData", List.of(columns));
    }

    private static List<String> columns(MappedRows mapped) {
        return ((Project) mapped.all()).columns().stream().map(NamedExpression::toString).toList();
    }

    private static MappedRows documents(String translator, SinkShape sink) {
        return new MappingCompiler(read(translator), SourceShape.DOCUMENTS, sink).compile(ORDERS, 3);
    }

    private static MappedRows compile(String translator, Plan rows, SinkShape sink) {
        return new MappingCompiler(read(translator), SourceShape.NAMED_COLUMNS, sink).compile(rows, rows.schema().size());
    }

    private static Translator read(String json) {
        return json == null ? Translator.DEFAULT : TranslatorReader.read(new JsonMapper().readTree(json), Place.UNKNOWN);
    }

    private static Plan rows(Field... fields) {
        return new Values(new Schema(List.of(fields)), List.of());
    }

    private static Field field(String name, DataType type) {
        return new Field(name, type);
    }
}
