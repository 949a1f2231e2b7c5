package io.lazuli.datafactory.connector.delta;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a table's history tells of a write, in the words of Delta. */
final class CommitInformation {
    private CommitInformation() {
    }

    static ObjectNode write(boolean replaces, List<String> partitions, List<DataFiles.Written> files, long rows) {
        ArrayNode columns = JsonMapper.shared().createArrayNode();
        partitions.forEach(columns::add);
        return of("WRITE", Map.of("mode", replaces ? "Overwrite" : "Append", "partitionBy", columns.toString()),
            Map.of("numFiles", (long) files.size(), "numOutputRows", rows,
                "numOutputBytes", files.stream().mapToLong(DataFiles.Written::bytes).sum()));
    }

    static ObjectNode of(String operation, Map<String, String> parameters, Map<String, Long> metrics) {
        ObjectNode info = JsonMapper.shared().createObjectNode().put("operation", operation);
        ObjectNode given = info.putObject("operationParameters");
        parameters.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> given.put(entry.getKey(), entry.getValue()));
        ObjectNode measured = info.putObject("operationMetrics");
        metrics.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .forEach(entry -> measured.put(entry.getKey(), String.valueOf(entry.getValue())));
        return info.put("engineInfo", "Lazuli").put("txnId", UUID.randomUUID().toString());
    }
}
