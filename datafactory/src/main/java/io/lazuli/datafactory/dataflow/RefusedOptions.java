package io.lazuli.datafactory.dataflow;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.languages.dataflow.syntax.FlowExpression;
import io.lazuli.languages.dataflow.transform.Arguments;
import java.util.Set;

/** Options of sources and sinks that would change the result and that nothing here honours. Those that only tune a cluster are accepted. */
final class RefusedOptions {
    private static final Set<String> SOURCE = Set.of("enableNativeCdc", "enableChangeFeed", "changeFeed", "netChanges",
        "captureBatchId", "startingVersion", "startingTimestamp", "versionAsOf", "timestampAsOf",
        "resultSet", "partitionPredicates", "filterMap", "sampling", "sampleRows");
    private static final Set<String> SINK = Set.of("rejectData", "identityInsert", "bypassAssertions", "skipUpdatingKeys", "vacuum",
        "fileNameColumn", "folderNameColumn", "excludeFields", "clearFolder", "tableAction", "collectionAction", "deltaTruncate",
        "pruneCondition");
    /** Options that a Delta table honours and nothing else. */
    private static final Set<String> DELTA = Set.of("versionAsOf", "timestampAsOf", "vacuum", "deltaTruncate", "pruneCondition",
        "tableAction");
    /** Options of files, where a Delta table is one thing. */
    private static final Set<String> FILES = Set.of("wildcardPaths", "fileName", "fileList", "rowUrlColumn", "rowFolderUrlColumn",
        "partitionRootPath", "header", "emptyLinesAsHeader", "moveFiles", "purgeFiles", "modifiedAfter",
        "modifiedBefore", "partitionFileNames", "filePattern", "enableCdc", "preCommands", "postCommands");

    private RefusedOptions() {
    }

    /** Fails with {@code NOT_SUPPORTED} at the first such option that is given and neither false, zero nor empty. */
    static void require(Arguments arguments) {
        Set<String> refused = arguments.statement().transformation().equals("sink") ? SINK : SOURCE;
        boolean delta = arguments.text("format").filter("delta"::equals).isPresent();
        for (FlowExpression argument : arguments.statement().arguments()) {
            if (argument instanceof FlowExpression.Option option
                && (delta ? FILES.contains(option.name()) || refused.contains(option.name()) && !DELTA.contains(option.name())
                    : refused.contains(option.name()))
                && isSet(arguments, option.name())) {
                throw failure(CommonError.NOT_SUPPORTED, option.at(), "%s of %s '%s' is not supported", option.name(),
                    arguments.statement().transformation(), arguments.statement().name());
            }
        }
    }

    /** Fails where a sink that is no table is to go on after rows that it refuses, or to find rows by keys that it does not write. */
    static void requireTable(Arguments arguments) {
        boolean allows = arguments.text("errorHandlingOption").filter("allowErrors"::equals).isPresent();
        if (allows || arguments.flag("skipKeyWrites", false)) {
            throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "%s of sink '%s' is not supported: it is for tables of "
                + "SQL databases", allows ? "errorHandlingOption: 'allowErrors'" : "skipKeyWrites", arguments.statement().name());
        }
    }

    /** Fails for options of files at sources and sinks that are none. */
    static void requireNoFiles(Arguments arguments, String... options) {
        for (String option : options) {
            if (arguments.option(option).isPresent() && isSet(arguments, option)) {
                throw failure(CommonError.NOT_SUPPORTED, arguments.statement().at(), "%s of %s '%s' is not supported", option,
                    arguments.statement().transformation(), arguments.statement().name());
            }
        }
    }

    private static boolean isSet(Arguments arguments, String option) {
        return arguments.value(option).map(value -> !value.equals(false) && !value.toString().matches("false|0|\\[\\]|"))
            .orElse(false);
    }
}
