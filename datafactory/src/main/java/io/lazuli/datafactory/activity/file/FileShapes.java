package io.lazuli.datafactory.activity.file;

import io.lazuli.datafactory.workspace.shape.Property;
import io.lazuli.datafactory.workspace.shape.Shape;

/** What settings of file stores and formats may hold, for {@code lazuli check}. */
public final class FileShapes {
    /** The {@code storeSettings} of a source. */
    public static final Shape READ_STORE = Shape.of(
        Property.string("type").asRequired(),
        Property.bool("recursive"),
        Property.string("wildcardFolderPath"),
        Property.string("wildcardFileName"),
        Property.string("prefix"),
        Property.string("fileFilter"),
        Property.string("fileListPath"),
        Property.string("modifiedDatetimeStart"),
        Property.string("modifiedDatetimeEnd"),
        Property.bool("enablePartitionDiscovery"),
        Property.string("partitionRootPath"),
        Property.bool("deleteFilesAfterCompletion"),
        Property.integer("maxConcurrentConnections"),
        Property.bool("disableMetricsCollection"));

    /** The {@code storeSettings} of a sink. */
    public static final Shape WRITE_STORE = Shape.of(
        Property.string("type").asRequired(),
        Property.oneOf("copyBehavior", "PreserveHierarchy", "FlattenHierarchy", "MergeFiles"),
        Property.integer("maxConcurrentConnections"),
        Property.integer("blockSizeInMB"),
        Property.bool("disableMetricsCollection"),
        Property.of("metadata", Property.Kind.ARRAY).asUnsupported(),
        Property.string("expiryDateTime").asUnsupported());

    private static final Shape COMPRESSION = Shape.of(
        Property.string("type").asRequired(),
        Property.bool("preserveZipFileNameAsFolder"),
        Property.bool("preserveCompressionFileNameAsFolder"));

    /** The {@code formatSettings} of a source, all formats together. */
    public static final Shape READ_FORMAT = Shape.of(
        Property.string("type").asRequired(),
        Property.integer("skipLineCount"),
        Property.oneOf("validationMode", "none", "xsd", "dtd"),
        Property.bool("namespaces"),
        Property.object("namespacePrefixes", Shape.ANYTHING),
        Property.bool("detectDataType"),
        Property.object("compressionProperties", COMPRESSION));

    private FileShapes() {
    }
}
