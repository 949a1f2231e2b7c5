package io.lazuli.datafactory.activity.sql;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.connector.JsonValue;
import io.lazuli.datafactory.connector.SqlRow;
import io.lazuli.foundation.CommonError;
import io.lazuli.languages.tsql.session.BatchResult;
import io.lazuli.languages.tsql.session.BatchResult.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The output of a Script activity: its result sets up to 5,000 rows and 4 MB, what it changed, its output parameters and messages. */
final class ScriptOutput {
    static final int MAX_ROWS = 5000;
    private static final int MAX_CHARACTERS = 4 << 20;
    private final ArrayNode resultSets = JsonNodeFactory.instance.arrayNode();
    private final ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    private final List<String> messages = new ArrayList<>();
    private final boolean logs;
    private long recordsAffected = -1;
    private long characters;
    private boolean truncated;

    /** {@code logs} tells whether messages are shown. */
    ScriptOutput(boolean logs) {
        this.logs = logs;
    }

    /** {@code outputs} names variables and what the output calls them. */
    void add(BatchResult result, boolean query, Map<String, String> outputs) {
        if (query) {
            result.resultSets().forEach(this::add);
        }
        if (result.recordsAffected() >= 0) {
            recordsAffected = Math.max(0, recordsAffected) + result.recordsAffected();
        }
        messages.addAll(result.messages());
        outputs.forEach((variable, name) -> {
            BatchResult.Value value = result.outputs().get(variable);
            if (value == null) {
                throw failure(CommonError.NOT_SUPPORTED, "Output parameters of scripts on real databases are not supported ('%s')", name);
            }
            parameters.set(name, JsonValue.of(value.value(), value.type().dataType()));
        });
    }

    private void add(ResultSet set) {
        ObjectNode json = resultSets.addObject();
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (List<Object> values : set.rows()) {
            ObjectNode row = SqlRow.json(set.columns(), values);
            characters += row.toString().length();
            if (rows.size() == MAX_ROWS || characters > MAX_CHARACTERS) {
                truncated = true;
                break;
            }
            rows.add(row);
        }
        json.put("rowCount", rows.size());
        json.set("rows", rows);
    }

    ObjectNode json() {
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("resultSetCount", resultSets.size())
            .put("recordsAffected", Math.max(0, recordsAffected));
        output.set("resultSets", resultSets);
        output.set("outputParameters", parameters);
        output.put("outputLogs", logs ? String.join("\n", messages) : "");
        output.put("outputLogsLocation", "");
        output.put("outputTruncated", truncated);
        return output;
    }
}
