package io.lazuli.datafactory.copy;

import io.lazuli.datafactory.copy.failure.CopyFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A partitioned read's query without its place-holders. All partitions together are all rows, and the engine reads in parallel by
 * itself, so each place-holder becomes a condition that holds.
 */
final class SqlSourceQuery {
    private static final Pattern CONDITION = Pattern.compile("\\?AdfDynamicRangePartitionCondition", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART =
        Pattern.compile("\\?Adf(?:Range|DynamicRange)Partition(ColumnName|Upbound|Lowbound)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE = Pattern.compile("\\?AdfTabularPartitionName", Pattern.CASE_INSENSITIVE);

    private SqlSourceQuery() {
    }

    /** The query; {@code column} is the partition column, null when none is given. */
    static String whole(String query, String column) {
        String text = CONDITION.matcher(query).replaceAll("(1 = 1)");
        if (TABLE.matcher(text).find()) {
            throw CopyFailure.of("SqlParallelFailedToDetectPhysicalPartitions",
                "Failed to detect the physical partitions: the query uses ?AdfTabularPartitionName and the table has no partitions.");
        }
        Matcher part = PART.matcher(text);
        return part.replaceAll(match -> {
            if (column == null) {
                throw CopyFailure.of("SqlParallelFailedToDetectPartitionColumn",
                    "The query uses %s, which needs 'partitionColumnName' in 'partitionSettings'.", match.group());
            }
            // Bounds decide the partitions only; a column compared with itself keeps the rows that have a value, as partitions do.
            return Matcher.quoteReplacement("[" + column.replace("]", "]]") + "]");
        });
    }
}
