package io.lazuli.languages.dataflow.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the value of an option has to be, whatever the transformation; options that are not listed take values of several kinds. */
public enum OptionKind {
    FLAG, WHOLE_NUMBER, NUMBER, TEXT;

    private static final Map<OptionKind, Set<String>> OPTIONS = Map.of(
        FLAG, words("allowSchemaDrift validateSchema ignoreNoFilesFound inferDriftedColumnTypes columnNamesAsHeader multiLineRow "
            + "singleDocument unquotedColumnNames backslashEscape singleQuoted asComments useSchema namespaces purgeFiles enableCdc "
            + "enableNativeCdc netChanges enableChangeFeed changeFeedStartFromTheBeginning fileList skipInitialLoad firstRowAsHeader "
            + "skipDuplicateMapInputs skipDuplicateMapOutputs deletable insertable updateable upsertable stageInsert staged truncate "
            + "recreate mergeSchema autoCompact autoOptimize optimizedWrite deltaTruncate quoteAll output outputRejectedData "
            + "outputAssertFailedRows reportSuccessOnError allowCopyCommand clearFolder skipKeyWrites skipUpdatingKeys bypassAssertions "
            + "identityInsert ignoreSpaces multiple negate disjoint byName lateral ignoreNullPivots caseInsensitive dense abort errors "
            + "partitionLevel fixDecimalPrecision"),
        WHOLE_NUMBER, words("skipLines limit timeout requestInterval batchSize writeBatchSize throughput saveOrder order vacuum "
            + "startAt stepValue startRowOffset endRowOffset emptyLinesAsHeader sheetIndex sampleRows maxColumns"),
        NUMBER, words("similarityThreshold startRangeOffset endRangeOffset"),
        TEXT, words("format store columnDelimiter rowDelimiter quoteChar escapeChar nullValue encoding compressionType "
            + "compressionLevel compressionCodec documentForm validationMode columnNaming composition joinType broadcast matchType "
            + "similarityColumn pickup query isolationLevel errorHandlingOption transactionCommit httpMethod filePattern"));
    private static final Map<String, List<String>> CHOICES = Map.of(
        "broadcast", List.of("auto", "left", "right", "both", "off", "none"),
        "documentForm", List.of("singleDocument", "arrayOfDocuments", "documentPerLine"),
        "isolationLevel", List.of("READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE", "NONE"),
        "errorHandlingOption", List.of("stopOnFirstError", "allowErrors"),
        "transactionCommit", List.of("single", "batch"));

    /** The kind of an option's values, if they are of one. */
    public static Optional<OptionKind> of(String option) {
        return OPTIONS.entrySet().stream().filter(kind -> kind.getValue().contains(option)).map(Map.Entry::getKey).findFirst();
    }

    /** The words that an option takes, none when it takes any text. */
    public static List<String> choices(String option) {
        return CHOICES.getOrDefault(option, List.of());
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }
}
