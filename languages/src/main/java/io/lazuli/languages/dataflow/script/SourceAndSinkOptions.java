package io.lazuli.languages.dataflow.script;

/** The options that sources and sinks of any store take, by their use in scripts. */
final class SourceAndSinkOptions {
    static final String FUZZY = "matchType ignoreSpaces ignoreCase similarityThreshold similarityColumn similarityScore weight "
        + "allowCaseInsensitive ratioThreshold";
    static final String DELIMITED = "columnDelimiter rowDelimiter escapeChar quoteChar columnNamesAsHeader nullValue skipLines "
        + "multiLineRow encoding compressionType compressionLevel compressionCodec";
    static final String XML = "validationMode namespaces namespacePrefixes";
    private static final String STORE = "store format local fileSystem folderPath fileName container wildcardPaths tableName schemaName "
        + "database databaseType linkedService staged entity entityId entityType entityPath objectName resourceName manifestType "
        + "manifestName corpusPath corpusStore adlsgen2_fileSystem adlsgen2_folderPath referencePath timeout allowSchemaDrift "
        + "validateSchema serviceType partitionBy context namespace namespaceQualifier ";
    static final String SOURCE = STORE + DELIMITED + " " + XML + " ignoreNoFilesFound isolationLevel query documentForm singleDocument "
        + "unquotedColumnNames backslashEscape singleQuoted asComments inferDriftedColumnTypes moveFiles mode useSchema timestampFormats "
        + "dateFormats rowUrlColumn httpMethod requestInterval responseFormat modifiedAfter modifiedBefore paginationRules readMode keys "
        + "limit purgeFiles partitionPredicates filterMap procedureName procedureParameters resultSet enableChangeFeed "
        + "changeFeedStartFromTheBeginning queryParameters fixDecimalPrecision lastEventPosition enableCdc enableNativeCdc netChanges "
        + "preferredIntegralType preferredFractionalType fileList partitionRootPath timestampAsOf versionAsOf startingVersion "
        + "startingTimestamp inlineQuery waterMarkColumn waterMarkColumnType skipInitialLoad sheetName sheetIndex range firstRowAsHeader "
        + "headers requestMethod additionalHeaders body batchSize throughput preferredRegions changeFeed sampling "
        + "sampleRows maxColumns captureBatchId systemColumns compression incrementalColumn expandEntity outputNullValues";
    static final String SINK = STORE + DELIMITED + " skipDuplicateMapInputs skipDuplicateMapOutputs partitionFileNames deletable "
        + "insertable updateable upsertable errorHandlingOption saveOrder stageInsert preCommands postCommands umask keys truncate "
        + "allowCopyCommand mergeSchema autoCompact autoOptimize optimizedWrite vacuum deltaTruncate pruneCondition quoteAll recreate "
        + "output excludeFields preSQLs postSQLs "
        + "outputRejectedData outputAssertFailedRows assertFailure_fileSystem assertFailure_folderPath assertFailure_container "
        + "rejectedData_fileSystem rejectedData_folderPath rejectedData_container filePattern batchSize partitionKey throughput "
        + "alternateKeyName transactionCommit reportSuccessOnError overwrite rowUrlColumn rowFolderUrlColumn fileNameColumn "
        + "folderNameColumn clearFolder tableAction header skipKeyWrites bypassAssertions skipUpdatingKeys identityInsert "
        + "writeBatchSize writeThroughputBudget collectionAction documentForm insertHttpMethod updateHttpMethod upsertHttpMethod "
        + "deleteHttpMethod rowRelativeUrl headers requestInterval requestMethod additionalHeaders httpCompressionType "
        + "requestFormat emptyLinesAsHeader rejectData concurrentWrites bulkExecutor stagingSchemaName stagingTableName";

    private SourceAndSinkOptions() {
    }
}
