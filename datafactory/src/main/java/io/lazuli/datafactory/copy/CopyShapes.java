package io.lazuli.datafactory.copy;

import static io.lazuli.datafactory.workspace.shape.Property.arrayOf;
import static io.lazuli.datafactory.workspace.shape.Property.bool;
import static io.lazuli.datafactory.workspace.shape.Property.integer;
import static io.lazuli.datafactory.workspace.shape.Property.object;
import static io.lazuli.datafactory.workspace.shape.Property.of;
import static io.lazuli.datafactory.workspace.shape.Property.oneOf;
import static io.lazuli.datafactory.workspace.shape.Property.string;

import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Property.Kind;
import io.lazuli.datafactory.workspace.shape.Shape;

/** What a Copy activity's properties may be, for {@code lazuli check}. */
final class CopyShapes {
    private static final Shape ADDITIONAL_COLUMN = Shape.of(string("name").asRequired(), of("value", Kind.ANY));

    /** A source; each kind has properties of its own, so that those of all kinds are known. */
    static final Shape SOURCE = Shape.of(
        string("type").asRequired(), of("storeSettings", Kind.OBJECT), of("formatSettings", Kind.OBJECT),
        arrayOf("additionalColumns", ADDITIONAL_COLUMN), bool("recursive"), bool("treatEmptyAsNull"), integer("skipHeaderLineCount"),
        integer("sourceRetryCount"), string("sourceRetryWait"), integer("maxConcurrentConnections"), bool("disableMetricsCollection"),
        string("sqlReaderQuery"), string("query"), string("oracleReaderQuery"), string("sqlReaderStoredProcedureName"),
        of("storedProcedureParameters", Kind.OBJECT), bool("produceAdditionalTypes"), string("queryTimeout"), string("isolationLevel"),
        oneOf("partitionOption", "None", "PhysicalPartitionsOfTable", "DynamicRange"),
        object("partitionSettings", Shape.of(string("partitionColumnName"), of("partitionUpperBound", Kind.ANY),
            of("partitionLowerBound", Kind.ANY), of("partitionNames", Kind.ARRAY))),
        string("httpRequestTimeout"), string("requestInterval"), string("requestMethod"), string("requestBody"),
        of("additionalHeaders", Kind.ANY), of("paginationRules", Kind.OBJECT));

    /** A sink, likewise. */
    static final Shape SINK = Shape.of(
        string("type").asRequired(), of("storeSettings", Kind.OBJECT), of("formatSettings", Kind.OBJECT),
        oneOf("copyBehavior", "PreserveHierarchy", "FlattenHierarchy", "MergeFiles"), integer("maxConcurrentConnections"),
        bool("disableMetricsCollection"), of("writeBatchSize", Kind.INTEGER), string("writeBatchTimeout"), integer("sinkRetryCount"),
        string("sinkRetryWait"), string("preCopyScript"), oneOf("tableOption", "none", "autoCreate"),
        oneOf("writeBehavior", "insert", "upsert", "storedProcedure"),
        object("upsertSettings", Shape.of(bool("useTempDB"), string("interimSchemaName"), of("keys", Kind.ARRAY))),
        string("sqlWriterStoredProcedureName"), string("sqlWriterTableType"),
        string("storedProcedureTableTypeParameterName"), of("storedProcedureParameters", Kind.OBJECT),
        bool("sqlWriterUseTableLock"), bool("allowPolyBase"), of("polyBaseSettings", Kind.OBJECT), bool("allowCopyCommand"),
        of("copyCommandSettings", Kind.OBJECT), string("requestMethod"), string("requestInterval"), string("httpRequestTimeout"),
        string("httpCompressionType"), of("additionalHeaders", Kind.ANY));

    private static final Shape SIDE = Shape.of(string("name"), string("path"), of("ordinal", Kind.INTEGER), string("type"),
        string("physicalType"), string("format"), string("culture"), of("length", Kind.ANY), of("precision", Kind.ANY),
        of("scale", Kind.ANY));

    static final Shape TRANSLATOR = Shape.of(
        oneOf("type", "TabularTranslator"), arrayOf("mappings", Shape.of(object("source", SIDE), object("sink", SIDE))),
        of("columnMappings", Kind.ANY), of("schemaMapping", Kind.OBJECT), string("collectionReference"), bool("mapComplexValuesToString"),
        bool("typeConversion"), object("typeConversionSettings", Shape.of(bool("allowDataTruncation"), bool("treatBooleanAsNumber"),
            string("dateFormat"), string("dateTimeFormat"), string("dateTimeOffsetFormat"), string("timeSpanFormat"), string("culture"))),
        object("columnFlattenSettings", Shape.of(bool("treatArrayAsString"), bool("treatStructAsString"),
            string("flattenColumnDelimiter"))).asUnsupported(),
        bool("flattenRowDelimiter"));

    private static final Property LOG_SERVICE = of("linkedServiceName", Kind.LINKED_SERVICE_REFERENCE).asRequired();

    static final Shape COPY = Shape.of(
        object("source", SOURCE).asRequired(), object("sink", SINK).asRequired(), object("translator", TRANSLATOR),
        bool("enableStaging"), object("stagingSettings", Shape.ANYTHING), integer("parallelCopies"), of("dataIntegrationUnits", Kind.ANY),
        integer("cloudDataMovementUnits"), bool("enableSkipIncompatibleRow"),
        object("redirectIncompatibleRowSettings", Shape.of(LOG_SERVICE, string("path"))),
        object("logStorageSettings", Shape.of(LOG_SERVICE, string("path"), string("logLevel"), bool("enableReliableLogging"))),
        object("logSettings", Shape.of(bool("enableCopyActivityLog"),
            object("copyActivityLogSettings", Shape.of(oneOf("logLevel", "Warning", "Info"), bool("enableReliableLogging"))),
            object("logLocationSettings", Shape.of(LOG_SERVICE, string("path"))).asRequired())),
        object("skipErrorFile", Shape.of(bool("fileMissing"), bool("fileForbidden"), bool("dataInconsistency"), bool("invalidFileName"))),
        bool("validateDataConsistency"), of("preserve", Kind.ARRAY), of("preserveRules", Kind.ARRAY));

    private CopyShapes() {
    }
}
